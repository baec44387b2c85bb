"""Covered hours: the team's, and at tier 0 those in which somebody is on call."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.factories.messages import a_message, filed
from tests.factories.shops import a_store, an_agent
from tests.sla.edits import worked_off
from tresen.accounts.actors import SYSTEM
from tresen.sla.editing import add_policy
from tresen.sla.explaining import explained
from tresen.sla.models import Clock, EditReason, Mode
from tresen.sla.recalculations import Edit, begin
from tresen.staffing.covering import cover_team
from tresen.staffing.models import OnCall
from tresen.staffing.on_call import put_on_call
from tresen.staffing.plans import TimetablePlan
from tresen.staffing.timetables import change_timetable, create_timetable
from tresen.stores.models import Store

pytestmark = pytest.mark.django_db
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
EVENING = datetime(2026, 11, 16, 19, 0, tzinfo=UTC)
"""Monday, three hours after the team went home."""
CALLED = EVENING + 2 * HOUR
MORNING = datetime(2026, 11, 17, 8, 0, tzinfo=UTC)
THREAT = "Ich stelle jetzt einen A-bis-z-Antrag!"
DAY = TimetablePlan(zone="UTC", week={day: [("08:00", "16:00")] for day in range(5)})


@pytest.fixture
def day() -> int:
    return create_timetable(name="Day", plan=DAY, by=SYSTEM, at=EVENING - 9 * HOUR).timetable_id


@pytest.fixture
def store(day: int) -> Store:
    store = a_store()
    cover_team(store.default_team_id, timetable_id=day, by=SYSTEM, at=EVENING - 9 * HOUR)
    targets = {"first_reply": {"minutes": 15, "hours": "coverage"}}
    add_policy(name="Fast", conditions={}, targets=targets, by=SYSTEM, at=EVENING - 9 * HOUR)
    put_on_call(an_agent().pk, starts=CALLED, ends=CALLED + 5 * HOUR, by=SYSTEM, at=EVENING)
    return store


def own_clock() -> Clock:
    return Clock.objects.get(kind="own")


def test_what_is_of_tier_0_counts_while_somebody_is_on_call_too(store: Store) -> None:
    filed(store, a_message(at=EVENING, text=THREAT))
    assert own_clock().due == CALLED + 15 * MINUTE


def test_everything_else_waits_for_the_team(store: Store) -> None:
    filed(store, a_message(at=EVENING, text="Wann kommt die Lampe?"))
    assert own_clock().due == MORNING + 15 * MINUTE


def test_where_nobody_is_on_call_tier_0_waits_for_the_team_too(store: Store) -> None:
    OnCall.objects.all().delete()
    filed(store, a_message(at=EVENING, text=THREAT))
    assert own_clock().due == MORNING + 15 * MINUTE


def test_the_on_call_list_is_frozen_when_the_policy_is_applied(store: Store) -> None:
    filed(store, a_message(at=EVENING, text=THREAT))
    OnCall.objects.all().delete()
    filed(store, a_message(at=EVENING + MINUTE, text="Hallo?"))
    assert own_clock().due == CALLED + 15 * MINUTE


def test_a_new_version_of_the_timetable_leaves_those_on_call_in(store: Store, day: int) -> None:
    filed(store, a_message(at=EVENING, text=THREAT))
    later = TimetablePlan(zone="UTC", week={each: [("10:00", "16:00")] for each in range(5)})
    new = change_timetable(day, plan=later, by=SYSTEM, at=EVENING + HOUR)
    edit = Edit(reason=EditReason.TIMETABLE, timetable=new.pk)
    worked_off(begin(edit, mode=Mode.FROM_START, by=SYSTEM, at=EVENING + HOUR), EVENING + HOUR + MINUTE)
    assert own_clock().due == CALLED + 15 * MINUTE


def test_the_steps_name_the_teams_hours_and_that_on_call_counts(store: Store) -> None:
    filed(store, a_message(at=EVENING, text=THREAT))
    said = explained(own_clock().ticket_id, at=EVENING, moment=str, day=date.isoformat, received_by="us")
    lines = [line for clock in said if clock.kind == "own" for line in clock.lines]
    target = lines.index("Target first reply: 15 min.")
    assert lines[target + 1 : target + 3] == [
        "Counts while the team works: in the hours of “Day”, version 1.",
        "Counts also while somebody is on call: by the on-call list as it was when this target was applied.",
    ]
