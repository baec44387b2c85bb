"""How many misses each store's platform still forgives: seller health as the board and the queue share it."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

import msgspec

from tresen.accounts.scope import EVERYTHING, Scope
from tresen.board.sharing import shared
from tresen.reports.health import Standing, standings

LASTS = timedelta(minutes=5)


class Forgiven(msgspec.Struct, frozen=True, array_like=True):
    """A store's measure and how many more misses it may have; below nought: so many too many.

    `pressing`: nearly none are left. `measure` is its key, `title` its English name, `limit` the key of what it counts;
    `team` is to whom its mail comes.
    """

    store: int
    brand: int
    name: str
    channel: str
    measure: str
    title: str
    limit: str
    left: int
    pressing: bool
    allowed: int
    team: int


class Misses(msgspec.Struct, frozen=True):
    """Every measure that is a share and counts anything, of every store, as of `at`."""

    at: datetime
    stores: tuple[Forgiven, ...]

    def seen(self, scope: Scope) -> "Misses":
        """Those of the stores whose mail comes to a team that may be seen. A store's figure counts all of its teams."""
        if scope.is_empty:
            return Misses(self.at, ())
        seen = (one for one in self.stores if scope.shows(team=one.team, store=one.store, brand=one.brand))
        return Misses(self.at, tuple(seen))

    @property
    def tightest_first(self) -> list[Forgiven]:
        """Those that may have the fewest more come first."""
        return sorted(self.stores, key=lambda one: (one.left, one.name, one.measure))


def misses_left(at: datetime) -> Misses:
    """As of now, or of at most LASTS ago."""
    return shared("misses", at=at, lasts=LASTS, kind=Misses, make=_reckoned)


def tightest(misses: Misses) -> dict[str, Forgiven]:
    """By channel: the store and measure that may have the fewest more."""
    return {one.channel: one for one in reversed(misses.tightest_first)}


def pressing(misses: Misses) -> Mapping[tuple[str, str], Forgiven]:
    """By a store's name and a limit's key: the measure that may have the fewest more, where that is nearly none."""
    return {(one.name, one.limit): one for one in reversed(misses.tightest_first) if one.pressing}


def _reckoned(at: datetime) -> Misses:
    return Misses(at, tuple(one for standing in standings(scope=EVERYTHING, at=at) for one in _forgiven(standing)))


def _forgiven(standing: Standing) -> Sequence[Forgiven]:
    store, budget, held = standing.store, standing.budget, standing.held
    if budget is None or held is None or not (held.in_time or held.missed or held.open):
        return ()
    return [
        Forgiven(
            store=store.pk,
            brand=store.brand_id,
            name=store.name,
            channel=store.channel,
            measure=standing.measure.key,
            title=standing.measure.title,
            limit=standing.measure.limit,
            left=budget.left,
            pressing=budget.nearly_spent,
            allowed=budget.allowed,
            team=store.default_team_id,
        )
    ]
