"""What a timetable may say: windows of a day as people write them, checked and turned into spans from midnight."""

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta

type Window = tuple[str, str]
"""(opens, closes) as "HH:MM". "24:00" ends the day; a window that closes before it opens runs past midnight."""

type Span = tuple[timedelta, timedelta]
"""Opens and closes, both counted from the midnight on which the window's day starts, by the clock on the wall."""

DAY = timedelta(days=1)
_TIME = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])|24:00")


def weekly_spans(week: Mapping[int, Sequence[Window]]) -> tuple[tuple[Span, ...], ...]:
    """Seven days of spans, Monday first. Raises `ValueError` for a day that no week has."""
    for weekday in week:
        if weekday not in range(7):
            raise ValueError(f"A week has the days 0 (Monday) to 6 (Sunday), not {weekday!r}.")
    return tuple(spans(week.get(weekday, ())) for weekday in range(7))


def spans(windows: Sequence[Window]) -> tuple[Span, ...]:
    """The windows of one day as spans; a window that closes when it opens is none. Raises `ValueError` if malformed."""
    return tuple(span for span in map(_span, windows) if span[0] < span[1])


def plain_dates(days: Collection[date]) -> frozenset[date]:
    """The same days. Raises `ValueError` for a moment among them: it would never be found by its date."""
    for day in days:
        if type(day) is not date:
            raise ValueError(f"A closed or special day is a date, not {day!r}.")
    return frozenset(days)


def _span(window: Window) -> Span:
    try:
        opens, closes = window
    except ValueError:
        raise ValueError(f"A window is an opening and a closing time, not {window!r}.") from None
    begun, ended = _from_midnight(opens, window), _from_midnight(closes, window)
    if begun == DAY:
        raise ValueError(f"The window {opens} to {closes} opens when the day is over. Write 00:00 on the next day.")
    return begun, ended + DAY if ended < begun else ended


def _from_midnight(time: str, window: Window) -> timedelta:
    if not isinstance(time, str) or _TIME.fullmatch(time) is None:
        raise ValueError(f"“{time}” in the window {window!r} is not a time. Write one like 08:30; 24:00 ends the day.")
    return timedelta(hours=int(time[:2]), minutes=int(time[3:]))
