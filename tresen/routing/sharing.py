"""Who takes over what somebody leaves behind. Pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple

from tresen.accounts.scope import Scope
from tresen.routing.choosing import Taker, Work, best_taker


class Left(NamedTuple):
    """A ticket of somebody who is away. `act_by` None: no time was promised."""

    ticket: int
    team: int
    store: int
    brand: int
    act_by: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Colleague:
    """Somebody who could take over. `there_from`: from when on they are at work; None: not in sight."""

    taker: Taker
    scope: Scope
    there_from: datetime | None

    def is_there(self, left: Left, at: datetime) -> bool:
        """Whether they see the ticket, and are at work now or before it must be answered."""
        sees = self.scope.shows(team=left.team, store=left.store, brand=left.brand)
        if not sees or self.there_from is None:
            return False
        return self.is_at_work(at) or (left.act_by is not None and self.there_from < left.act_by)

    def is_at_work(self, at: datetime) -> bool:
        """Whether they are at work now."""
        return self.there_from is not None and self.there_from <= at


def shared(
    lefts: Sequence[Left], work: Mapping[int, Work], colleagues: Collection[Colleague], *, at: datetime
) -> dict[int, int | None]:
    """Who takes over which ticket, in the given order; None where nobody can who is there.

    Those at work now are asked before those who come in time; of equals, whoever holds least.
    """
    takers = {one.taker.agent: one.taker for one in colleagues}
    found: dict[int, int | None] = {}
    for left in lefts:
        there = [one for one in colleagues if one.is_there(left, at)]
        now = [takers[one.taker.agent] for one in there if one.is_at_work(at)]
        later = [takers[one.taker.agent] for one in there]
        taker = best_taker(now, work[left.ticket]) or best_taker(later, work[left.ticket])
        if taker is not None:
            takers[taker.agent] = replace(taker, held=taker.held + 1)
        found[left.ticket] = taker.agent if taker else None
    return found
