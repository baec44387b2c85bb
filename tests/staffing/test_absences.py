from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.staffing.rosters import AT, a_team, an_agent
from tresen.accounts.actors import SYSTEM, Actor
from tresen.accounts.models import SetupChange
from tresen.staffing.absences import (
    UNDO_FOR,
    absences_in,
    away_at,
    end_absence,
    report_absence,
    withdraw_absence,
)
from tresen.staffing.models import Absence, AbsenceKind
from tresen.staffing.queries import coverage_of, shifts_of
from tresen.staffing.rostering import RosterWrong

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


def absent(agent, starts=AT, ends=AT + DAY, *, hand_over=False, by=SYSTEM):
    return report_absence(agent, AbsenceKind.SICK, starts=starts, ends=ends, hand_over=hand_over, by=by, at=AT)


def test_whoever_is_away_does_not_work_and_does_again_when_back():
    team, ada = a_team("Returns", "ada")
    absent(ada, AT, AT + 2 * HOUR)
    assert coverage_of([team])[team].next_open(AT) == AT + 2 * HOUR
    assert shifts_of([ada])[ada].next_open(AT) == AT + 2 * HOUR
    assert away_at(AT).keys() == {ada}
    assert away_at(AT + 2 * HOUR) == {}


def test_who_is_back_early_works_again():
    team, ada = a_team("Returns", "ada")
    absence = absent(ada, AT, None)
    end_absence(absence.pk, by=SYSTEM, at=AT + HOUR)
    end_absence(absence.pk, by=SYSTEM, at=AT + 5 * HOUR)
    assert coverage_of([team])[team].openings(AT, AT + 3 * HOUR) == [(AT + HOUR, AT + 3 * HOUR)]


def test_an_absence_that_was_a_mistake_leaves_no_trace_in_the_hours():
    team, ada = a_team("Returns", "ada")
    absence = absent(ada)
    withdraw_absence(absence.pk, by=SYSTEM, at=AT)
    withdraw_absence(absence.pk, by=SYSTEM, at=AT)
    assert coverage_of([team])[team].next_open(AT) == AT
    later = absent(ada, AT + DAY, AT + 2 * DAY)
    end_absence(later.pk, by=SYSTEM, at=AT)
    assert not Absence.objects.exists()


def test_tickets_wait_a_moment_for_a_change_of_mind_or_until_the_absence_begins():
    ada, ben, cem = (an_agent(name) for name in ("ada", "ben", "cem"))
    assert absent(ada, hand_over=True).hand_over_at == AT + UNDO_FOR
    assert absent(ben, AT + DAY, AT + 2 * DAY, hand_over=True).hand_over_at == AT + DAY
    assert absent(cem).hand_over_at is None


def test_an_absence_ends_later_than_it_begins_and_is_reported_once():
    ada = an_agent("ada")
    for ends in (AT, AT - HOUR, AT + 4000 * DAY):
        with pytest.raises(RosterWrong, match=r"ends later|three years"):
            absent(ada, AT, ends)
    absent(ada, AT, AT + DAY)
    with pytest.raises(RosterWrong, match="already"):
        absent(ada, AT + HOUR, AT + DAY)
    assert absent(ada, AT + HOUR, AT + 2 * DAY)


def test_an_absence_that_the_spring_night_leaves_no_time_for_is_refused_in_words():
    ada, berlin = an_agent("ada"), ZoneInfo("Europe/Berlin")
    # 02:30 does not exist in that night: it is the same instant as 03:30.
    gap, after = (datetime(2027, 3, 28, hour, 30, tzinfo=berlin) for hour in (2, 3))
    with pytest.raises(RosterWrong, match="ends later"):
        absent(ada, gap, after)


def test_the_history_tells_that_somebody_was_away_and_never_why():
    ada, lead = an_agent("ada"), an_agent("lea")
    absence = absent(ada, by=Actor.agent(lead))
    change = SetupChange.objects.get()
    assert (change.subject, change.what, change.details, change.by_id) == (
        f"agent:{ada}",
        "absent",
        {"absence": absence.pk},
        lead,
    )


def test_the_absences_of_a_week_are_those_that_touch_it():
    ada = an_agent("ada")
    before, inside, open_ended = absent(ada, AT, AT + DAY), absent(ada, AT + 2 * DAY, AT + 3 * DAY), None
    open_ended = absent(ada, AT + 4 * DAY, None)
    assert list(absences_in([ada], start=AT + DAY, end=AT + 4 * DAY)) == [inside]
    assert list(absences_in([ada], start=AT, end=AT + 30 * DAY)) == [before, inside, open_ended]
    assert away_at(AT + 900 * DAY) == {ada: open_ended}
