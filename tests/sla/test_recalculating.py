"""What an edit does to open clocks, by the choice that was made; through the worker's own sweep."""

from datetime import datetime, timedelta

import psycopg
import pytest
from django.db import connection

from tests.factories.messages import a_message, filed
from tests.factories.replies import a_ticket, answered, leaves
from tests.factories.shops import MONDAY, a_store
from tests.sla.edits import BEFORE, EDITED, HOUR, SOON, due, edit_targets, policy, promise, work_off, worked_off
from tresen.accounts.actors import SYSTEM
from tresen.replies.answering import Then
from tresen.sla.editing import add_policy, disable_policy, enable_policy, retire_policy
from tresen.sla.models import Clock, EditReason, Mode, PolicyVersion
from tresen.sla.recalculating import recalculate
from tresen.sla.recalculations import Edit, begin
from tresen.sla.watching import Watch, sweep
from tresen.stores.models import Store
from tresen.tickets.events import Key
from tresen.tickets.models import TicketEvent, WaitingOn
from tresen.tickets.risking import set_risk
from tresen.tickets.waiting import wait

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop() -> Store:
    return a_store("console", "")


@pytest.mark.parametrize(
    ("mode", "expected"), [(Mode.FROM_START, MONDAY + 6 * HOUR), (Mode.FROM_NOW, EDITED + 6 * HOUR)]
)
def test_policy_edited_open_clocks_count_as_was_chosen(shop: Store, mode: Mode, expected: datetime) -> None:
    edited = policy("All", 8)
    ticket = a_ticket(shop)
    one = worked_off(edit_targets(edited, promise(6), mode))
    assert due(ticket) == expected
    assert (one.total, one.done, one.earlier + one.later) == (1, 1, 1 if expected != MONDAY + 8 * HOUR else 0)


def test_policy_edited_with_keep_leaves_every_open_clock_alone(shop: Store) -> None:
    edited = policy("All", 8)
    ticket = a_ticket(shop)
    events = TicketEvent.objects.count()
    one = edit_targets(edited, promise(6), Mode.KEEP)
    assert recalculate(SOON) == 0
    assert one.finished_at == EDITED
    assert (due(ticket), TicketEvent.objects.count()) == (MONDAY + 8 * HOUR, events)


def test_a_new_due_that_lies_before_the_edit_becomes_the_edit_plus_the_allowance(shop: Store) -> None:
    edited = policy("All", 8)
    ticket = a_ticket(shop)
    worked_off(edit_targets(edited, promise(1), Mode.FROM_START))
    assert due(ticket) == EDITED + HOUR


def test_a_breach_never_disappears_and_old_results_stand(shop: Store) -> None:
    edited = policy("All", 1)
    late, done = a_ticket(shop), a_ticket(shop, sender="done@nordlicht.example")
    leaves(answered(done, at=MONDAY + HOUR / 2), at=MONDAY + HOUR / 2)
    sweep(Watch(), EDITED)
    before = list(Clock.objects.filter(kind="own").order_by("pk").values())
    one = worked_off(edit_targets(edited, promise(8), Mode.FROM_NOW))
    assert list(Clock.objects.filter(kind="own").order_by("pk").values()) == before
    assert {late.pk, done.pk} == {row["ticket_id"] for row in before}
    assert (one.earlier, one.later) == (0, 0)


def test_accrued_pause_kept(shop: Store) -> None:
    targets = promise(8, resolution=20)
    edited = add_policy(name="All", conditions={}, targets=targets, by=SYSTEM, at=BEFORE).policy_id
    ticket = a_ticket(shop)
    leaves(answered(ticket, at=MONDAY + HOUR / 2), at=MONDAY + HOUR / 2)
    wait(ticket.pk, on=WaitingOn.CUSTOMER, by=SYSTEM, at=MONDAY + HOUR)
    filed(shop, a_message(at=MONDAY + 90 * timedelta(minutes=1), text="Hier bin ich wieder."))
    worked_off(edit_targets(edited, promise(8, resolution=10), Mode.FROM_START))
    assert due(ticket, "resolution") == MONDAY + 10 * HOUR + HOUR / 2


