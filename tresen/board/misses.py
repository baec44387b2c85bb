"""How many misses each store's platform still forgives: seller health as the board shares it."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import msgspec

from tresen.accounts.scope import EVERYTHING, Scope
from tresen.board.sharing import shared
from tresen.reports.health import Standing, standings

LASTS = timedelta(minutes=5)


class Forgiven(msgspec.Struct, frozen=True, array_like=True):
    """A store's measure and how many more misses it may have; below nought: so many too many.

    `pressing`: nearly none are left. `measure` is its key, `title` its English name; `team` is to whom its mail comes.
    """

    store: int
    brand: int
    name: str
    channel: str
    measure: str
    title: str
    left: int
    pressing: bool
    allowed: int = 0
    team: int = 0


class Misses(msgspec.Struct, frozen=True):
    """Every measure that is a share and counts anything, of every store."""

    stores: tuple[Forgiven, ...]

    def seen(self, scope: Scope) -> "Misses":
        """Those of the stores whose mail comes to a team that may be seen. A store's figure counts all of its teams."""
        if scope.is_empty:
            return Misses(())
        return Misses(tuple(one for one in self.stores if scope.shows(team=one.team, store=one.store, brand=one.brand)))


def misses_left(at: datetime) -> Misses:
    """As of now, or of at most LASTS ago."""
    return shared("misses", at=at, lasts=LASTS, kind=Misses, make=_reckoned)


def tightest(misses: Misses) -> dict[str, Forgiven]:
    """By channel: the store and measure that may have the fewest more."""
    found: dict[str, Forgiven] = {}
    for one in sorted(misses.stores, key=lambda one: (one.left, one.name, one.measure)):
        found.setdefault(one.channel, one)
    return found


def _reckoned(at: datetime) -> Misses:
    return Misses(tuple(one for standing in standings(scope=EVERYTHING, at=at) for one in _forgiven(standing)))


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
            left=budget.left,
            pressing=budget.nearly_spent,
            allowed=budget.allowed,
            team=store.default_team_id,
        )
    ]
