"""What a store says in place of its platform's rules, and what becomes of clocks that are open then."""

from datetime import datetime, timedelta

import pytest

from tests.factories.replies import a_ticket, answered, leaves
from tests.factories.shops import MONDAY, a_store
from tests.sla.edits import EDITED, HOUR, SOON, work_off, worked_off
from tresen.accounts.actors import SYSTEM
from tresen.channels.cases import CaseKind
from tresen.duties.cases import file_case
from tresen.orders.models import Case
from tresen.sla.models import Clock, Mode, Recalculation
from tresen.sla.overriding import Said, said_by, say_for_store, take_back
from tresen.sla.previewing import preview
from tresen.sla.recalculations import Edit, begin, rules_changed
from tresen.stores.models import Store
from tresen.tickets.models import TicketEvent

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
HALF = Said(limits={"response_rate": 720, "chargeback": 2 * 24 * 60})


@pytest.fixture
def store() -> Store:
    return a_store()


def says(store: Store, said: Said | None, at: datetime = EDITED) -> Edit:
    before = said_by([store.pk]).get(store.pk)
    if said is None:
        after = take_back(store.pk, reason="Over", by=SYSTEM, at=at)
    else:
        after = say_for_store(store.pk, said, reason="Peak season", by=SYSTEM, at=at)
    edit = rules_changed(before, after)
    assert edit is not None
    return edit


def edited(store: Store, said: Said | None, mode: Mode, at: datetime = EDITED) -> Recalculation:
    return worked_off(begin(says(store, said, at), mode=mode, by=SYSTEM, at=at))


def limits() -> dict[str, datetime | None]:
    return dict(Clock.objects.filter(kind="platform").values_list("metric", "due"))


def test_open_limits_of_the_store_count_from_their_messages(store: Store) -> None:
    a_ticket(store)
    elsewhere = a_ticket(a_store())
    one = edited(store, HALF, Mode.FROM_START)
    mine = dict(Clock.objects.filter(kind="platform").exclude(ticket=elsewhere).values_list("metric", "due"))
    assert mine == {"response_rate": MONDAY + 12 * HOUR, "a_to_z_eligibility": MONDAY + 48 * HOUR}
    assert Clock.objects.get(ticket=elsewhere, metric="response_rate").due == MONDAY + 24 * HOUR
    assert (one.total, one.earlier, one.unchanged) == (1, 1, 1)


def test_no_word_of_a_store_puts_a_platforms_limit_off_from_now(store: Store) -> None:
    a_ticket(store)
    edited(store, HALF, Mode.FROM_START)
    assert preview(lambda: says(store, None, EDITED + HOUR), at=EDITED + HOUR).moved.keys() == {Mode.FROM_START}
    with pytest.raises(ValueError, match="from_now"):
        begin(says(store, None, EDITED + HOUR), mode=Mode.FROM_NOW, by=SYSTEM, at=EDITED + HOUR)


def test_kept_open_limits_stay_and_nothing_is_recorded(store: Store) -> None:
    a_ticket(store)
    before, events = limits(), TicketEvent.objects.count()
    begin(says(store, HALF), mode=Mode.KEEP, by=SYSTEM, at=EDITED)
    assert work_off() == 0
    assert (limits(), TicketEvent.objects.count()) == (before, events)


def test_results_stand_whatever_a_store_says_later(store: Store) -> None:
    done = a_ticket(store)
    leaves(answered(done, at=MONDAY + HOUR), at=MONDAY + HOUR)
    before = list(Clock.objects.order_by("pk").values())
    edited(store, Said(limits={"response_rate": 30, "a_to_z_eligibility": None}), Mode.FROM_START)
    assert list(Clock.objects.order_by("pk").values()) == before


def test_what_does_not_count_ends_and_what_is_taken_back_begins_again(store: Store) -> None:
    a_ticket(store)
    assert edited(store, Said(limits={"response_rate": None}), Mode.FROM_START).ended == 1
    assert set(limits()) == {"a_to_z_eligibility"}
    again = edited(store, None, Mode.FROM_START, at=EDITED + timedelta(seconds=1))
    assert (again.begun, again.ended) == (1, 0)
    assert limits()["response_rate"] == MONDAY + 24 * HOUR


def test_open_cases_that_the_rules_dated_are_dated_anew(store: Store) -> None:
    ticket, due = a_ticket(store), MONDAY + HOUR + 2 * DAY
    file_case(ticket.pk, kind=CaseKind.CHARGEBACK, by=SYSTEM, at=MONDAY + HOUR)
    stated = file_case(ticket.pk, kind=CaseKind.A_TO_Z, due=MONDAY + 5 * DAY, by=SYSTEM, at=MONDAY + HOUR)
    edited(store, Said(limits={"chargeback": 2 * 24 * 60, "information_request": 60}), Mode.FROM_START)
    case = Case.objects.exclude(pk=stated.pk).get()
    assert case.respond_by == due
    assert Case.objects.get(pk=stated.pk).respond_by == MONDAY + 5 * DAY, "what a person or a mail has dated stays"
    clock = Clock.objects.get(key=f"case:{case.pk}")
    assert (clock.due, clock.pack.partition(" +")[1]) == (due, " +")


def test_an_earlier_edit_of_the_same_rules_is_followed(store: Store) -> None:
    ticket = a_ticket(store)
    file_case(ticket.pk, kind=CaseKind.CHARGEBACK, by=SYSTEM, at=MONDAY + HOUR)
    edited(store, HALF, Mode.FROM_START)
    edited(store, None, Mode.FROM_START, at=EDITED + timedelta(seconds=1))
    assert Case.objects.get().respond_by == MONDAY + HOUR + 7 * DAY
    assert limits()["response_rate"] == MONDAY + 24 * HOUR


def test_a_later_message_keeps_the_new_rules_and_moves_no_older_limit(store: Store) -> None:
    ticket = a_ticket(store)
    begin(says(store, HALF), mode=Mode.KEEP, by=SYSTEM, at=EDITED)
    a_ticket(store, at=EDITED + HOUR, sender="second@marketplace.amazon.de")
    older, newer = Clock.objects.filter(metric="response_rate").order_by("started_at").values_list("ticket", "due")
    assert older == (ticket.pk, MONDAY + 24 * HOUR)
    assert newer[1] == EDITED + 13 * HOUR


def test_the_preview_shows_what_moves_and_keeps_nothing(store: Store) -> None:
    a_ticket(store)
    found = preview(lambda: says(store, HALF), at=EDITED)
    assert (found.concerned, found.moved[Mode.FROM_START].earlier) == (1, 1)
    (example,) = found.examples[Mode.FROM_START]
    assert (example.metric, example.before, example.after) == (
        "response_rate",
        MONDAY + 24 * HOUR,
        MONDAY + 12 * HOUR,
    )
    assert said_by([store.pk]) == {}
    assert work_off(SOON) == 0
