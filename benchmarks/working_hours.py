"""Working hours against `businesstimedelta`, on cases where that one is right."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from statistics import median
from time import perf_counter

import pytz
from businesstimedelta import BusinessTimeDelta, HolidayRule, Rules, WorkDayRule

from benchmarks.result import Result
from tresen.clock.hours import WorkingHours

SPANS = {1: 1.0, 14: 2.0, 400: 20.0, 3200: 200.0}
"""Working time in hours, and how many times as fast as the reference we must be."""

LONG = timedelta(days=400)
LONG_TO_SHORT = 1.5

ROUNDS = 9
HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Timetable:
    """Hours on some weekdays, minus closed days, as both sides are told of them."""

    zone: str
    opens: str
    closes: str
    weekdays: tuple[int, ...]
    closed: tuple[date, ...] = ()

    def ours(self) -> WorkingHours:
        """As we are told of them."""
        return WorkingHours(self.zone, dict.fromkeys(self.weekdays, ((self.opens, self.closes),)), self.closed)

    def theirs(self) -> Rules:
        """As the reference is."""
        zone = pytz.timezone(self.zone)
        days = WorkDayRule(
            time.fromisoformat(self.opens), time.fromisoformat(self.closes), list(self.weekdays), tz=zone
        )
        return Rules([days, HolidayRule(list(self.closed), tz=zone)] if self.closed else [days])


# The reference must always find a holiday ahead, hence the last one.
HOLIDAYS = (
    date(2026, 12, 25),
    date(2027, 1, 1),
    date(2027, 3, 26),
    date(2027, 5, 6),
    date(2027, 12, 24),
    date(2029, 1, 1),
)
OFFICE = Timetable(zone="Europe/Berlin", opens="09:00", closes="17:00", weekdays=(0, 1, 2, 3, 4))
SHOP = Timetable(zone="America/New_York", opens="10:00", closes="18:30", weekdays=(1, 2, 3, 4, 5))
CALLS = Timetable(zone="UTC", opens="08:00", closes="16:00", weekdays=(0, 1, 2, 3, 4, 5, 6))
FAMILY = Timetable(zone="Europe/Berlin", opens="09:00", closes="17:00", weekdays=(0, 1, 2, 3, 4), closed=HOLIDAYS)

# Timetable and start (UTC): open, closed, on a weekend, before a change of the clocks, before holidays.
CASES = (
    (OFFICE, datetime(2026, 11, 20, 9, 30, tzinfo=UTC)),
    (OFFICE, datetime(2026, 11, 20, 18, 40, tzinfo=UTC)),
    (OFFICE, datetime(2026, 10, 24, 12, 0, tzinfo=UTC)),
    (SHOP, datetime(2026, 11, 21, 20, 0, tzinfo=UTC)),
    (SHOP, datetime(2027, 3, 13, 15, 15, tzinfo=UTC)),
    (CALLS, datetime(2026, 12, 31, 15, 59, tzinfo=UTC)),
    (CALLS, datetime(2028, 2, 28, 3, 0, tzinfo=UTC)),
    (FAMILY, datetime(2026, 12, 21, 8, 15, tzinfo=UTC)),
    (FAMILY, datetime(2026, 12, 23, 15, 0, tzinfo=UTC)),
)

type Question = tuple[WorkingHours, Rules, datetime, datetime]
"""Both sides, a start, and the instant by which the span has been worked."""


def run() -> list[Result]:
    """Each span against the reference, then a long addition against a short one; medians of interleaved rounds."""
    timetables = {timetable: (timetable.ours(), timetable.theirs()) for timetable, _ in CASES}
    sides = [(*timetables[timetable], start) for timetable, start in CASES]
    results = [_against_reference(hours, bar, sides) for hours, bar in SPANS.items()]
    return [*results, _long_against_short([(ours, start) for ours, _, start in sides])]


def _against_reference(hours: int, bar: float, sides: Sequence[tuple[WorkingHours, Rules, datetime]]) -> Result:
    span = hours * HOUR
    questions = [(ours, theirs, start, _agreed(ours, theirs, start, span)) for ours, theirs, start in sides]

    def ask_ours() -> None:
        for ours, _, start, due in questions:
            ours.add(start, span)
            ours.between(start, due)

    def ask_theirs() -> None:
        for _, theirs, start, due in questions:
            start + BusinessTimeDelta(theirs, timedelta=span)
            theirs.difference(start, due)

    ours, reference = _medians(ask_ours, 200, ask_theirs, max(1, 400 // hours))
    return Result(
        name=f"working hours: add and between, {hours:,} h",
        ours=ours / len(questions) / 2,
        reference=reference / len(questions) / 2,
        ratio=reference / ours,
        bar=bar,
        better="higher",
    )


def _long_against_short(sides: Sequence[tuple[WorkingHours, datetime]]) -> Result:
    def add(span: timedelta) -> Callable[[], None]:
        def ask() -> None:
            for ours, start in sides:
                ours.add(start, span)

        ask()  # lays the hours out that far: what is measured is an instance in use
        return ask

    long, short = _medians(add(LONG), 400, add(HOUR), 400)
    return Result(
        name="working hours: add 400 days against 1 h",
        ours=long / len(sides),
        reference=short / len(sides),
        ratio=long / short,
        bar=LONG_TO_SHORT,
        better="lower",
    )


def _agreed(ours: WorkingHours, theirs: Rules, start: datetime, span: timedelta) -> datetime:
    due = ours.add(start, span)
    assert due is not None
    assert due == start + BusinessTimeDelta(theirs, timedelta=span), f"{start} + {span}: the reference says otherwise"
    assert ours.between(start, due) == theirs.difference(start, due).timedelta == span
    return due


def _medians(one: Callable[[], None], times: int, other: Callable[[], None], other_times: int) -> tuple[float, float]:
    """Seconds per call of each, taken in turns so that a busy machine slows both."""
    taken: tuple[list[float], list[float]] = ([], [])
    for _ in range(ROUNDS):
        for ask, repeat, durations in ((one, times, taken[0]), (other, other_times, taken[1])):
            began = perf_counter()
            for _ in range(repeat):
                ask()
            durations.append((perf_counter() - began) / repeat)
    return median(taken[0]), median(taken[1])


if __name__ == "__main__":
    for result in run():
        print(result.line())
