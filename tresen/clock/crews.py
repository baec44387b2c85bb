"""How many people are at work when, and from when on they must work to have done so much by a given time."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from itertools import chain
from typing import NamedTuple

from tresen.clock import zones
from tresen.clock.hours import NOTHING
from tresen.clock.stretches import Opening

PARTS = 2520
"""People are counted in parts of this size, so that a half, a third … a tenth of one are whole numbers."""


class Stretch(NamedTuple):
    """So many people are at work in [begins, ends), in UTC; who works for several at once is a part of a person."""

    begins: datetime
    ends: datetime
    people: float


class Crew:
    """Who is at work, counted: laid out once, and then every question is a search in a table.

    `presences` are the stretches [from, to) in which one person each is at work; two of them at the same time are two
    people. `shared` are those of people who work for so many crews at once: each crew has that part of them. Outside of
    all stretches nobody is at work: lay them out as far as you ask. Times without a zone raise `ValueError`.
    """

    __slots__ = ("_covered", "_people", "_times", "_worked")

    def __init__(self, presences: Iterable[Opening] = (), shared: Iterable[tuple[Opening, int]] = ()) -> None:
        changes: defaultdict[datetime, int] = defaultdict(int)
        for (begins, ends), crews in chain(((one, 1) for one in presences), shared):
            if begins < ends:
                changes[zones.in_utc(begins)] += PARTS // crews
                changes[zones.in_utc(ends)] -= PARTS // crews
        self._times = sorted(at for at, change in changes.items() if change)
        self._people: list[int] = []
        self._worked: list[timedelta] = []
        people, worked, before = 0, NOTHING, None
        for at in self._times:
            worked += people * (at - before) if before else NOTHING
            people, before = people + changes[at], at
            self._people.append(people)
            self._worked.append(worked)
        self._covered = _joined(self.stretches)

    @property
    def stretches(self) -> Sequence[Stretch]:
        """When how many people are at work, in order; stretches without anybody are left out."""
        following = zip(self._times, self._times[1:], self._people, strict=False)
        return [Stretch(begins, ends, parts / PARTS) for begins, ends, parts in following if parts]

    def people_at(self, at: datetime) -> float:
        """How many people are at work at this instant."""
        entry = bisect_right(self._times, zones.in_utc(at)) - 1
        return self._people[entry] / PARTS if entry >= 0 else 0

    def work_between(self, start: datetime, end: datetime) -> timedelta:
        """The person-time in [start, end): two people for an hour are two hours. Nothing where `end` comes first."""
        return max(NOTHING, self._worked_by(zones.in_utc(end)) - self._worked_by(zones.in_utc(start))) / PARTS

    def work_back(self, due: datetime, effort: timedelta) -> datetime | None:
        """The latest start, in UTC, with at least `effort` of person-time in [start, due); None if there is too little.

        Where the work would begin at the end of a break, the start is that end: nobody works before it. Raises
        `ValueError` for less than no effort.
        """
        due = zones.in_utc(due)
        if effort < NOTHING:
            raise ValueError(f"Work takes time, not {effort}.")
        if not effort:
            return due
        done_before = self._worked_by(due) - effort * PARTS
        if done_before < NOTHING:
            return None
        entry = bisect_right(self._worked, done_before) - 1
        # Rounded to the earlier microsecond, so that the effort always fits.
        return self._times[entry] + (done_before - self._worked[entry]) // self._people[entry]

    def last_covered_before(self, at: datetime) -> datetime | None:
        """The last instant, in UTC, at or before `at` up to which somebody is at work; None when nobody has been."""
        at = zones.in_utc(at)
        entry = bisect_left(self._covered, at, key=_begins) - 1
        return min(self._covered[entry][1], at) if entry >= 0 else None

    def _worked_by(self, at: datetime) -> timedelta:
        """In parts, as all that is kept."""
        entry = bisect_right(self._times, at) - 1
        if entry < 0:
            return NOTHING
        return self._worked[entry] + self._people[entry] * (at - self._times[entry])


def _joined(stretches: Iterable[Stretch]) -> list[Opening]:
    joined: list[Opening] = []
    for begins, ends, _people in stretches:
        if joined and joined[-1][1] == begins:
            joined[-1] = joined[-1][0], ends
        else:
            joined.append((begins, ends))
    return joined


def _begins(opening: Opening) -> datetime:
    return opening[0]