def test_policy_disabled_the_next_that_fits_takes_its_tickets(shop: Store) -> None:
    off = policy("Console", 4, channels=["console"])
    policy("All", 12)
    ticket = a_ticket(shop)
    disable_policy(off, by=SYSTEM, at=EDITED)
    one = begin(Edit(reason=EditReason.DISABLED, policies=(off,)), mode=Mode.FROM_START, by=SYSTEM, at=EDITED)
    assert worked_off(one).later == 1
    assert due(ticket) == MONDAY + 12 * HOUR


def test_policy_deleted_and_no_other_fits_the_clock_ends_without_a_result(shop: Store) -> None:
    only = policy("All", 4)
    ticket = a_ticket(shop)
    retire_policy(only, by=SYSTEM, at=EDITED)
    one = begin(Edit(reason=EditReason.RETIRED, policies=(only,)), mode=Mode.FROM_NOW, by=SYSTEM, at=EDITED)
    assert worked_off(one).ended == 1
    assert not Clock.objects.filter(ticket=ticket, kind="own").exists()


def test_policy_enabled_a_clock_that_gets_a_target_for_the_first_time_begins(shop: Store) -> None:
    only = policy("All", 4)
    disable_policy(only, by=SYSTEM, at=BEFORE)
    ticket = a_ticket(shop)
    enable_policy(only, by=SYSTEM, at=EDITED)
    one = begin(Edit(reason=EditReason.ENABLED, policies=(only,)), mode=Mode.FROM_NOW, by=SYSTEM, at=EDITED)
    assert worked_off(one).begun == 1
    assert due(ticket) == EDITED + 4 * HOUR


@pytest.mark.parametrize("at_once", [True, False])
def test_two_edits_one_after_the_other_give_what_the_last_one_says(shop: Store, *, at_once: bool) -> None:
    edited = policy("All", 8)
    ticket = a_ticket(shop)
    edit_targets(edited, promise(6), Mode.FROM_NOW)
    if not at_once:
        work_off()
    last = edit_targets(edited, promise(5), Mode.FROM_START, at=EDITED + timedelta(minutes=1))
    worked_off(last, EDITED + timedelta(minutes=2))
    assert due(ticket) == MONDAY + 5 * HOUR


def test_a_batch_is_bounded_and_all_are_reached(shop: Store) -> None:
    edited = policy("All", 8)
    tickets = [a_ticket(shop, sender=f"b{number}@nordlicht.example") for number in range(5)]
    one = edit_targets(edited, promise(6), Mode.FROM_START)
    assert work_off(most=2) == 5
    assert {due(ticket) for ticket in tickets} == {MONDAY + 6 * HOUR}
    one.refresh_from_db()
    assert (one.total, one.done, one.earlier) == (5, 5, 5)


def test_recalculated_twice_nothing_more_happens(shop: Store) -> None:
    edited = policy("All", 8)
    a_ticket(shop)
    worked_off(edit_targets(edited, promise(6), Mode.FROM_START))
    events = TicketEvent.objects.count()
    assert recalculate(SOON + HOUR) == 0
    assert TicketEvent.objects.count() == events


def test_a_ticket_that_came_after_the_edit_is_none_of_its_business(shop: Store) -> None:
    edited = policy("All", 8)
    one = edit_targets(edited, promise(6), Mode.FROM_NOW)
    ticket = a_ticket(shop, at=EDITED + HOUR)
    worked_off(one, EDITED + 2 * HOUR)
    assert due(ticket) == EDITED + 7 * HOUR
    assert TicketEvent.objects.filter(ticket=ticket, kind="policy_applied").count() == 1


def results() -> list[tuple[object, ...]]:
    """All that is known of clocks that have ended."""
    ended = Clock.objects.exclude(outcome__in=["running", "paused"])
    return list(ended.order_by("pk").values_list())


