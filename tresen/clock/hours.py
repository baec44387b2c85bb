"""Working time: how much of it lies between two instants, and when a given amount of it has passed."""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import accumulate
from typing import NamedTuple

from tresen.clock import zones
from tresen.clock.stretches import Opening, joined, without
from tresen.clock.windows import DAY, Span, Window, plain_dates, spans, weekly_spans

EARLIEST = datetime(1970, 1, 5, tzinfo=UTC)
"""Where counting begins, a Monday."""

LATEST = datetime(2199, 12, 30, tzinfo=UTC)
"""Where counting ends, a Monday: what is not due by then is never due."""

NOTHING = timedelta(0)
WEEK = timedelta(days=7)
AHEAD = 8 * WEEK
"""How far the hours are laid out beyond the first question; later they grow by half of what is there."""


class _Index(NamedTuple):
    """All openings in [low, high), in order and apart, with the time worked by the end of each.

    The first entry is empty and stands at `low`, so that every instant has an entry at or before it. An index is
    never changed, a wider one takes its place: threads share it without a lock.
    """

    low: datetime
    high: datetime
    opens: list[datetime]
    closes: list[datetime]
    worked: list[timedelta]


class WorkingHours:
    """When a clock counts: a weekly timetable in one time zone, minus closed days, with special days.

    `week` maps 0 (Monday) to 6 (Sunday) to the windows of that day, (opens, closes) as "HH:MM" by the clock on the
    wall. A window holds every instant whose local time lies in it: in the autumn fold both, in the spring gap none.
    `special` replaces the windows of a date and wins over `closed`. Raises `ValueError` for an unknown zone or a
    malformed window.

    No answer costs more for a longer span: the hours are laid out once, as far as questions reach, and then searched.
    So keep an instance for as long as its timetable stands.
    """

    __slots__ = ("_always", "_begins", "_closed", "_ends", "_extra", "_gone", "_index", "_special", "_week", "zone")

    def __init__(
        self,
        zone: str,
        week: Mapping[int, Sequence[Window]],
        closed: Collection[date] = (),
        special: Mapping[date, Sequence[Window]] = {},
    ) -> None:
        self.zone = zones.zone(zone)
        self._week = weekly_spans(week)
        self._closed = plain_dates(closed)
        plain_dates(special)
        self._special = {day: spans(windows) for day, windows in special.items()}
        self._extra: Sequence[Opening] = ()
        self._gone: Sequence[Opening] = ()
        self._always = not (closed or special) and all((NOTHING, DAY) in day for day in self._week)
        self._begins, self._ends = self._bounds()
        self._index: _Index | None = None

    def between(self, start: datetime, end: datetime) -> timedelta:
        """The working time in [start, end), in real seconds. Raises `ValueError` if `end` lies before `start`."""
        start, end = zones.in_utc(start), zones.in_utc(end)
        if end < start:
            raise ValueError(f"The end {end} lies before the start {start}.")
        if self._always:
            return end - start
        index = self._reaching(start, end)
        return _worked_by(index, end) - _worked_by(index, start)

    def add(self, start: datetime, worked: timedelta) -> datetime | None:
        """The earliest instant, in UTC, by which `worked` has passed since `start`; None when it never will.

        What is used up exactly at closing time is due at closing time. Raises `ValueError` for less than nothing.
        """
        start = zones.in_utc(start)
        if worked <= NOTHING:
            if worked < NOTHING:
                raise ValueError(f"Working time can only be added, not taken away: {worked}.")
            return start
        if self._always:
            return start + worked if worked <= LATEST - start else None
        index = self._reaching(start, start)
        target = _worked_by(index, start) + worked
        while index.worked[-1] < target:
            if index.high >= self._ends:
                return None
            index = self._reaching(start, min(index.high + WEEK, LATEST))
        entry = bisect_left(index.worked, target)
        return index.closes[entry] - (index.worked[entry] - target)

    def last_open_before(self, at: datetime) -> datetime | None:
        """The last instant, in UTC, at or before `at` up to which somebody works; None when nobody has."""
        at = zones.in_utc(at)
        if self._always:
            return at
        index = self._reaching(at, at)
        while (entry := bisect_left(index.opens, at) - 1) <= 0:
            if index.low <= self._begins:
                return None
            index = self._reaching(max(index.low - WEEK, EARLIEST), at)
        return min(index.closes[entry], at)

    def next_open(self, at: datetime) -> datetime | None:
        """The first instant, in UTC, at or after `at` from which somebody works; None when nobody will."""
        at = zones.in_utc(at)
        if self._always:
            return at
        index = self._reaching(at, at)
        while (entry := bisect_right(index.closes, at)) == len(index.closes):
            if index.high >= self._ends:
                return None
            index = self._reaching(at, min(index.high + WEEK, LATEST))
        return max(index.opens[entry], at)

    def openings(self, start: datetime, end: datetime) -> list[Opening]:
        """All stretches of [start, end) that count, in UTC, in order and apart."""
        start, end = zones.in_utc(start), zones.in_utc(end)
        if end <= start:
            return []
        if self._always:
            return [(start, end)]
        index = self._reaching(start, end)
        first, last = bisect_right(index.closes, start), bisect_left(index.opens, end)
        found = zip(index.opens[first:last], index.closes[first:last], strict=True)
        return joined((max(opens, start), min(closes, end)) for opens, closes in found)

    def only_on(self, days: Collection[date]) -> "WorkingHours":
        """The windows of these days alone; one that runs past midnight belongs to the day on which it begins."""
        special = {day: self._spans_of(day) for day in plain_dates(days)}
        return self._like(week=((),) * 7, special=special, extra=(), gone=self._gone)

    def replaced(
        self, *, days: Collection[date], by: Sequence[Opening] = (), gone: Sequence[Opening] = ()
    ) -> "WorkingHours":
        """The same hours, but the windows of `days` are gone and `by` counts besides; of all that, nothing in `gone`.

        `by` and `gone` are in UTC. What is `gone` up to the end of counting is gone for good.
        """
        special = {**self._special, **dict.fromkeys(plain_dates(days), ())}
        away = joined([*self._gone, *gone])
        return self._like(week=self._week, special=special, extra=joined([*self._extra, *by]), gone=away)

    def _like(
        self,
        *,
        week: tuple[tuple[Span, ...], ...],
        special: dict[date, tuple[Span, ...]],
        extra: Sequence[Opening],
        gone: Sequence[Opening],
    ) -> "WorkingHours":
        """Hours in the same zone with the same closed days."""
        made = object.__new__(WorkingHours)
        made.zone, made._closed, made._index = self.zone, self._closed, None
        made._week, made._special, made._extra, made._gone = week, special, extra, gone
        made._always = self._always and not (special or extra or gone) and week is self._week
        made._begins, made._ends = made._bounds()
        return made

    def _bounds(self) -> tuple[datetime, datetime]:
        """Before the first and from the second of these instants nobody ever works."""
        if any(self._week):
            left_for_good = bool(self._gone) and self._gone[-1][1] >= LATEST
            return EARLIEST, min(LATEST, _monday(self._gone[-1][0]) + WEEK) if left_for_good else LATEST
        days = [day for day, windows in self._special.items() if windows]
        days += [at.date() for opening in self._extra for at in opening]
        if not days:
            return LATEST, EARLIEST
        # A zone is less than a day away from UTC, and a window may run past midnight.
        first, last = (datetime.combine(day, time.min, UTC) for day in (min(days), max(days)))
        return max(EARLIEST + DAY, first) - DAY, min(LATEST - 3 * DAY, last) + 3 * DAY

    def _reaching(self, earliest: datetime, latest: datetime) -> _Index:
        index = self._index
        if index is not None and index.low <= earliest and latest <= index.high:
            return index
        for at in (earliest, latest):
            if not EARLIEST <= at <= LATEST:
                raise ValueError(f"Working time is counted from 1970 to 2199; {at:%Y-%m-%d} lies outside.")
        index = index or _empty_at(_monday(earliest))
        ahead = max(AHEAD, (index.high - index.low) // 2)
        if earliest < index.low:
            index = self._longer_before(index, max(EARLIEST, _monday(earliest) - ahead))
        if latest >= index.high:
            index = self._longer_after(index, min(LATEST, _monday(latest) + ahead))
        self._index = index
        return index

    def _longer_after(self, index: _Index, high: datetime) -> _Index:
        openings = self._laid_out(index.high, high)
        worked = accumulate((closes - opens for opens, closes in openings), initial=index.worked[-1])
        return _Index(
            low=index.low,
            high=high,
            opens=index.opens + [opens for opens, _ in openings],
            closes=index.closes + [closes for _, closes in openings],
            worked=index.worked[:-1] + list(worked),
        )

    def _longer_before(self, index: _Index, low: datetime) -> _Index:
        openings = self._laid_out(low, index.low)
        lasting = [closes - opens for opens, closes in openings]
        worked = accumulate(lasting, initial=index.worked[0] - sum(lasting, NOTHING))
        return _Index(
            low=low,
            high=index.high,
            opens=[low, *(opens for opens, _ in openings), *index.opens[1:]],
            closes=[low, *(closes for _, closes in openings), *index.closes[1:]],
            worked=[*worked, *index.worked[1:]],
        )

    def _laid_out(self, low: datetime, high: datetime) -> list[Opening]:
        openings = [
            opening
            for start, end, offset in zones.stretches(self.zone, low, high)
            for opening in self._openings(start, end, offset)
        ]
        openings += [(max(opens, low), min(closes, high)) for opens, closes in self._extra]
        return without(openings, self._gone) if self._gone else joined(openings)

    def _openings(self, start: datetime, end: datetime, offset: timedelta) -> Iterator[Opening]:
        day = (start + offset).date() - DAY  # a window may run past its midnight
        last = (end + offset).date()
        while day <= last:
            midnight = datetime.combine(day, time.min, UTC) - offset
            for opens, closes in self._spans_of(day):
                begun, ended = max(start, midnight + opens), min(end, midnight + closes)
                if begun < ended:
                    yield begun, ended
            day += DAY

    def _spans_of(self, day: date) -> tuple[tuple[timedelta, timedelta], ...]:
        special = self._special.get(day)
        if special is not None:
            return special
        return () if day in self._closed else self._week[day.weekday()]


def _worked_by(index: _Index, at: datetime) -> timedelta:
    entry = bisect_right(index.opens, at) - 1
    closes = index.closes[entry]
    return index.worked[entry] - (closes - at) if at < closes else index.worked[entry]


def _empty_at(low: datetime) -> _Index:
    return _Index(low, low, [low], [low], [NOTHING])


def _monday(at: datetime) -> datetime:
    return EARLIEST + (at - EARLIEST) // WEEK * WEEK


AROUND_THE_CLOCK: Sequence[Window] = (("00:00", "24:00"),)

ALWAYS = WorkingHours("UTC", dict.fromkeys(range(7), AROUND_THE_CLOCK))
"""Every instant counts."""
