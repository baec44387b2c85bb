"""How long things took, counted in classes that grow by four per cent: small, mergeable, and right to ±2 %. Pure."""

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

GROWTH = 1.04
"""Each class reaches four per cent further than the one before, so its middle is at most two per cent off."""
SHORTEST = 1.0
"""Seconds: what took less counts as this."""
CLASS_OF = f"floor(ln(greatest({{seconds}}::float8, {SHORTEST})) / {math.log(GROWTH)!r})::int"
"""The class of a number of seconds, as SQL."""


def class_of(seconds: float) -> int:
    """The class that a number of seconds falls into: what CLASS_OF says in SQL."""
    return math.floor(math.log(max(seconds, SHORTEST)) / math.log(GROWTH))


@dataclass(frozen=True, slots=True)
class Histogram:
    """How many fell into each class. Adding two gives what counting both together had given."""

    counts: Mapping[int, int] = field(default_factory=dict)

    def __add__(self, other: "Histogram") -> "Histogram":
        return Histogram(Counter(self.counts) + Counter(other.counts))

    @property
    def total(self) -> int:
        """How many were counted."""
        return sum(self.counts.values())

    def quantile(self, share: float) -> timedelta | None:
        """The time within which this share (0 to 1) was done, within ±2 %; None where nothing was counted."""
        rank = max(1, math.ceil(share * self.total))
        for number in sorted(self.counts):
            rank -= self.counts[number]
            if rank <= 0:
                return timedelta(seconds=GROWTH ** (number + 0.5))
        return None
