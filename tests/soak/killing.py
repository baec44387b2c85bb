"""Workers of which one is killed every so often: at one of the named points, or wherever it happens to be."""

import itertools
import time
from collections import Counter
from collections.abc import Iterator
from math import inf
from pathlib import Path

from tests.resilience.worker import Worker
from tresen.crashing.points import Point

# Where reading, understanding, sending and acting are cut in two.
POINTS = (
    Point.PAGE_READ,
    Point.RAW_COMMITTED,
    Point.PARSED_NOT_FILED,
    Point.INSIDE_FILING,
    Point.LEDGER_NOT_NOTIFIED,
    Point.ATTEMPT_COMMITTED,
    Point.ACCEPTED_NOT_KEPT,
    Point.INSIDE_DUE_SWEEP,
)


class Watchman:
    """Keeps so many workers going. `every`: seconds that all of them work between one death and the next.

    A slow machine needs long until a worker works again; deaths that came faster would let nothing be done at all.
    """

    def __init__(self, home: Path, *, database: str, workers: int, every: float) -> None:
        self.workers = [Worker(home, database=database) for _ in range(workers)]
        self.deaths: Counter[str] = Counter()
        self._every = every
        self._worked = 0.0
        self._looked = time.monotonic()
        self._turns = itertools.cycle(range(workers))
        self._points: Iterator[Point] = itertools.cycle(POINTS)
        self._meant: dict[int, Point] = {}

    def start(self) -> None:
        """All of them."""
        for worker in self.workers:
            worker.start()

    def look(self) -> None:
        """Start again what has died, and let another one die when it is time."""
        for number, worker in enumerate(self.workers):
            if not worker.runs():
                point = self._meant.pop(number, None)
                ended = worker.process.returncode if worker.process else None
                assert point is not None, f"A worker ended by itself ({ended}).\n{worker.said()}"
                self.deaths[f"at {point}"] += 1
                worker.start()
        looked, self._looked = self._looked, time.monotonic()
        if all(worker.runs() and worker.is_working() for worker in self.workers):
            self._worked += self._looked - looked
        if self._worked >= self._every:
            self._worked = 0.0
            self._kill_one()

    def spare(self) -> None:
        """Nobody dies any more: who was to die at some point is killed now, and starts without it."""
        self._every = inf
        for number in list(self._meant):
            del self._meant[number]
            self.workers[number].kill()
            self.workers[number].start()

    def stop(self) -> None:
        """All of them, in order; but those of which it is meant that they die."""
        for number, worker in enumerate(self.workers):
            if number in self._meant:
                worker.kill()
            else:
                worker.stop()

    def kill(self) -> None:
        """Whatever still runs."""
        for worker in self.workers:
            worker.kill()

    def _kill_one(self) -> None:
        """The next worker dies now, and its successor at the next point as soon as it gets there."""
        number = next(self._turns)
        self._meant.pop(number, None)
        self.workers[number].kill()
        self.deaths["anywhere"] += 1
        self._meant[number] = next(self._points)
        self.workers[number].start(crash_point=self._meant[number])
