"""The stores whose platform will not forgive many more misses: asked rarely, for the queue marks each of its rows."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from tresen.accounts.scope import EVERYTHING
from tresen.reports.health import Standing, standings

KEPT = timedelta(minutes=5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressing:
    """A store's measure that has the fewest misses left; below nought: so many too many."""

    measure: str
    left: int
    allowed: int


@dataclass(slots=True)
class _Remembered:
    asked_at: datetime | None = None
    stores: dict[str, Pressing] = field(default_factory=dict)


_remembered = _Remembered()


def pressing_stores(*, at: datetime) -> dict[str, Pressing]:
    """By the store's name: the measure whose misses are nearly spent. Each process reckons it anew in five minutes."""
    asked_at = _remembered.asked_at
    if asked_at is None or not asked_at <= at < asked_at + KEPT:
        _remembered.stores = _reckoned(at)
        _remembered.asked_at = at
    return _remembered.stores


def forget() -> None:
    """Let the next question be reckoned anew."""
    _remembered.asked_at = None


def _reckoned(at: datetime) -> dict[str, Pressing]:
    found: dict[str, Pressing] = {}
    spent = [one for one in standings(scope=EVERYTHING, at=at) if one.budget is not None and one.budget.nearly_spent]
    for one in sorted(spent, key=_room):
        if one.budget is not None:
            pressing = Pressing(measure=one.measure.title, left=one.budget.left, allowed=one.budget.allowed)
            found.setdefault(one.store.name, pressing)
    return found


def _room(standing: Standing) -> int:
    return standing.budget.left if standing.budget else 0
