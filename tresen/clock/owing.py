"""What a ticket owes by when, each kind of clock apart: what lists and boards count."""

from datetime import datetime

import msgspec

from tresen.clock.clocks import ClockKind, Outcome
from tresen.clock.duties import DUTIES
from tresen.clock.fold import TicketState

_OWN, _PLATFORM, _DUTY = "own", "platform", "duty"
_SIDES = {ClockKind.OWN: _OWN, ClockKind.PLATFORM: _PLATFORM, **dict.fromkeys(DUTIES, _DUTY)}


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
    due: dict[str, datetime] = {}
    missed: set[str] = set()
    for clock in state.clocks:
        side = _SIDES.get(clock.kind)
        if side is None:
            continue
        if clock.outcome is Outcome.RUNNING:
            if clock.due is not None:
                due[side] = min(due.get(side, clock.due), clock.due)
        elif clock.outcome is Outcome.BREACHED and clock.met_at is None and clock.waived_at is None:
            missed.add(side)
    return Owing(
        own_due=due.get(_OWN),
        duty_due=due.get(_DUTY),
        own_missed=_OWN in missed,
        platform_missed=_PLATFORM in missed,
        duty_missed=_DUTY in missed,
        since=min([each.at for each in state.owed], default=None),
    )
