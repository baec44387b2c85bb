"""What a sweep is."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, kw_only=True)
class Sweep:
    """One repeated piece of work over our own rows.

    `run(now)` does a batch and says how many rows it handled; it is asked again at once while that is not 0, so a row
    that can't be handled must not count. Several workers run the same sweep at once: rows are taken with SKIP LOCKED.
    `every`: the longest pause between two runs. `wakes_on`: NOTIFY channels that end the pause. `threads`: so many run
    it side by side in each worker, where one may wait long for somebody else.
    """

    name: str
    run: Callable[[datetime], int]
    every: timedelta
    wakes_on: frozenset[str] = frozenset()
    threads: int = 1
