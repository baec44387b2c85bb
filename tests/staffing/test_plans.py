from datetime import date

import pytest

from tresen.staffing.plans import TimetablePlan, TimetableWrong, problems_in

OFFICE = {key: [("09:00", "17:00")] for key in range(5)}


def said(**plan):
    return {
        problem.where: problem.sentence
        for problem in problems_in(TimetablePlan(**{"zone": "Europe/Berlin", "week": OFFICE, **plan}))
    }


def test_a_plain_week_has_nothing_wrong():
    assert said() == {}
    assert said(country="DE", region="BE", special={date(2026, 12, 24): [("09:00", "12:00")]}) == {}


@pytest.mark.parametrize("week", [{}, {0: []}, {0: [("09:00", "09:00")]}])
def test_a_week_in_which_nobody_ever_works_is_refused(week):
    assert "Nobody would ever work" in said(week=week)["week"]


@pytest.mark.parametrize("window", [("9", "17"), ("09:00", "25:00"), ("24:00", "24:00"), ("", ""), ("09:00",)])
def test_hours_that_are_none_are_named_with_their_day(window):
    problems = said(week={**OFFICE, 2: [window]})
    assert set(problems) == {"week.2"}
    assert "are no hours" in problems["week.2"]
    assert "-".join(window) in problems["week.2"]


def test_hours_of_a_special_day_are_checked_too():
    assert "are no hours" in said(special={date(2026, 12, 24): [("morning", "noon")]})["special.2026-12-24"]


def test_a_special_day_may_be_closed():
    assert said(special={date(2026, 12, 24): []}) == {}


def test_what_is_no_day_of_the_week_is_refused():
    assert "0 (Monday) to 6 (Sunday)" in said(week={**OFFICE, 7: [("09:00", "17:00")]})["week"]


@pytest.mark.parametrize("zone", ["Europe/Köln", "", "../../etc/passwd", "CEST+2"])
def test_an_unknown_zone_is_refused(zone):
    assert "is not a time zone" in said(zone=zone)["zone"]


def test_unknown_countries_and_regions_are_refused():
    assert "XX" in said(country="XX")["country"]
    assert "“BY” is not a region of “IT”" in said(country="IT", region="BY")["region"]
    assert "region" in said(region="BY")


def test_more_single_days_than_anyone_means_are_refused():
    days = [date.fromordinal(740_000 + day) for day in range(1001)]
    assert "more than 1000" in said(own_closed=days)["own_closed"]


def test_all_problems_are_told_in_one_error():
    problems = problems_in(TimetablePlan(zone="Mars", week={0: [("x", "y")]}, country="XX"))
    assert str(TimetableWrong(problems)).count("\n") == 2