def test_policy_edited_disabled_deleted_explicit_choice_all_open_clocks_history_intact(shop: Store) -> None:
    edited = policy("Console", 8, channels=["console"])
    policy("All", 12)
    closed, *open_ones = (a_ticket(shop, sender=f"b{number}@nordlicht.example") for number in range(4))
    leaves(answered(closed, at=MONDAY + HOUR), at=MONDAY + HOUR)
    before = results()
    assert before
    worked_off(edit_targets(edited, promise(6), Mode.FROM_START))
    assert {due(ticket) for ticket in open_ones} == {MONDAY + 6 * HOUR}
    for number, (operation, reason) in enumerate(
        [
            (disable_policy, EditReason.DISABLED),
            (enable_policy, EditReason.ENABLED),
            (retire_policy, EditReason.RETIRED),
        ],
        start=1,
    ):
        at = EDITED + number * timedelta(minutes=1)
        operation(edited, by=SYSTEM, at=at)
        worked_off(begin(Edit(reason=reason, policies=(edited,)), mode=Mode.FROM_START, by=SYSTEM, at=at), at)
        expected = 6 if reason is EditReason.ENABLED else 12
        assert {due(ticket) for ticket in open_ones} == {MONDAY + expected * HOUR}
    assert results() == before
    assert PolicyVersion.objects.filter(policy=edited).count() == 2


def test_priority_channel_policy_or_team_changes_old_results_stand_new_due_from_the_same_start(shop: Store) -> None:
    policy("Claims", 0.25, risk_tiers=[0])
    policy("All", 8)
    done, ticket = a_ticket(shop, sender="done@nordlicht.example"), a_ticket(shop)
    leaves(answered(done, at=MONDAY + HOUR), at=MONDAY + HOUR)
    before = results()
    set_risk(ticket.pk, tier=0, reason=Key("a_to_z_threat"), by=SYSTEM, at=EDITED)
    assert due(ticket) == EDITED + HOUR / 4  # never breached before the change
    set_risk(ticket.pk, tier=2, reason=Key(""), by=SYSTEM, at=EDITED + timedelta(minutes=5))
    assert due(ticket) == MONDAY + 8 * HOUR  # from the same start
    assert results() == before


def test_a_policy_with_a_single_target_finishes(shop: Store) -> None:
    targets = {"resolution": {"minutes": 480, "hours": "always"}}
    add_policy(name="All", conditions={}, targets=targets, by=SYSTEM, at=BEFORE)
    ticket = a_ticket(shop)
    leaves(answered(ticket, at=MONDAY + HOUR, then=Then.SOLVE), at=MONDAY + HOUR)
    (clock,) = Clock.objects.filter(ticket=ticket)
    assert (clock.kind, clock.outcome) == ("resolution", "met")


@pytest.mark.django_db(transaction=True)
def test_a_ticket_that_somebody_holds_is_passed_by_and_comes_again(shop: Store) -> None:
    edited = policy("All", 8)
    held, free = (a_ticket(shop, sender=f"b{number}@nordlicht.example") for number in range(2))
    one = edit_targets(edited, promise(6), Mode.FROM_START)
    with psycopg.connect(**connection.get_connection_params()) as agent:
        agent.execute("SELECT FROM tickets_ticket WHERE id = %s FOR UPDATE", [held.pk])
        assert work_off() == 1
        assert (due(held), due(free)) == (MONDAY + 8 * HOUR, MONDAY + 6 * HOUR)
        one.refresh_from_db()
        assert (one.done, one.finished_at) == (1, None)
    worked_off(one)
    assert (due(held), one.done) == (MONDAY + 6 * HOUR, 2)


@pytest.mark.django_db(transaction=True)
def test_two_workers_take_different_tickets(shop: Store) -> None:
    edited = policy("All", 8)
    tickets = [a_ticket(shop, sender=f"b{number}@nordlicht.example") for number in range(2)]
    one = edit_targets(edited, promise(6), Mode.FROM_START)
    recalculate(SOON, most=0)  # lists them
    with psycopg.connect(**connection.get_connection_params()) as other:
        claim = "SELECT FROM sla_recalculationticket WHERE ticket_id = %s FOR UPDATE"
        other.execute(claim, [tickets[0].pk])
        assert work_off() == 1
        assert due(tickets[1]) == MONDAY + 6 * HOUR
    worked_off(one)
