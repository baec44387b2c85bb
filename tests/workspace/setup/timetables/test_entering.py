from datetime import date

import pytest

from tresen.workspace.setup.timetables.entering import (
    NotUnderstood,
    SpecialDays,
    days_in,
    days_out,
    field_of,
    special_days_in,
    special_days_out,
    windows_in,
    windows_out,
)


@pytest.mark.parametrize(
    ("text", "windows"),
    [
        ("", []),
        ("   ", []),
        ("09:00-17:00", [("09:00", "17:00")]),
        ("9-17", [("09:00", "17:00")]),
        ("8.30 – 12, 13:00—17:45", [("08:30", "12:00"), ("13:00", "17:45")]),
        ("8-12; 13-17", [("08:00", "12:00"), ("13:00", "17:00")]),
        ("22:00-06:00", [("22:00", "06:00")]),
        ("00:00-24:00", [("00:00", "24:00")]),
    ],
)
def test_hours_are_read_as_people_write_them(text, windows):
    assert windows_in(text) == windows
    assert windows_in(windows_out(windows)) == windows


@pytest.mark.parametrize("text", ["closed", "9", "9-17-20", "09:00", "9am-5pm", "-"])
def test_what_are_no_hours_is_named(text):
    with pytest.raises(NotUnderstood, match=text):
        windows_in(f"08:00-12:00, {text}")


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("", []),
        ("2026-12-31\n2026-12-24", [date(2026, 12, 24), date(2026, 12, 31)]),
        ("31.12.2026, 1. 1.2027", [date(2026, 12, 31), date(2027, 1, 1)]),
        ("2026-12-30..2027-01-01", [date(2026, 12, 30), date(2026, 12, 31), date(2027, 1, 1)]),
        ("2026-12-24 .. 2026-12-24", [date(2026, 12, 24)]),
        ("30.12.2026-01.01.2027", [date(2026, 12, 30), date(2026, 12, 31), date(2027, 1, 1)]),
        ("31. 12. 2026 – 1.1.2027, 2026-12-24", [date(2026, 12, 24), date(2026, 12, 31), date(2027, 1, 1)]),
        ("2026-12-31-2027-01-01", [date(2026, 12, 31), date(2027, 1, 1)]),
        ("2026-12-24\n24.12.2026", [date(2026, 12, 24)]),
    ],
)
def test_days_are_read_as_people_write_them(text, days):
    assert list(days_in(text)) == days
    assert list(days_in(days_out(days, {}))) == days


CHRISTMAS, STOCKTAKING = date(2026, 12, 24), date(2026, 12, 31)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("2026-12-31 (Stocktaking)", {STOCKTAKING: "Stocktaking"}),
        ("31.12.2026(  New   year ) ", {STOCKTAKING: "New year"}),
        ("2026-12-24, 2026-12-31 (Closed)", {CHRISTMAS: "Closed", STOCKTAKING: "Closed"}),
        ("2026-12-24 (A), 2026-12-31 (B); 24.12.2026 (C)", {CHRISTMAS: "A · C", STOCKTAKING: "B"}),
        ("2026-12-24 (A)\n2026-12-24 (A)\n2026-12-24", {CHRISTMAS: "A"}),
        ("2026-12-24 (1. Advent, 10-14 (part 1), 2. half)", {CHRISTMAS: "1. Advent, 10-14 (part 1), 2. half"}),
        ("2026-12-24 (:-))", {CHRISTMAS: ":-)"}),
    ],
)
def test_a_day_has_its_name_in_brackets(text, days):
    assert days_in(text) == days
    assert days_in(days_out(days, days)) == days


@pytest.mark.parametrize("text", ["2026-12-24 (open", "2026-12-24 Christmas", "(Christmas)", "2026-12-24 (A) (B) x"])
def test_a_name_without_a_day_or_brackets_is_not_understood(text):
    with pytest.raises(NotUnderstood):
        days_in(text)
    with pytest.raises(NotUnderstood):
        special_days_in(text)


@pytest.mark.parametrize(
    "text", ["2026-02-30", "tomorrow", "12/24/2026", "2026-12-31..2026-12-01", "2020-01-01..2026-01-01"]
)
def test_what_is_no_day_is_named(text):
    with pytest.raises(NotUnderstood, match=text.partition("..")[0]):
        days_in(text)


def test_a_day_with_other_hours_is_a_line():
    special = {date(2026, 12, 23): [("09:00", "13:00")], date(2026, 12, 24): []}
    assert special_days_in("24.12.2026\n2026-12-23: 9-13") == SpecialDays(special, {})
    assert special_days_in(special_days_out(special, {})) == SpecialDays(special, {})
    with pytest.raises(NotUnderstood, match="Christmas"):
        special_days_in("Christmas 9-13")


def test_a_day_on_two_lines_has_the_hours_of_both():
    said = special_days_in("2026-12-23 9-12 (Early)\n2026-12-23 14-16 (Late)")
    assert said.hours == {date(2026, 12, 23): [("09:00", "12:00"), ("14:00", "16:00")]}
    assert said.names == {date(2026, 12, 23): "Early · Late"}


def test_a_day_with_other_hours_has_its_name_behind_them():
    special = {date(2026, 12, 23): [("09:00", "13:00")], date(2026, 12, 24): []}
    names = {date(2026, 12, 23): "Party (10-14)", date(2026, 12, 24): "Christmas"}
    said = special_days_in("24.12.2026 (Christmas)\n2026-12-23: 9-13 (Party (10-14))")
    assert said == SpecialDays(special, names)
    assert special_days_in(special_days_out(special, names)) == said


def test_a_problem_is_shown_where_it_was_entered():
    assert [field_of(where) for where in ("week.3", "special.2026-12-24", "zone", "week")] == [
        "day_3",
        "special",
        "zone",
        None,
    ]
