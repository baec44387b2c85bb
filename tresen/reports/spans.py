"""Days, weeks and months of a time zone as instants. Pure: the database never reckons with time zones."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple
from zoneinfo import ZoneInfo

DAY = timedelta(days=1)
WEEK = timedelta(days=7)


class Step(StrEnum):
    """How long each span is. Weeks begin on Monday."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


class Span(NamedTuple):
    """From the first instant of `first` up to, and without, `until`: the first instant after `last`."""

    first: date
    last: date
    since: datetime
    until: datetime


def whole(first: date, last: date, zone: ZoneInfo) -> Span:
    """These days and all between them, as the zone's clocks show them."""
    return Span(first, last, _midnight(first, zone), _midnight(last + DAY, zone))


def spans(first: date, last: date, step: Step, zone: ZoneInfo) -> list[Span]:
    """The days, weeks or months that these days lie in, in order; the first and the last are cut to them."""
    begins = [*_begins(first, last, step), last + DAY]
    return [whole(begin, following - DAY, zone) for begin, following in pairwise(begins)]


def _begins(first: date, last: date, step: Step) -> Iterator[date]:
    day = first
    while day <= last:
        yield day
        day = _following(day, step)


def _following(day: date, step: Step) -> date:
    match step:
        case Step.DAY:
            return day + DAY
        case Step.WEEK:
            return day + WEEK - day.weekday() * DAY
        case Step.MONTH:
            return (day.replace(day=1) + 31 * DAY).replace(day=1)


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    """The first instant of a day; where the clocks skip midnight, the instant at which they do."""
    return datetime.combine(day, time(), zone).astimezone(UTC)
