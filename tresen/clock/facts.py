"""What can happen to a ticket, as far as clocks care: the input of the fold. Ids, keys, numbers and times only.

`at` is the world's time of the happening, aware and in UTC; `sequence` is its place in the ledger and decides only
between happenings of one instant. The same message, reply or mark may be told twice: it changes nothing.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class Metric(StrEnum):
    """What a target of ours measures."""

    FIRST_REPLY = "first_reply"
    NEXT_REPLY = "next_reply"
    RESOLUTION = "resolution"


class WaitsFor(StrEnum):
    """Whom or what a ticket waits for."""

    CUSTOMER = "customer"
    THIRD_PARTY = "third_party"
    SNOOZE = "snooze"


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """An allowed time in the hours that count for it: "always", "coverage", or a key of `Rules.hours`."""

    allowed: timedelta
    hours: str = "always"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One thing that happened, and when."""

    at: datetime
    sequence: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Received(Fact):
    """A message came in, at the platform's time. Ids of messages grow in the order in which we recorded them.

    `role` is who wrote (buyer, operator, third party): an answer discharges only what the same role asked.
    """

    conversation: int
    message: int
    role: str
    expects_answer: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Reinterpreted(Fact):
    """A second reading says whether a message expects an answer."""

    message: int
    expects_answer: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered(Fact):
    """An answer was accepted by the platform.

    `answers_up_to` is the newest message its composer showed, None for an answer given elsewhere: that one saw all
    that had come by then. `counts_own` and `counts_platform` say which clocks an answer of this author stops. Until
    `provisional_until` a bounce may take it back.
    """

    conversation: int
    role: str
    reply: int
    answers_up_to: int | None
    counts_own: bool = True
    counts_platform: bool = True
    provisional_until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerTakenBack(Fact):
    """A reply that had been accepted came back: its clocks run on as if it had never stopped them."""

    reply: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Cleared(Fact):
    """An agent has dealt with this conversation, up to this message, without an answer."""

    conversation: int
    up_to: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Waived(Cleared):
    """No response needed, for this reason."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaughtUp(Cleared):
    """The agent read what had crossed with an answer: that answer stands for it too. Clears nothing else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedAtPlatform(Fact):
    """These messages are marked on the platform as needing no response."""

    messages: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting(Fact):
    """The ticket waits. A snooze pauses the resolution clock only where the policy says so."""

    on: WaitsFor
    pauses_resolution: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Resumed(Fact):
    """The wait is over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Solved(Fact):
    """Done: the run ends."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reopened(Fact):
    """Work again: a new run begins."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskSet(Fact):
    """How much is at stake, 0 (claim, threat) to 3 (low)."""

    tier: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyApplied(Fact):
    """These targets count from now on, for one conversation or (None) for the whole ticket.

    Warnings: after so many percent of a clock's time, and with so much of it left; both in the clock's own hours.
    """

    policy_version: int | None
    conversation: int | None = None
    first_reply: Target | None = None
    next_reply: Target | None = None
    resolution: Target | None = None
    warn_percent: tuple[int, ...] = ()
    warn_before: tuple[timedelta, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Voided(Fact):
    """A recorded correction: the clock of this key should never have counted."""

    clock: str
    reason: str
