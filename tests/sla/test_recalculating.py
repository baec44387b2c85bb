"""What an edit does to open clocks, by the choice that was made; through the worker's own sweep."""

from datetime import datetime, timedelta

import pytest

from tests.factories.messages import a_message, filed
from tests.factories.replies import a_ticket, answered, leaves
from tests.factories.shops import MONDAY, a_store
from tresen.accounts.actors import SYSTEM
from tresen.sla.editing import add_policy, change_policy, disable_policy, enable_policy, move_policy, retire_policy
from tresen.sla.models import Clock, EditReason, Mode, PolicyVersion, Recalculation
from tresen.sla.recalculating import recalculate
from tresen.sla.recalculations import Edit, begin, targets_changed
from tresen.sla.verifying import differences
from tresen.sla.watching import Watch, sweep
from tresen.staffing.covering import cover_team
from tresen.staffing.plans import TimetablePlan
from tresen.staffing.timetables import change_timetable, create_timetable
from tresen.stores.models import Store
from tresen.tickets.models import Ticket, TicketEvent, WaitingOn
from tresen.tickets.waiting import wait

pytestmark = pytest.mark.django_db
BEFORE = MONDAY - timedelta(days=30)
EDITED = MONDAY + timedelta(hours=2)
SOON = EDITED + timedelta(seconds=5)
HOUR = timedelta(hours=1)


def promise(hours: float, counted: str | int = "always", **more: float) -> dict[str, object]:
    given = {"first_reply": hours, **more}
    return {metric: {"minutes": int(allowed * 60), "hours": counted} for metric, allowed in given.items()}


def policy(name: str, hours: float, counted: str | int = "always", **conditions: object) -> int:
    version = add_policy(
        name=name, conditions=conditions, targets=promise(hours, counted), position=99, by=SYSTEM, at=BEFORE
    )
    return version.policy_id


@pytest.fixture
def shop() -> Store:
    return a_store("console", "")


def due(ticket: Ticket, kind: str = "own") -> datetime | None:
    return Clock.objects.get(ticket=ticket, kind=kind, outcome__in=["running", "breached"]).due


def edit_targets(edited: int, targets: dict[str, object], mode: Mode, at: datetime = EDITED) -> Recalculation:
    before = PolicyVersion.objects.filter(policy=edited).latest("number")
    after = change_policy(edited, conditions=before.conditions, targets=targets, by=SYSTEM, at=at)
    edit = targets_changed(before, after)
    assert edit is not None
    return begin(edit, mode=mode, by=SYSTEM, at=at)


def work_off(at: datetime = SOON, *, most: int = 500) -> int:
    """How many tickets were looked at until nothing was left."""
    return sum(iter(lambda: recalculate(at, most=most), 0))


def worked_off(one: Recalculation, at: datetime = SOON) -> Recalculation:
    work_off(at)
    one.refresh_from_db()
    assert one.finished_at == at
    assert differences(list(Ticket.objects.values_list("pk", flat=True)), at=at) == []
    return one


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


def test_order_is_explicit_not_alphabetical(shop: Store) -> None:
    policy("Beta", 4)
    moved = policy("Alpha", 6)
    ticket = a_ticket(shop)
    assert due(ticket) == MONDAY + 4 * HOUR
    move_policy(moved, to=1, by=SYSTEM, at=EDITED)
    worked_off(begin(Edit(reason=EditReason.MOVED, policies=(moved,)), mode=Mode.FROM_START, by=SYSTEM, at=EDITED))
    assert due(ticket) == MONDAY + 6 * HOUR


def test_an_edit_leaves_alone_what_an_earlier_edit_kept(shop: Store) -> None:
    kept, other = policy("Console", 4, channels=["console"]), policy("Rest", 9)
    ticket = a_ticket(shop)
    edit_targets(kept, promise(1), Mode.KEEP)
    move_policy(other, to=99, by=SYSTEM, at=EDITED)
    begin(Edit(reason=EditReason.MOVED, policies=(other,)), mode=Mode.FROM_START, by=SYSTEM, at=EDITED)
    work_off()
    assert due(ticket) == MONDAY + 4 * HOUR


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


def office(*windows: tuple[str, str]) -> TimetablePlan:
    return TimetablePlan(zone="Europe/Berlin", week={day: list(windows) for day in range(5)})


def test_timetable_edited_all_open_clocks_that_count_by_it(shop: Store) -> None:
    hours = create_timetable(name="Day", plan=office(("09:00", "17:00")), by=SYSTEM, at=BEFORE)
    policy("All", 8, hours.timetable_id)
    ticket = a_ticket(shop)  # Monday 10:00 in Berlin
    assert due(ticket) == MONDAY + timedelta(days=1)
    new = change_timetable(hours.timetable_id, plan=office(("09:00", "20:00")), by=SYSTEM, at=EDITED)
    edit = Edit(reason=EditReason.TIMETABLE, timetable=new.pk)
    assert worked_off(begin(edit, mode=Mode.FROM_START, by=SYSTEM, at=EDITED)).earlier == 1
    assert due(ticket) == MONDAY + 8 * HOUR


def test_holiday_edited_closed_days_lengthen_never_shorten(shop: Store) -> None:
    plan = office(("09:00", "17:00"))
    hours = create_timetable(name="Day", plan=plan, by=SYSTEM, at=BEFORE)
    policy("All", 8, hours.timetable_id)
    ticket = a_ticket(shop)
    before = due(ticket)
    closed = TimetablePlan(zone=plan.zone, week=plan.week, own_closed=((MONDAY + timedelta(days=1)).date(),))
    new = change_timetable(hours.timetable_id, plan=closed, by=SYSTEM, at=EDITED)
    one = begin(Edit(reason=EditReason.TIMETABLE, timetable=new.pk), mode=Mode.FROM_START, by=SYSTEM, at=EDITED)
    assert worked_off(one).later == 1
    assert before is not None
    assert due(ticket) == before + timedelta(days=1)


def test_a_teams_coverage_edited_moves_what_counts_while_the_team_works(shop: Store) -> None:
    day = create_timetable(name="Day", plan=office(("09:00", "17:00")), by=SYSTEM, at=BEFORE)
    late = create_timetable(name="Late", plan=office(("09:00", "20:00")), by=SYSTEM, at=BEFORE)
    cover_team(shop.default_team_id, timetable_id=day.timetable_id, by=SYSTEM, at=BEFORE)
    policy("Covered", 8, "coverage")
    ticket = a_ticket(shop)
    cover_team(shop.default_team_id, timetable_id=late.timetable_id, by=SYSTEM, at=EDITED)
    edit = Edit(reason=EditReason.COVERAGE, team=shop.default_team_id)
    assert worked_off(begin(edit, mode=Mode.FROM_START, by=SYSTEM, at=EDITED)).earlier == 1
    assert due(ticket) == MONDAY + 8 * HOUR


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


def test_a_policy_whose_targets_alone_changed_asks_no_conditions_again(shop: Store) -> None:
    edited = policy("All", 8)
    ticket = a_ticket(shop)
    one = edit_targets(edited, promise(6), Mode.FROM_START)
    disable_policy(edited, by=SYSTEM, at=EDITED + timedelta(seconds=1))
    worked_off(one)
    assert due(ticket) == MONDAY + 6 * HOUR
