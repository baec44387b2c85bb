"""What a clock looks like at an instant: its state, its ring and its words. Pure; pieces/clock.html draws it."""

from datetime import datetime, timedelta
from enum import StrEnum

import msgspec
from markupsafe import Markup

from tresen.workspace.words import time_left

SHORTEST_WARNING = timedelta(minutes=15)
LONGEST_WARNING = timedelta(hours=2)
WARNING_SHARE = 0.2


class ClockState(StrEnum):
    """How a clock is drawn: each by shape and words, colour only adds."""

    RUNNING = "running"
    SOON = "soon"
    BREACHED = "breached"
    LOST = "lost"
    PAUSED = "paused"
    SNOOZED = "snoozed"
    MET = "met"
    PROVISIONAL = "provisional"
    WAIVED = "waived"
    VOID = "void"


class Face(msgspec.Struct, frozen=True, kw_only=True):
    """`spent` is the used share of the time, 0 to 100. `soon_at` is when amber begins.

    `ended`: answered, or no answer needed any more, though too late; it grows no later.
    """

    state: ClockState
    due: datetime | None
    soon_at: datetime | None
    started_at: datetime | None
    spent: int
    left: str
    ended: bool = False

    @property
    def ticks(self) -> bool:
        """Whether its words change while one looks."""
        return self.due is not None and self.state in TICKING and not self.ended

    @property
    def attributes(self) -> Markup:
        """What the script that lets it tick reads: state and instants, all of them ours."""
        state = f' data-state="{self.state.value}"'
        if not self.ticks:
            return Markup(state)  # noqa: S704 - an enum's word
        instants = {"due": self.due, "soon": self.soon_at, "start": self.started_at}
        given = (f' data-{name}="{at.isoformat(timespec="seconds")}"' for name, at in instants.items() if at)
        return Markup(state + "".join(given))  # noqa: S704 - an enum's word and times


TICKING = frozenset({ClockState.RUNNING, ClockState.SOON, ClockState.BREACHED})
ENDED = {
    "paused": ClockState.PAUSED,
    "snoozed": ClockState.SNOOZED,
    "met": ClockState.MET,
    "met_provisional": ClockState.PROVISIONAL,
    "waived": ClockState.WAIVED,
    "void": ClockState.VOID,
    "breached": ClockState.BREACHED,
}


def face(
    *,
    due: datetime | None,
    started_at: datetime | None,
    at: datetime,
    outcome: str = "running",
    lost: bool = False,
    ended_at: datetime | None = None,
) -> Face:
    """The clock at `at`. `outcome`: one of sla.models.Outcome, or "snoozed"; `lost`: nothing can be kept any more.

    `ended_at`: when it was answered or waived; how late that was stays as it was then.
    """
    soon_at = due - _warning(due, started_at) if due else None
    state = ClockState.LOST if lost else ENDED.get(outcome) or _running(due, soon_at, at)
    return Face(
        state=state,
        due=due,
        soon_at=soon_at,
        started_at=started_at,
        spent=_spent(due, started_at, at),
        left=time_left(due, ended_at or at) if due else "",
        ended=ended_at is not None,
    )


def _warning(due: datetime, started_at: datetime | None) -> timedelta:
    share = (due - started_at) * WARNING_SHARE if started_at else SHORTEST_WARNING
    return min(max(share, SHORTEST_WARNING), LONGEST_WARNING)


def _running(due: datetime | None, soon_at: datetime | None, at: datetime) -> ClockState:
    if due is None or soon_at is None:
        return ClockState.PAUSED
    if at >= due:
        return ClockState.BREACHED
    return ClockState.SOON if at >= soon_at else ClockState.RUNNING


def _spent(due: datetime | None, started_at: datetime | None, at: datetime) -> int:
    if due is None or started_at is None or due <= started_at:
        return 100
    return max(0, min(100, round((at - started_at) / (due - started_at) * 100)))
