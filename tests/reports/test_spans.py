from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from tresen.reports.spans import Step, spans, whole

BERLIN = ZoneInfo("Europe/Berlin")


def test_a_day_begins_and_ends_at_the_zones_midnight():
    day = whole(date(2026, 11, 16), date(2026, 11, 16), BERLIN)

    assert (day.since, day.until) == (datetime(2026, 11, 15, 23, tzinfo=UTC), datetime(2026, 11, 16, 23, tzinfo=UTC))


def test_the_day_on_which_clocks_go_back_has_twenty_five_hours():
    day = whole(date(2026, 10, 25), date(2026, 10, 25), BERLIN)

    assert day.until - day.since == timedelta(hours=25)


def test_days_follow_each_other_without_gap_also_where_midnight_is_skipped():
    found = spans(date(2026, 4, 20), date(2026, 4, 28), Step.DAY, ZoneInfo("Africa/Cairo"))

    assert len(found) == 9
    assert all(one.until == other.since for one, other in pairwise(found))


def test_weeks_begin_on_monday_and_are_cut_to_the_days_asked_for():
    found = spans(date(2026, 11, 18), date(2026, 12, 1), Step.WEEK, BERLIN)

    assert [(one.first.day, one.last.day) for one in found] == [(18, 22), (23, 29), (30, 1)]


def test_months_are_as_long_as_the_calendar_says():
    found = spans(date(2026, 1, 31), date(2026, 3, 5), Step.MONTH, BERLIN)

    assert [(one.first, one.last) for one in found] == [
        (date(2026, 1, 31), date(2026, 1, 31)),
        (date(2026, 2, 1), date(2026, 2, 28)),
        (date(2026, 3, 1), date(2026, 3, 5)),
    ]
