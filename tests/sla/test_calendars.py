"""A platform's own working days."""

from datetime import UTC, date, datetime, timedelta

from tresen.channels.limits import Calendar, Weekday
from tresen.sla.calendars import closed_days, hours_in_calendar

GERMAN = Calendar(
    key="working_days",
    zone="Europe/Berlin",
    days=frozenset(Weekday) - {Weekday.SATURDAY, Weekday.SUNDAY},
    country="DE",
)


def test_only_holidays_of_the_whole_country_are_taken_out():
    closed = closed_days(GERMAN)

    assert date(2026, 12, 25) in closed
    assert date(2026, 1, 6) not in closed  # Epiphany: Bavaria and two more


def test_a_calendar_counts_whole_working_days():
    friday_evening = datetime(2026, 12, 18, 17, tzinfo=UTC)

    due = hours_in_calendar(GERMAN).add(friday_evening, timedelta(hours=48))

    assert due == datetime(2026, 12, 22, 17, tzinfo=UTC)
