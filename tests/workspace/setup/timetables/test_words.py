from dataclasses import replace
from datetime import date

import pytest
from django.utils import translation

from tests.factories.shops import MONDAY
from tresen.accounts.actors import SYSTEM
from tresen.staffing.plans import TimetablePlan
from tresen.staffing.proposing import Difference
from tresen.staffing.timetables import change_timetable, create_timetable, plan_of
from tresen.workspace.setup.timetables.words import (
    bars,
    closed_days,
    country_choices,
    difference_in_words,
    week_in_words,
)

pytestmark = pytest.mark.django_db

WEEK = {**{day: [("09:00", "17:00")] for day in range(4)}, 4: [("22:00", "02:00")], 5: [("10:00", "12:00")]}


@pytest.fixture
def version():
    plan = TimetablePlan(
        zone="Europe/Berlin", week=WEEK, country="DE", region="BY", own_closed=[date(2026, 12, 31)],
        special={date(2026, 12, 24): [("09:00", "12:00")]},
    )  # fmt: skip
    return create_timetable(name="Office", plan=plan, by=SYSTEM, at=MONDAY)


def test_days_with_the_same_hours_are_one_line(version):
    assert week_in_words(version) == ["Mon–Thu 09:00–17:00", "Fri 22:00–02:00", "Sat 10:00–12:00"]
    with translation.override("de"):
        assert week_in_words(version)[0] == "Mo–Do 09:00–17:00"


def test_days_to_come_have_their_names_and_hours(version):
    days = {day.on: (day.name, day.hours) for day in closed_days(version, since=date(2026, 12, 1))}
    assert days["Thu, 24 Dec 2026"] == ("own day", "09:00–12:00")
    assert days["Fri, 25 Dec 2026"] == ("Christmas Day", "")
    assert days["Thu, 31 Dec 2026"] == ("own day", "")
    assert days["Wed, 6 Jan 2027"] == ("Epiphany", "")
    assert "Tue, 3 Nov 2026" not in days


def test_a_day_of_our_own_has_its_name_also_on_a_holiday(version):
    days = [date(2026, 12, 24), date(2026, 12, 25), date(2026, 12, 31)]
    plan = replace(plan_of(version), own_closed=days[1:], names=dict(zip(days, "ABC", strict=True)))
    changed = change_timetable(version.timetable_id, plan=plan, by=SYSTEM, at=MONDAY)
    shown = {day.day: day.name for day in closed_days(changed, since=date(2026, 12, 1))}
    assert [shown[day] for day in days] == ["A", "B", "C"]


def test_what_newer_data_says_is_told_day_by_day(version):
    difference = Difference(came=(date(2027, 1, 6),), went=(date(2027, 2, 1),), zone_changed=True)
    assert difference_in_words(version, difference) == [
        "New holiday: Wed, 6 Jan 2027 (Epiphany).",
        "No holiday any more: Mon, 1 Feb 2027.",
        "The time zone Europe/Berlin changes its clock otherwise than kept.",
    ]


def test_hours_past_midnight_are_drawn_on_both_days(version):
    assert [bar for bar in bars(version) if bar[0] >= 4] == [(4, 1320, 1440), (5, 0, 120), (5, 600, 720)]


def test_countries_stand_where_people_look_them_up():
    with translation.override("de"):
        titles = [title for _code, title in country_choices(["ZA", "AT", "PL", "NO", "EG"])]

    assert titles == ["Ägypten", "Norwegen", "Österreich", "Polen", "Südafrika"]
