"""What a ticket owes by when, each kind of clock apart: what lists and boards count."""

from collections.abc import Collection, Iterable
from datetime import datetime

import msgspec

from tresen.clock.clocks import Clock, ClockKind, Outcome
from tresen.clock.duties import DUTIES
from tresen.clock.fold import TicketState

OWN = frozenset({ClockKind.OWN})
PLATFORM = frozenset({ClockKind.PLATFORM})


class Owing(msgspec.Struct, frozen=True, kw_only=True):
    """The next due time that can still be kept, and whether one is missed and still unanswered, kind by kind.

    Both may be so at once: a platform's next limit runs on when its first is lost. The platform's next limit stands
    in the ticket's `Place`. `since`: the arrival of the oldest message that waits for an answer; None where none does.
    """

    own_due: datetime | None
    duty_due: datetime | None
    own_missed: bool
    platform_missed: bool
    duty_missed: bool
    since: datetime | None


def owing(state: TicketState) -> Owing:
    """What the ticket owes at the time its state was folded."""
    return Owing(
        own_due=_next_due(state.clocks, OWN),
        duty_due=_next_due(state.clocks, DUTIES),
        own_missed=_is_missed(state.clocks, OWN),
        platform_missed=_is_missed(state.clocks, PLATFORM),
        duty_missed=_is_missed(state.clocks, DUTIES),
        since=min((each.at for each in state.owed), default=None),
    )


def _next_due(clocks: Iterable[Clock], kinds: Collection[ClockKind]) -> datetime | None:
    running = (clock for clock in clocks if clock.kind in kinds and clock.outcome is Outcome.RUNNING)
    return min((clock.due for clock in running if clock.due is not None), default=None)


def _is_missed(clocks: Iterable[Clock], kinds: Collection[ClockKind]) -> bool:
    return any(
        clock.kind in kinds and clock.outcome is Outcome.BREACHED and clock.met_at is None and clock.waived_at is None
        for clock in clocks
    )
