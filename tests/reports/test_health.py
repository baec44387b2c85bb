from datetime import timedelta

import pytest

from tests.factories.messages import filed
from tests.factories.replies import a_ticket, answered, leaves, waived
from tests.factories.shops import MONDAY, a_store, a_team
from tresen.accounts.actors import SYSTEM
from tresen.accounts.scope import EVERYTHING, NOTHING, Scope
from tresen.channels.contract import OwnAnswer, ThreadKey, ThreadKeyKind
from tresen.reports.attainment import Measure
from tresen.reports.counted import Which, counted
from tresen.reports.differences import LIKELIEST, Why, differences
from tresen.reports.entering import Given, enter_figures
from tresen.reports.health import standings
from tresen.reports.slices import MOMENT, looking_back
from tresen.sla.defaults import create_defaults
from tresen.sla.models import Clock
from tresen.sla.watching import Watch, sweep
from tresen.tickets.assigning import move

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
LATER = MONDAY + timedelta(days=3)


@pytest.fixture(autouse=True)
def _defaults(db):
    create_defaults(by=SYSTEM, at=MONDAY - timedelta(days=30))


def messages(store, hours):
    """A ticket for each of these hours to its answer; None: no answer."""
    made = [a_ticket(store, sender=f"b{number}@marketplace.amazon.de") for number in range(len(hours))]
    for ticket, after in zip(made, hours, strict=True):
        if after is not None:
            leaves(answered(ticket, at=MONDAY + after * HOUR), at=MONDAY + after * HOUR)
    sweep(Watch(), LATER)
    return made


def standing(key="late_responses_30", *, scope=EVERYTHING, at=LATER):
    return next(one for one in standings(scope=scope, at=at) if one.measure.key == key)


def test_amazon_counts_late_and_none_over_all_that_came():
    messages(a_store(), [1, 2, 25, None])

    found = standing()
    assert (found.held.in_time, len(found.held.missed), found.figure) == (2, 2, 50)
    assert not found.holds


def test_a_message_leaves_the_window_when_it_is_over():
    messages(a_store(), [1, 25])

    assert standing("late_responses_7", at=MONDAY + timedelta(days=7, hours=-1)).figure == 50
    assert standing("late_responses_7", at=MONDAY + timedelta(days=7)).figure is None


def test_no_store_out_of_scope_is_shown():
    a_store()

    assert standings(scope=NOTHING, at=LATER) == []


def test_the_platforms_own_figure_of_the_newest_day_is_shown_the_row_entered_last():
    store = a_store()
    for value, day in ((4, 20), (6, 21), (5, 21), (9, 19)):
        given = Given(store=store.pk, measure="late_responses_30", as_of=MONDAY.date().replace(day=day), value=value)
        enter_figures([given], by=SYSTEM, at=LATER)

    assert (standing().reported.value, standing().reported.as_of.day) == (5, 21)


def test_what_can_explain_a_difference_is_listed_with_its_reason():
    store = a_store()
    messages(store, [24.2, 23.8, None, 2])

    found = differences(store.pk, standing().measure, scope=EVERYTHING, at=LATER)
    assert [one.why for one in found] == [Why.JUST_LATE, Why.JUST_IN_TIME, Why.NO_ANSWER_SEEN]
    assert set(LIKELIEST) == set(Why)
    assert differences(store.pk, standing().measure, scope=NOTHING, at=LATER) == []


def test_what_is_owed_still_is_no_reason_for_a_difference_also_when_our_target_has_passed():
    store = a_store()
    ticket = a_ticket(store)
    later = MONDAY + 20 * HOUR
    sweep(Watch(), later)
    assert Clock.objects.get(ticket=ticket, kind="own").outcome == "breached"
    assert differences(store.pk, standing().measure, scope=EVERYTHING, at=later) == []


