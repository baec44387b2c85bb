"""How many misses a store may still afford: pure reckoning over what a window holds."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from tresen.channels.health_measures import Bound, HealthMeasure, Tells

HUNDRED = 100.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What a window holds: messages answered in time, when those began that were missed, and how many still run."""

    in_time: int
    missed: Sequence[datetime] = ()
    open: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """How a share stands. Figures are per cent, as the platform shows them; None where nothing was counted.

    `allowed`: how many of all messages of the window, the running ones among them, may be missed. `left`: how many
    more may be; below nought: how many too many were. `recovers_at`: when so many old misses have left the window that
    the rest is allowed, if as many messages come as in this window and all of them are answered in time; None while
    the store does well.
    """

    figure: float | None
    if_all_answered: float | None
    if_all_missed: float | None
    allowed: int
    left: int
    recovers_at: datetime | None

    @property
    def nearly_spent(self) -> bool:
        """Whether less than a fifth of the misses is left."""
        return self.left < 0 or self.left * 5 < self.allowed


def budget(measure: HealthMeasure, held: Held) -> Budget:
    """The budget of a measure that is a share."""
    counted = held.in_time + len(held.missed)
    whole = counted + held.open
    allowed = misses_allowed(measure, whole)
    left = allowed - len(held.missed)
    return Budget(
        figure=_figure(measure, len(held.missed), counted),
        if_all_answered=_figure(measure, len(held.missed), whole),
        if_all_missed=_figure(measure, len(held.missed) + held.open, whole),
        allowed=allowed,
        left=left,
        recovers_at=sorted(held.missed)[-left - 1] + measure.window if left < 0 else None,
    )


def misses_allowed(measure: HealthMeasure, whole: int) -> int:
    """The greatest number of misses among so many messages with which the platform is still content."""
    share = _late_share(measure.wanted, measure.tells)
    most = math.floor(whole * share / HUNDRED)
    while most >= 0 and not _content(measure, most, whole):
        most -= 1
    return max(most, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How an average stands, in hours; `room`: hours that the answers still owed may take before it is too slow."""

    figure: float | None
    room: float


def pace(wanted: Bound, *, answered: int, took: timedelta, open_now: int, waited: timedelta) -> Pace:
    """The pace of an average over what was answered; what still waits has waited so long already."""
    hour = timedelta(hours=1)
    return Pace(
        figure=took / hour / answered if answered else None,
        room=(answered + open_now) * wanted.value - (took + waited) / hour,
    )


def _figure(measure: HealthMeasure, missed: int, whole: int) -> float | None:
    if not whole:
        return None
    return (missed if measure.tells is Tells.LATE else whole - missed) / whole * HUNDRED


def _late_share(wanted: Bound, tells: Tells) -> float:
    return wanted.value if tells is Tells.LATE else HUNDRED - wanted.value


def _content(measure: HealthMeasure, missed: int, whole: int) -> bool:
    """Reckoned in whole numbers of messages: a share in floating point is off at just the bound."""
    counted = missed if measure.tells is Tells.LATE else whole - missed
    bound = measure.wanted.value * whole / HUNDRED
    exact = Bound(measure.wanted.side, round(bound, 9))
    return whole == 0 or exact.holds(counted)
