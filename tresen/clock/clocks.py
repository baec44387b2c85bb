"""A clock: one run of one target, and how it came out."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

import msgspec

from tresen.clock.obligations import Discharge


class ClockKind(StrEnum):
    """Whose time it is: ours, the platform's, the ticket's as a whole; or that of a duty besides answers.

    `AVERAGE` is what to aim at where the platform judges an average: passing it is no miss of a limit and is reported
    apart. `WINDOW` is how long the platform takes answers at all.
    """

    OWN = "own"
    PLATFORM = "platform"
    AVERAGE = "average"
    WINDOW = "window"
    RESOLUTION = "resolution"
    CASE = "case"
    PROMISE = "promise"
    LEGAL = "legal"


class Outcome(StrEnum):
    """How a clock stands. `MET_PROVISIONAL`: met, unless the answer still bounces."""

    RUNNING = "running"
    PAUSED = "paused"
    MET = "met"
    MET_PROVISIONAL = "met_provisional"
    BREACHED = "breached"
    WAIVED = "waived"
    VOID = "void"


class EarlyWarning(NamedTuple):
    """A warning of a running clock: its name ("80%" or "30min") and when it falls due."""

    name: str
    at: datetime


class Clock(msgspec.Struct, frozen=True, kw_only=True):
    """One run of one target on one ticket. All times in UTC.

    `key` is unique in the ticket and stays: "own:<first message>", "platform:<message>:<cliff>" (and so "average" and
    "window"), "resolution:<run>", or a duty's, as "case:<id>". `metric` is a `Metric`, the cliff of a platform clock,
    or what a duty is about. `message` is the first it counts from; a duty counts from none, and few belong to a
    conversation. `due` is None while paused, where the hours never come and where nobody has said until when.
    `counted_from` is set where a change of policy came so late that the time counts from the change; `as_before` where
    that would have put off what was due earlier, so that it stays due as before the change. A breached clock
    keeps `breached_at` (its due) beside the time of the answer that came too late, `met_at`, or of the waiver,
    `waived_at`. `reason` says why it was waived or is void.
    """

    key: str
    kind: ClockKind
    metric: str
    conversation: int | None
    role: str
    message: int | None
    started_at: datetime
    allowed: timedelta
    hours: str
    due: datetime | None
    outcome: Outcome
    counted_from: datetime | None = None
    as_before: bool = False
    met_at: datetime | None = None
    breached_at: datetime | None = None
    waived_at: datetime | None = None
    paused_since: datetime | None = None
    provisional_until: datetime | None = None
    reply: int | None = None
    reason: str = ""
    policy_version: int | None = None
    pack: str = ""
    warnings: tuple[EarlyWarning, ...] = ()


class Verdict(msgspec.Struct, frozen=True):
    """How a clock came out, and by what."""

    outcome: Outcome
    met_at: datetime | None = None
    breached_at: datetime | None = None
    waived_at: datetime | None = None
    provisional_until: datetime | None = None
    reply: int | None = None
    reason: str = ""


MISREAD = Verdict(Outcome.VOID, reason="reinterpreted")
"""A second reading found that nothing was expected."""


def verdict(due: datetime | None, discharge: Discharge | None, as_of: datetime) -> Verdict:
    """How a clock stands at `as_of`. Discharged exactly when due is in time; still open when due is breached."""
    if discharge is None:
        if due is not None and due <= as_of:
            return Verdict(Outcome.BREACHED, breached_at=due)
        return Verdict(Outcome.RUNNING)
    late = due if due is not None and due < discharge.at else None
    if discharge.waived:
        outcome = Outcome.BREACHED if late else Outcome.WAIVED
        return Verdict(outcome, breached_at=late, waived_at=discharge.at, reason=discharge.reason)
    until = discharge.provisional_until
    kept = Outcome.MET if until is None or until <= as_of else Outcome.MET_PROVISIONAL
    outcome = Outcome.BREACHED if late else kept
    return Verdict(outcome, met_at=discharge.at, breached_at=late, provisional_until=until, reply=discharge.reply)
