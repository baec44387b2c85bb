from datetime import UTC, date, datetime

import pytest

from tresen.accounts.actors import SYSTEM
from tresen.staffing.models import TimetableVersion
from tresen.staffing.plans import TimetablePlan
from tresen.staffing.proposing import Difference, extend_years, outdated, take_over
from tresen.staffing.timetables import create_timetable, current_version, retire_timetable

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
LATER = datetime(2027, 3, 1, tzinfo=UTC)
UNITY_DAY = date(2027, 10, 3)
INVENTED = date(2027, 6, 15)


def saved(name="Office", country="DE", own_closed=()):
    plan = TimetablePlan(zone="Europe/Berlin", week={0: [("09:00", "17:00")]}, country=country, own_closed=own_closed)
    return create_timetable(name=name, plan=plan, by=SYSTEM, at=AT)


def known_otherwise(version):
    """The version as an earlier edition of the holiday data would have resolved it."""
    version.closed = sorted({*version.closed, INVENTED} - {UNITY_DAY})
    version.save()
    return version


def test_a_version_that_agrees_with_todays_data_is_not_outdated():
    assert outdated(saved()) is None


def test_own_closed_days_are_no_difference():
    assert outdated(saved(own_closed=[INVENTED, UNITY_DAY])) is None


def test_holidays_that_came_and_went_are_proposed():
    assert outdated(known_otherwise(saved())) == Difference(came=(UNITY_DAY,), went=(INVENTED,))


def test_proposing_changes_nothing():
    version = known_otherwise(saved())
    outdated(version)
    assert TimetableVersion.objects.get().closed == version.closed


def test_taking_over_is_an_edit_that_leaves_the_old_version_alone():
    version = known_otherwise(saved())
    newer = take_over(version, by=SYSTEM, at=LATER)
    assert newer.number == 2
    assert outdated(newer) is None
    assert INVENTED in TimetableVersion.objects.get(pk=version.pk).closed


def test_other_offsets_of_the_zone_are_proposed_and_other_versions_alone_are_not():
    version = saved()
    version.zone_data = f"1999z {version.zone_data.partition(' ')[2]}"
    assert outdated(version) is None
    version.zone_data = "1999z 00000000"
    assert outdated(version) == Difference(zone_changed=True)


def test_each_year_the_holidays_are_extended_and_earlier_ones_stay_as_they_were():
    version = known_otherwise(saved())
    saved("Without holidays", country="")
    retired = saved("Retired")
    retire_timetable(retired.timetable_id, by=SYSTEM, at=AT)
    assert extend_years(at=AT) == []
    [newer] = extend_years(at=LATER)
    assert newer.timetable_id == version.timetable_id
    assert newer.last_year == 2030
    assert max(newer.closed).year == 2030
    assert INVENTED in newer.closed
    assert UNITY_DAY not in newer.closed
    assert extend_years(at=LATER) == []
    assert current_version(version.timetable_id) == newer