def test_what_needs_no_response_is_one_only_once_its_limit_has_passed_unmarked():
    store = a_store()
    ticket = a_ticket(store)
    waived(ticket)
    now = MONDAY + 20 * HOUR
    assert differences(store.pk, standing(at=now).measure, scope=EVERYTHING, at=now) == []

    sweep(Watch(), LATER)
    found = differences(store.pk, standing().measure, scope=EVERYTHING, at=LATER)
    assert [one.why for one in found] == [Why.NOT_MARKED_YET]


def a_copy(order, *, at):
    return OwnAnswer(
        external_id=f"copy-{order}@amazon.example",
        occurred_at=at,
        subject="Ihre E-Mail an Petra Muster",
        text="Ihr Paket ist unterwegs.",
        order_ids=(order,),
        thread_keys=(ThreadKey(kind=ThreadKeyKind.ORDER, value=order),),
    )


def test_what_is_answered_before_its_limit_has_passed_explains_nothing_yet():
    store = a_store()
    messages(store, [23.75])

    def whys(at):
        return [one.why for one in differences(store.pk, standing().measure, scope=EVERYTHING, at=at)]

    assert whys(MONDAY + 23.8 * HOUR) == []
    assert whys(MONDAY + 24 * HOUR) == [Why.JUST_IN_TIME]


def test_an_answer_known_by_its_copy_is_one_only_where_it_is_late_by_it():
    store = a_store()
    for number, hours in enumerate((2, 26)):
        order = f"302-123456{number}-1234567"
        a_ticket(store, sender=f"c{number}@marketplace.amazon.de", orders=(order,))
        filed(store, a_copy(order, at=MONDAY + hours * HOUR))
    sweep(Watch(), LATER)
    found = differences(store.pk, standing().measure, scope=EVERYTHING, at=LATER)
    assert [one.why for one in found] == [Why.ANSWERED_THERE]


def listed(found, which, *, scope, at=LATER):
    window = looking_back(found.measure.window, at=at, store=found.store.pk)
    measure = Measure("platform", found.store.channel, found.measure.limit)
    return len(counted(window, measure, which, scope=scope).clocks)


@pytest.mark.parametrize("at", [MONDAY, MONDAY + timedelta(microseconds=1), MONDAY + timedelta(days=7) - MOMENT])
def test_the_list_holds_what_began_at_either_edge_of_the_window_as_its_number_does(at):
    a_ticket(a_store())
    found = standing("late_responses_7", at=at)
    assert found.held.open == found.seen.open == listed(found, Which.RUNNING, scope=EVERYTHING, at=at) == 1


def test_what_leaves_the_window_at_this_instant_is_neither_counted_nor_listed():
    messages(a_store(), [1, None])
    at = MONDAY + timedelta(days=7)
    found = standing("late_responses_7", at=at)
    assert (found.held.in_time, len(found.held.missed), found.seen) == (0, 0, (0, 0, 0))
    assert [listed(found, which, scope=EVERYTHING, at=at) for which in Which] == [0] * len(Which)


def test_a_lead_of_some_teams_is_told_of_their_messages_as_many_as_the_list_shows():
    store, other = a_store(), a_team()
    made = messages(store, [1, 2, 25, None, 25])
    for ticket in (made[0], made[2], made[3]):
        move(ticket.pk, team_id=other.pk, by=SYSTEM, at=LATER)
    open_ones = [a_ticket(store, sender=f"o{number}@marketplace.amazon.de", at=LATER) for number in range(3)]
    move(open_ones[0].pk, team_id=other.pk, by=SYSTEM, at=LATER)
    mine = Scope(teams=frozenset({other.pk}), stores=None, brands=None)
    found = standing(scope=mine)
    assert (found.held.in_time, len(found.held.missed), found.held.open) == (2, 3, 3)
    assert found.seen == (1, 2, 1)
    numbers = zip((Which.MET, Which.COUNTED_MISSED, Which.RUNNING), found.seen, strict=True)
    assert all(listed(found, which, scope=mine) == many for which, many in numbers)
    assert standing().seen == (2, 3, 3)
