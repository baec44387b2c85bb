"""What the fold must know besides the facts: the platforms' limits and the hours that keys stand for."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from tresen.clock.hours import ALWAYS, WorkingHours


@dataclass(frozen=True, slots=True, kw_only=True)
class Cliff:
    """One limit of a platform, counted for each message that expects an answer."""

    key: str
    allowed: timedelta
    hours: str = "always"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """A platform's reply rules for one conversation; `cliffs` in order, the earliest first.

    `marked_there`: "no response needed" must be said on the platform itself before its clocks end.
    """

    edition: str = ""
    cliffs: tuple[Cliff, ...] = ()
    marked_there: bool = False


NO_LIMIT = Pack()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """`packs` by conversation (none: the platform sets no time); `hours` by key; `coverage`: when somebody works."""

    packs: Mapping[int, Pack] = field(default_factory=dict)
    hours: Mapping[str, WorkingHours] = field(default_factory=dict)
    coverage: WorkingHours = ALWAYS

    def hours_of(self, key: str) -> WorkingHours:
        """The hours a target names: "always", "coverage" or a key of `hours`. Raises `ValueError` for another."""
        if key == "always":
            return ALWAYS
        if key == "coverage":
            return self.coverage
        try:
            return self.hours[key]
        except KeyError:
            raise ValueError(f"A target counts in the hours “{key}”, which nobody has given.") from None
