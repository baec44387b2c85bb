"""What can happen to a ticket, as far as clocks care: the input of the fold. Ids, keys, numbers and times only.

`at` is the world's time of the happening, aware and in UTC; `sequence` is its place in the ledger and decides only
between happenings of one instant. The same message, reply or mark may be told twice: it changes nothing.
"""

from datetime import datetime, timedelta
from enum import StrEnum

import msgspec


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


class Counting(StrEnum):
    """What a change of policy does to a clock that runs already; one that starts later goes by the policy anyway.

    `FROM_START`: as if it had counted from the clock's start. `FROM_NOW`: from the change on. `NEW_CLOCKS`: nothing.
    """

    FROM_START = "from_start"
    FROM_NOW = "from_now"
    NEW_CLOCKS = "new_clocks"


class Target(msgspec.Struct, frozen=True, kw_only=True):
    """An allowed time in the hours that count for it: "always", "coverage", or a key of `Rules.hours`."""

    allowed: timedelta
    hours: str = "always"


class Warnings(msgspec.Struct, frozen=True, kw_only=True):
    """After so many percent of a clock's time, and with so much of it left; both in the clock's own hours."""

    percent: tuple[int, ...] = ()
    before: tuple[timedelta, ...] = ()


class Fact(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that happened, and when."""

    at: datetime
    sequence: int


class Received(Fact, frozen=True, kw_only=True):
    """A message came in, at the platform's time. Ids of messages grow in the order in which we recorded them.

    `role` is who wrote (buyer, operator, third party): an answer discharges only what the same role asked.
    """

    conversation: int
    message: int
    role: str
    expects_answer: bool = True


class Reinterpreted(Fact, frozen=True, kw_only=True):
    """A second reading says whether a message expects an answer."""

    message: int
    expects_answer: bool


class Answered(Fact, frozen=True, kw_only=True):
    """An answer was accepted by the platform.

    `answers_up_to` is the newest message its composer showed, None for an answer given elsewhere: that one saw all
    that had come by then. `counts_own` and `counts_platform` say which clocks an answer of this author stops;
    `left_out_by_platform`: what such an author has answered the platform does not count at all. Until
    `provisional_until` a bounce may take it back.
    """

    conversation: int
    role: str
    reply: int
    answers_up_to: int | None
    counts_own: bool = True
    counts_platform: bool = True
    left_out_by_platform: bool = False
    provisional_until: datetime | None = None


class AnswerTakenBack(Fact, frozen=True, kw_only=True):
    """A reply that had been accepted came back: its clocks run on as if it had never stopped them."""

    reply: int


class Cleared(Fact, frozen=True, kw_only=True):
    """An agent has dealt with this conversation, up to this message, without an answer."""

    conversation: int
    up_to: int


class Waived(Cleared, frozen=True, kw_only=True):
    """No response needed, for this reason."""

    reason: str


class CaughtUp(Cleared, frozen=True, kw_only=True):
    """The agent read what had crossed with an answer: that answer stands for it too. Clears nothing else."""


class WaiverTakenBack(Fact, frozen=True, kw_only=True):
    """What was said at this instant, waived or caught up, was said by mistake: it clears nothing."""

    said_at: datetime


class MarkedAtPlatform(Fact, frozen=True, kw_only=True):
    """These messages are marked on the platform as needing no response."""

    messages: tuple[int, ...]


class MarkTakenBack(Fact, frozen=True, kw_only=True):
    """What was said to be marked at this instant was not: the platform's clocks run as before."""

    said_at: datetime


class Waiting(Fact, frozen=True, kw_only=True):
    """The ticket waits. A snooze pauses the resolution clock only where the policy says so."""

    on: WaitsFor
    pauses_resolution: bool = True


class Resumed(Fact, frozen=True, kw_only=True):
    """The wait is over."""


class Solved(Fact, frozen=True, kw_only=True):
    """Done: the run ends."""


class Reopened(Fact, frozen=True, kw_only=True):
    """Work again: a new run begins."""


class RiskSet(Fact, frozen=True, kw_only=True):
    """How much is at stake, 0 (claim, threat) to 3 (low)."""

    tier: int
    reason: str


class PolicyApplied(Fact, frozen=True, kw_only=True):
    """These targets count from now on, for one conversation or (None) for the whole ticket.

    `counting` is what this does to clocks that run already. `warnings` count for each metric that is not among
    `own_warnings`.
    """

    policy_version: int | None
    conversation: int | None = None
    counting: Counting = Counting.FROM_START
    first_reply: Target | None = None
    next_reply: Target | None = None
    resolution: Target | None = None
    warnings: Warnings = Warnings()
    own_warnings: tuple[tuple[Metric, Warnings], ...] = ()

    def warnings_of(self, metric: Metric) -> Warnings:
        """When a clock of this metric warns."""
        return next((own for each, own in self.own_warnings if each == metric), self.warnings)


class Voided(Fact, frozen=True, kw_only=True):
    """A recorded correction: the clock of this key should never have counted."""

    clock: str
    reason: str
