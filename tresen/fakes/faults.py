"""What goes wrong at a fake platform: by chance in a given share of requests, or on demand."""

from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from random import Random
from threading import Lock
from time import monotonic


class Fault(StrEnum):
    """What happens to a request. "After" means that the platform did what it was asked, and did not say so."""

    NONE = "none"
    TOO_MANY = "too_many"
    BROKEN = "broken"
    BROKEN_AFTER = "broken_after"
    SILENT = "silent"
    SILENT_AFTER = "silent_after"
    SLOW = "slow"


@dataclass(slots=True, kw_only=True)
class Faults:
    """Shares are of all requests, 0 to 1; `twice` of all that is listed. `silence` and `slowness` are seconds.

    `shuffled`: what stands on one page stands there in no order.
    """

    too_many: float = 0.0
    broken: float = 0.0
    silent: float = 0.0
    slow: float = 0.0
    twice: float = 0.0
    shuffled: bool = False
    silence: float = 1.0
    slowness: float = 2.0
    seed: int = 1
    _demanded: deque[Fault] = field(default_factory=deque)
    _lock: Lock = field(default_factory=Lock)
    _chance: Random | None = None

    def demand(self, faults: Iterable[Fault]) -> None:
        """These happen to the next requests, whatever chance says."""
        with self._lock:
            self._demanded.extend(faults)

    def next(self) -> Fault:
        """What happens to this request."""
        with self._lock:
            if self._demanded:
                return self._demanded.popleft()
            chance = self._drawn_from()
            drawn, after = chance.random(), chance.random() < 0.5  # noqa: PLR2004 - half of them
        for share, fault in (
            (self.too_many, Fault.TOO_MANY),
            (self.broken, Fault.BROKEN_AFTER if after else Fault.BROKEN),
            (self.silent, Fault.SILENT_AFTER if after else Fault.SILENT),
            (self.slow, Fault.SLOW),
        ):
            if drawn < share:
                return fault
            drawn -= share
        return Fault.NONE

    def page[T](self, told: Sequence[T]) -> Sequence[T]:
        """What stands on a page, as a platform tells it on a bad day."""
        if not (self.twice or self.shuffled):
            return told
        with self._lock:
            chance = self._drawn_from()
            page = [*told, *(one for one in told if chance.random() < self.twice)]
            if self.shuffled:
                chance.shuffle(page)
        return page

    def _drawn_from(self) -> Random:
        self._chance = self._chance or Random(self.seed)  # noqa: S311 - chance, not secrecy
        return self._chance


FAULTS = "tresen.fakes.faults"
"""Where a request's environment holds the faults of the account that was asked."""


def as_told[T](environ: Mapping[str, object], page: Sequence[T]) -> Sequence[T]:
    """A page as the account tells it that was asked, whatever goes wrong there."""
    faults = environ.get(FAULTS)
    return faults.page(page) if isinstance(faults, Faults) else page


_ROUNDING = 1e-6
"""So much is lost where times are added up."""


class Bucket:
    """A platform's own count of how often it was asked; `refused`: how often that was too often."""

    def __init__(self, *, per_second: float, burst: float, clock: Callable[[], float] = monotonic) -> None:
        self.per_second, self.burst, self.refused, self._clock = per_second, burst, 0, clock
        self._left, self._counted_at = burst, clock()
        self._lock = Lock()

    def take(self, cost: float = 1.0) -> float:
        """Seconds until it may be asked again; 0 where it may be now, and that is counted."""
        with self._lock:
            at = self._clock()
            self._left = min(self.burst, self._left + (at - self._counted_at) * self.per_second)
            self._counted_at = at
            if self._left < cost - _ROUNDING:
                self.refused += 1
                return (cost - self._left) / self.per_second
            self._left -= cost
            return 0.0

    @property
    def left(self) -> float:
        """How much is left now."""
        with self._lock:
            return min(self.burst, self._left + (self._clock() - self._counted_at) * self.per_second)
