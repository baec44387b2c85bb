"""The platforms' own working days, as hours to count in."""

from collections.abc import Iterable
from datetime import date
from functools import cache

from tresen.channels.limits import Calendar
from tresen.clock.hours import AROUND_THE_CLOCK, WorkingHours
from tresen.staffing.holidays import public_holidays

FIRST_YEAR = 2025
LAST_YEAR = 2035
"""The years whose holidays a platform's calendar knows."""


@cache
def hours_in_calendar(calendar: Calendar) -> WorkingHours:
    """The hours that count in a platform's calendar: its days, whole, without its country's holidays."""
    return hours_on(calendar, closed_days(calendar))


def hours_on(calendar: Calendar, closed: Iterable[date]) -> WorkingHours:
    """The hours of the calendar's days, whole, but for `closed`."""
    week = {day.number: AROUND_THE_CLOCK for day in calendar.days}
    return WorkingHours(calendar.zone, week, closed=frozenset(closed))


def closed_days(calendar: Calendar) -> frozenset[date]:
    """The holidays of the calendar's country as its data knows them today; none without a country."""
    return public_holidays(calendar.country, "", range(FIRST_YEAR, LAST_YEAR + 1))
