"""What the board counts, for each team, store and brand apart: any scope's figures are sums of these."""

from collections.abc import Callable, Sequence
from datetime import datetime
from math import ceil

import msgspec

from tresen.accounts.scope import Scope

HOURS = 24


class Where(msgspec.Struct, frozen=True, array_like=True):
    """A team, store and brand; what an agent may see is told by these."""

    team: int
    store: int
    brand: int

    def seen_by(self, scope: Scope) -> bool:
        """Whether what is counted here may be seen."""
        return scope.shows(team=self.team, store=self.store, brand=self.brand)


class Running(msgspec.Struct, frozen=True, array_like=True):
    """Tickets by one kind of clock: missed and unanswered, and how many run out in each of the next 24 hours."""

    missed: int
    hours: tuple[int, ...] = (0,) * HOURS

    def within(self, hours: int) -> int:
        """How many run out in the next so many hours."""
        return sum(self.hours[:hours])

    def __add__(self, other: "Running") -> "Running":
        both = zip(self.hours, other.hours, strict=True)
        return Running(self.missed + other.missed, tuple(one + more for one, more in both))


NONE_RUNNING = Running(0)


class Oldest(msgspec.Struct, frozen=True, array_like=True, order=True):
    """The message that waits the longest, and its ticket."""

    since: datetime
    ticket: int


class Cell(msgspec.Struct, frozen=True, array_like=True):
    """The tickets of one team, store and brand that need us. `danger`: so many must be begun now to be in time."""

    where: Where
    channel: str
    open: int
    unassigned: int
    lost: int
    danger: int
    own: Running
    platform: Running
    duty: Running
    oldest: Oldest | None


class Assigned(msgspec.Struct, frozen=True, array_like=True):
    """How many tickets that need us an agent answers for."""

    where: Where
    agent: int
    tickets: int


class Held(msgspec.Struct, frozen=True, array_like=True):
    """A ticket that an agent works on now."""

    where: Where
    agent: int
    ticket: int
    until: datetime


class Answered(msgspec.Struct, frozen=True, array_like=True):
    """How many answers of an agent were accepted in the last hour, and in the last three; `shift`: tell the pace."""

    where: Where
    agent: int | None
    last_hour: int
    lately: int
    shift: int


class Crewed(msgspec.Struct, frozen=True, array_like=True):
    """A team's person-hours in each of the next 24, and `shift`: of those whose shift it is, which measure the pace.

    Who works for several teams at once is shared among them, so that the teams add up. `now`: how many are there now.
    """

    team: int
    now: float
    shift: float
    hours: tuple[float, ...]

    @property
    def on_shift(self) -> bool:
        """Whether it is anybody's shift; in a break it is, too."""
        return bool(self.now or self.shift)


class OpenCases(msgspec.Struct, frozen=True, array_like=True):
    """How many tickets of one team, store and brand have a case that is not closed."""

    where: Where
    channel: str
    tickets: int


class Figures(msgspec.Struct, frozen=True):
    """All of one moment, in whole seconds."""

    at: datetime
    cells: tuple[Cell, ...]
    assigned: tuple[Assigned, ...]
    held: tuple[Held, ...]
    answered: tuple[Answered, ...]
    crews: tuple[Crewed, ...]
    cases: tuple[OpenCases, ...]

    @property
    def on_duty(self) -> int:
        """How many people are there now; of whom only a share is seen counts whole."""
        return ceil(round(sum(crew.now for crew in self.crews), 3))

    def seen(self, scope: Scope) -> "Figures":
        """Those of them that may be seen."""
        return Figures(
            at=self.at,
            cells=_seen(self.cells, lambda one: one.where.seen_by(scope)),
            assigned=_seen(self.assigned, lambda one: one.where.seen_by(scope)),
            held=_seen(self.held, lambda one: one.where.seen_by(scope)),
            answered=_seen(self.answered, lambda one: one.where.seen_by(scope)),
            crews=() if scope.is_empty else _seen(self.crews, lambda one: scope.shows_team(one.team)),
            cases=_seen(self.cases, lambda one: one.where.seen_by(scope)),
        )


def _seen[T](figures: Sequence[T], visible: Callable[[T], bool]) -> tuple[T, ...]:
    return tuple(one for one in figures if visible(one))
