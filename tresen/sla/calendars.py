"""The platforms' own working days, as hours to count in."""

from collections.abc import Iterable, Mapping
from datetime import date

from tresen.channels.limits import Calendar
from tresen.channels.rule_packs import RulePack
from tresen.clock.hours import AROUND_THE_CLOCK, WorkingHours
from tresen.staffing.holidays import YEARS_AHEAD, public_holidays

type ClosedDays = Mapping[str, frozenset[date]]
"""The closed days of a pack's calendars, by the calendar's key."""


def closed_days(pack: RulePack, *, year: int) -> ClosedDays:
    """The holidays of the pack's calendars, from its first year to a few after `year`, as today's data know them."""
    years = range(pack.valid_from.year, max(year, pack.valid_from.year) + YEARS_AHEAD + 1)
    return {one.key: public_holidays(one.country, "", years) for one in pack.calendars}


def hours_in(pack: RulePack, closed: ClosedDays) -> tuple[tuple[str, WorkingHours], ...]:
    """The hours of the pack's calendars by their keys: the calendar's days, whole, without the closed ones."""
    return tuple((one.key, _hours(one, closed.get(one.key, ()))) for one in pack.calendars)


def _hours(calendar: Calendar, closed: Iterable[date]) -> WorkingHours:
    week = {day.number: AROUND_THE_CLOCK for day in calendar.days}
    return WorkingHours(calendar.zone, week, closed=frozenset(closed))
