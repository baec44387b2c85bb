"""The stores whose platform will not forgive many more misses: asked rarely, for the queue marks each of its rows."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from tresen.accounts.scope import EVERYTHING
from tresen.reports.budgets import Budget
from tresen.reports.health import Standing, standings

KEPT = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressing:
    """A store's measure of one limit that has the fewest misses left as of `at`; below nought: so many too many.

    `measure` is its key, `title` its English name.
    """

    store: int
    measure: str
    title: str
    left: int
    allowed: int
    at: datetime


type Pressed = tuple[str, str]
"""The name of a store, and the key of a limit."""


@dataclass(slots=True)
class _Remembered:
    asked_at: datetime | None = None
    stores: dict[Pressed, Pressing] = field(default_factory=dict)


_remembered = _Remembered()


def pressing_stores(*, at: datetime) -> dict[Pressed, Pressing]:
    """By store and limit: the measure whose misses are nearly spent. Each process reckons it anew each minute."""
    asked_at = _remembered.asked_at
    if asked_at is None or not asked_at <= at < asked_at + KEPT:
        _remembered.stores = _reckoned(at)
        _remembered.asked_at = at
    return _remembered.stores


def forget() -> None:
    """Let the next question be reckoned anew."""
    _remembered.asked_at = None


def _reckoned(at: datetime) -> dict[Pressed, Pressing]:
    found: dict[Pressed, Pressing] = {}
    for one in sorted(standings(scope=EVERYTHING, at=at), key=_room):
        if one.budget is not None and one.budget.nearly_spent:
            found.setdefault((one.store.name, one.measure.limit), _pressing(one, one.budget, at))
    return found


def _room(standing: Standing) -> int:
    return standing.budget.left if standing.budget else 0


def _pressing(standing: Standing, budget: Budget, at: datetime) -> Pressing:
    return Pressing(
        store=standing.store.pk,
        measure=standing.measure.key,
        title=standing.measure.title,
        left=budget.left,
        allowed=budget.allowed,
        at=at,
    )
