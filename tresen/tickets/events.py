"""What can be recorded about a ticket. Facts are ids, enums, keys, numbers and times: never a person's words.

`version` of a kind grows when its facts change; old facts are then upcast on reading, never migrated.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from tresen.tickets.facts import Event as Event
from tresen.tickets.facts import Key as Key


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketOpened(Event):
    """A new piece of work. Its first message follows as an event of its own."""

    kind: ClassVar[str] = "ticket_opened"
    store: int
    brand: int
    team: int
    identity: int | None
    language: Key = Key("")


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageReceived(Event):
    """A message came in, at the channel's time."""

    kind: ClassVar[str] = "message_received"
    message: int
    conversation: int
    role: Key
    expects_answer: bool
    automatic: Key = Key("no")


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeReceived(Event):
    """The platform told us something about an order."""

    kind: ClassVar[str] = "notice_received"
    message: int
    conversation: int
    notice: Key


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageReinterpreted(Event):
    """A second reading says something else of a message: it does, or does not, expect an answer."""

    kind: ClassVar[str] = "message_reinterpreted"
    message: int
    expects_answer: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AnsweredElsewhere(Event):
    """An answer given on the platform itself, seen in the thread or as a copy."""

    kind: ClassVar[str] = "answered_elsewhere"
    message: int
    conversation: int
    role: Key


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyQueued(Event):
    """An agent sent a reply; nothing has left yet. `answers_up_to` is the newest message the composer showed."""

    kind: ClassVar[str] = "reply_queued"
    message: int
    conversation: int
    role: Key
    answers_up_to: int
    author: Key = Key("person")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyWithdrawn(Event):
    """Taken back before it left."""

    kind: ClassVar[str] = "reply_withdrawn"
    message: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyAccepted(Event):
    """The platform took the reply, at its own time. Until `provisional_until` a bounce may take it back."""

    kind: ClassVar[str] = "reply_accepted"
    message: int
    conversation: int
    role: Key
    answers_up_to: int
    author: Key = Key("person")
    provisional_until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyBounced(Event):
    """A reply that had left came back: the clocks run on as if it had never stopped them."""

    kind: ClassVar[str] = "reply_bounced"
    message: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyRefused(Event):
    """The platform did not take the reply; a person must act."""

    kind: ClassVar[str] = "reply_refused"
    message: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyUncertain(Event):
    """Nobody knows whether the reply left; a person must say."""

    kind: ClassVar[str] = "reply_uncertain"
    message: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyResent(Event):
    """A person decided that a refused, bounced or uncertain reply goes out again."""

    kind: ClassVar[str] = "reply_resent"
    message: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteAdded(Event):
    """Text that only agents see."""

    kind: ClassVar[str] = "note_added"
    message: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponseWaived(Event):
    """No response needed up to the message `up_to`. Ends the own clock; the platform's by its rule pack."""

    kind: ClassVar[str] = "response_waived"
    conversation: int
    up_to: int
    reason: Key


@dataclass(frozen=True, slots=True, kw_only=True)
class CaughtUp(Event):
    """What crossed with an answer was read, up to this message: the answer stands for that too."""

    kind: ClassVar[str] = "caught_up"
    conversation: int
    up_to: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedAtPlatform(Event):
    """An agent confirmed: these messages are marked as needing no response on the platform."""

    kind: ClassVar[str] = "marked_at_platform"
    messages: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingStarted(Event):
    """We wait for the customer or a third party."""

    kind: ClassVar[str] = "waiting_started"
    on: Key
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingEnded(Event):
    """The wait is over."""

    kind: ClassVar[str] = "waiting_ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketSnoozed(Event):
    """Out of sight until then. Clocks towards the customer run on."""

    kind: ClassVar[str] = "ticket_snoozed"
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketWoken(Event):
    """Back before, or at, the time it was snoozed to."""

    kind: ClassVar[str] = "ticket_woken"


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketSolved(Event):
    """Done, as far as we know."""

    kind: ClassVar[str] = "ticket_solved"
    resolution: Key


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketReopened(Event):
    """Work again: the customer wrote, or an agent says so."""

    kind: ClassVar[str] = "ticket_reopened"
    cause: Key


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketClosed(Event):
    """Solved for long: a new message opens a linked ticket."""

    kind: ClassVar[str] = "ticket_closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketAssigned(Event):
    """Who answers for it now, or nobody."""

    kind: ClassVar[str] = "ticket_assigned"
    assignee: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketMoved(Event):
    """Another team takes it over."""

    kind: ClassVar[str] = "ticket_moved"
    team: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TagAdded(Event):
    """A tag was put on."""

    kind: ClassVar[str] = "tag_added"
    tag: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TagRemoved(Event):
    """A tag was taken off."""

    kind: ClassVar[str] = "tag_removed"
    tag: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskSet(Event):
    """The risk tier (0 to 3) and why; `message` where words in it raised it."""

    kind: ClassVar[str] = "risk_set"
    tier: int
    reason: Key
    message: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyApplied(Event):
    """Which policy counts from now on for a conversation, with a copy of its targets: later edits change no history.

    Allowed times are seconds; hours are "always", "coverage" or "timetable:<version id>".
    """

    kind: ClassVar[str] = "policy_applied"
    policy_version: int | None
    conversation: int | None = None
    first_reply: int | None = None
    first_reply_hours: Key = Key("always")
    next_reply: int | None = None
    next_reply_hours: Key = Key("always")
    resolution: int | None = None
    resolution_hours: Key = Key("always")
    warn_percent: tuple[int, ...] = ()
    warn_before: tuple[int, ...] = ()
    pack: Key = Key("")
    zone_data: Key = Key("")


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockBreached(Event):
    """A clock passed its due time, at the due time."""

    kind: ClassVar[str] = "clock_breached"
    clock: Key
    metric: Key


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockVoided(Event):
    """A recorded correction: this clock should never have counted."""

    kind: ClassVar[str] = "clock_voided"
    clock: Key
    reason: Key
