"""Where a ticket stands in the queue: what can still be kept comes before what is lost."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from enum import IntEnum
from typing import NamedTuple

import msgspec

from tresen.clock.clocks import Clock, ClockKind, Outcome
from tresen.clock.coverage import ActBy, act_by
from tresen.clock.duties import HARD, Duty
from tresen.clock.fold import TicketState
from tresen.clock.hours import WorkingHours


class QueueTier(IntEnum):
    """The first word of the order. `CRITICAL` (risk tier 0) keeps its place also when its clocks are lost."""

    CRITICAL = 0
    RAISED = 1
    NORMAL = 2
    LOW = 3
    LOST = 9


class Chance(NamedTuple):
    """The last staffed minute before something is due that can still be kept; `of_others`: we have not set it."""

    act_by: datetime
    due: datetime
    of_others: bool


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """A ticket that needs us. The queue's order is `tier`, `sort_at`, ticket.

    `sort_at` is `act_by` and a millionth of the time from there to the due, less than a second: what must be answered
    before the same closing time goes by when it is due. Where nothing can be kept any more or no time was promised it
    is the arrival of the oldest open message.

    `platform_due` is the earliest limit of the platform that can still be kept; `limit_due` the earliest of all that
    others have set: the platform's, a case's deadline, the law's.

    `governing` is the clock `act_by` comes from. `owed`: an answer is; without that it is here because of a duty,
    the most urgent of which `duty` names by its kind (`only_told`: nothing is asked of us yet), or because a
    message needs only to be marked on the platform (`to_mark`). `crossed`: a message crossed with an answer.
    `chances`: what can still be kept, and no rest may outlast.
    """

    tier: QueueTier
    sort_at: datetime
    act_by: datetime | None
    governing: Clock | None
    platform_due: datetime | None
    limit_due: datetime | None
    unstaffed: bool
    owed: bool
    to_mark: bool
    crossed: bool
    duty: ClockKind | None = None
    only_told: bool = False
    chances: tuple[Chance, ...] = ()


def place(state: TicketState, coverage: WorkingHours) -> Place | None:
    """The ticket's place at the time its state was folded; None when it needs nothing from us."""
    if not (state.owed or state.unmarked or state.duties):
        return None
    kept = _kept(state.clocks, coverage)
    duty = _most_urgent(state.duties)
    governing, act = _governing(kept)
    return Place(
        tier=_tier(state, promised=governing is not None),
        sort_at=_sort_at(act.at, governing.due or act.at) if governing and act else _oldest(state),
        act_by=act.at if act else None,
        governing=governing,
        platform_due=_first_due(state.clocks, {ClockKind.PLATFORM}),
        limit_due=_first_due(state.clocks, HARD),
        unstaffed=act.unstaffed if act else False,
        owed=bool(state.owed),
        to_mark=bool(state.unmarked),
        crossed=any(each.crossed for each in state.owed),
        duty=duty.kind if duty else None,
        only_told=_only_told(state),
        chances=tuple(_chance(act, clock) for act, clock in kept),
    )


def _chance(act: ActBy, clock: Clock) -> Chance:
    return Chance(act.at, clock.due or act.at, of_others=clock.kind in HARD)


def _oldest(state: TicketState) -> datetime:
    return min(
        [each.at for each in state.owed + state.unmarked] + [each.at for each in state.duties],
    )


def _most_urgent(duties: Iterable[Duty]) -> Duty | None:
    return min(duties, key=lambda duty: (duty.due is None, duty.due or duty.at, duty.key), default=None)


def _only_told(state: TicketState) -> bool:
    """Whether there is nothing in it but what the platform says of a case in which it asks nothing of us yet."""
    return not (state.owed or state.unmarked or any(duty.asked for duty in state.duties))


def _kept(clocks: Iterable[Clock], coverage: WorkingHours) -> list[tuple[ActBy, Clock]]:
    return [
        (act, clock)
        for clock in clocks
        if clock.kind is not ClockKind.RESOLUTION and clock.outcome is Outcome.RUNNING
        if (act := act_by(clock, coverage)) is not None
    ]


def _governing(kept: Collection[tuple[ActBy, Clock]]) -> tuple[Clock, ActBy] | tuple[None, None]:
    if not kept:
        return None, None
    act, clock = min(kept, key=lambda each: (each[0].at, each[1].due, each[1].key))
    return clock, act


def _first_due(clocks: Iterable[Clock], kinds: Collection[ClockKind]) -> datetime | None:
    running = (clock.due for clock in clocks if clock.kind in kinds and clock.outcome is Outcome.RUNNING)
    return min((due for due in running if due is not None), default=None)


def _sort_at(act: datetime, due: datetime) -> datetime:
    return act + timedelta(microseconds=(due - act) // timedelta(seconds=1))


def _tier(state: TicketState, *, promised: bool) -> QueueTier:
    lost = any(_is_lost(clock) for clock in state.clocks)
    if _only_told(state) and not (promised or lost):
        return QueueTier.NORMAL  # to be seen soon, but before nothing that burns
    if promised or state.risk_tier == QueueTier.CRITICAL:
        return QueueTier(state.risk_tier)
    if lost:
        return QueueTier.LOST
    # No time was promised: after everything that has one, unless somebody raised it.
    return QueueTier.RAISED if state.risk_tier == QueueTier.RAISED else QueueTier.LOW


def _is_lost(clock: Clock) -> bool:
    open_still = clock.met_at is None and clock.waived_at is None
    return clock.kind is not ClockKind.RESOLUTION and clock.outcome is Outcome.BREACHED and open_still
