"""Whom an edit concerns, and what it brings to them."""

from datetime import timedelta

import pytest

from tests.factories.replies import a_ticket
from tests.factories.shops import MONDAY, a_store
from tests.sla.edits import BEFORE, EDITED, HOUR, due, edit_targets, policy, promise, work_off, worked_off
from tresen.accounts.actors import SYSTEM
from tresen.sla.editing import disable_policy, move_policy
from tresen.sla.models import EditReason, Mode
from tresen.sla.recalculations import Edit, begin
from tresen.staffing.covering import cover_team
from tresen.staffing.plans import TimetablePlan
from tresen.staffing.timetables import change_timetable, create_timetable
from tresen.stores.models import Store

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop() -> Store:
    return a_store("console", "")


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
    edit = Edit(reason=EditReason.COVERAGE, teams=(shop.default_team_id,))
    assert worked_off(begin(edit, mode=Mode.FROM_START, by=SYSTEM, at=EDITED)).earlier == 1
    assert due(ticket) == MONDAY + 8 * HOUR


def test_a_policy_whose_targets_alone_changed_asks_no_conditions_again(shop: Store) -> None:
    edited = policy("All", 8)
    ticket = a_ticket(shop)
    one = edit_targets(edited, promise(6), Mode.FROM_START)
    disable_policy(edited, by=SYSTEM, at=EDITED + timedelta(seconds=1))
    worked_off(one)
    assert due(ticket) == MONDAY + 6 * HOUR
