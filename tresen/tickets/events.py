"""What can be recorded about a ticket. Facts are ids, enums, keys, numbers and times: never a person's words.

`version` of a kind grows when its facts change; old facts are then upcast on reading, never migrated.
"""

from datetime import datetime
from typing import ClassVar

from tresen.tickets.facts import Event as Event
from tresen.tickets.facts import Key as Key


class TicketOpened(Event, frozen=True, kw_only=True):
    """A new piece of work. Its first message follows as an event of its own."""

    kind: ClassVar[str] = "ticket_opened"
    store: int
    brand: int
    team: int
    identity: int | None
    language: Key = Key("")


class MessageReceived(Event, frozen=True, kw_only=True):
    """A message came in, at the channel's time."""

    kind: ClassVar[str] = "message_received"
    message: int
    conversation: int
    role: Key
    expects_answer: bool
    automatic: Key = Key("no")


class NoticeReceived(Event, frozen=True, kw_only=True):
    """The platform told us something about an order."""

    kind: ClassVar[str] = "notice_received"
    message: int
    conversation: int
    notice: Key


class MessageReinterpreted(Event, frozen=True, kw_only=True):
    """A second reading says something else of a message: it does, or does not, expect an answer."""

    kind: ClassVar[str] = "message_reinterpreted"
    message: int
    expects_answer: bool


class AnsweredElsewhere(Event, frozen=True, kw_only=True):
    """An answer given on the platform itself, seen in the thread or as a copy."""

    kind: ClassVar[str] = "answered_elsewhere"
    message: int
    conversation: int
    role: Key


class ReplyQueued(Event, frozen=True, kw_only=True):
    """An agent sent a reply; nothing has left yet. `answers_up_to` is the newest message the composer showed."""

    kind: ClassVar[str] = "reply_queued"
    message: int
    conversation: int
    role: Key
    answers_up_to: int
    author: Key = Key("person")


class ReplyWithdrawn(Event, frozen=True, kw_only=True):
    """Taken back before it left."""

    kind: ClassVar[str] = "reply_withdrawn"
    message: int


class ReplyAccepted(Event, frozen=True, kw_only=True):
    """The platform took the reply, at its own time. Until `provisional_until` a bounce may take it back."""

    kind: ClassVar[str] = "reply_accepted"
    message: int
    conversation: int
    role: Key
    answers_up_to: int
    author: Key = Key("person")
    provisional_until: datetime | None = None


class ReplyBounced(Event, frozen=True, kw_only=True):
    """A reply that had left came back: the clocks run on as if it had never stopped them."""

    kind: ClassVar[str] = "reply_bounced"
    message: int


class ReplyRefused(Event, frozen=True, kw_only=True):
    """The platform did not take the reply; a person must act."""

    kind: ClassVar[str] = "reply_refused"
    message: int


class ReplyUncertain(Event, frozen=True, kw_only=True):
    """Nobody knows whether the reply left; a person must say."""

    kind: ClassVar[str] = "reply_uncertain"
    message: int


class ReplyResent(Event, frozen=True, kw_only=True):
    """A person decided that a refused, bounced or uncertain reply goes out again."""

    kind: ClassVar[str] = "reply_resent"
    message: int


class NoteAdded(Event, frozen=True, kw_only=True):
    """Text that only agents see."""

    kind: ClassVar[str] = "note_added"
    message: int


class ResponseWaived(Event, frozen=True, kw_only=True):
    """No response needed up to the message `up_to`. Ends the own clock; the platform's by its rule pack."""

    kind: ClassVar[str] = "response_waived"
    conversation: int
    up_to: int
    reason: Key


class FailureDismissed(Event, frozen=True, kw_only=True):
    """These replies did not arrive, no clock asks for them, and they need no sending again: an agent read it."""

    kind: ClassVar[str] = "failure_dismissed"
    messages: tuple[int, ...]


class CaughtUp(Event, frozen=True, kw_only=True):
    """What crossed with an answer was read, up to this message: the answer stands for that too."""

    kind: ClassVar[str] = "caught_up"
    conversation: int
    up_to: int


class WaiverTakenBack(Event, frozen=True, kw_only=True):
    """What was waived, caught up or dismissed at this instant was a mistake: all is owed as before."""

    kind: ClassVar[str] = "waiver_taken_back"
    said_at: datetime


class MarkedAtPlatform(Event, frozen=True, kw_only=True):
    """An agent confirmed: these messages are marked as needing no response on the platform."""

    kind: ClassVar[str] = "marked_at_platform"
    messages: tuple[int, ...]


class WaitingStarted(Event, frozen=True, kw_only=True):
    """We wait for the customer or a third party."""

    kind: ClassVar[str] = "waiting_started"
    on: Key
    until: datetime | None = None


class WaitingEnded(Event, frozen=True, kw_only=True):
    """The wait is over."""

    kind: ClassVar[str] = "waiting_ended"


class TicketSnoozed(Event, frozen=True, kw_only=True):
    """Out of sight until then. Clocks towards the customer run on."""

    kind: ClassVar[str] = "ticket_snoozed"
    until: datetime


class TicketWoken(Event, frozen=True, kw_only=True):
    """Back before, or at, the time it was snoozed to."""

    kind: ClassVar[str] = "ticket_woken"


class TicketSolved(Event, frozen=True, kw_only=True):
    """Done, as far as we know."""

    kind: ClassVar[str] = "ticket_solved"
    resolution: Key


class TicketReopened(Event, frozen=True, kw_only=True):
    """Work again: the customer wrote, or an agent says so."""

    kind: ClassVar[str] = "ticket_reopened"
    cause: Key


class TicketClosed(Event, frozen=True, kw_only=True):
    """Solved for long: a new message opens a linked ticket."""

    kind: ClassVar[str] = "ticket_closed"


class TicketAssigned(Event, frozen=True, kw_only=True):
    """Who answers for it now, or nobody."""

    kind: ClassVar[str] = "ticket_assigned"
    assignee: int | None


class TicketMoved(Event, frozen=True, kw_only=True):
    """Another team takes it over."""

    kind: ClassVar[str] = "ticket_moved"
    team: int


class TagAdded(Event, frozen=True, kw_only=True):
    """A tag was put on."""

    kind: ClassVar[str] = "tag_added"
    tag: int


class TagRemoved(Event, frozen=True, kw_only=True):
    """A tag was taken off."""

    kind: ClassVar[str] = "tag_removed"
    tag: int


class RiskSet(Event, frozen=True, kw_only=True):
    """The risk tier (0 to 3) and why; `message` where words in it raised it."""

    kind: ClassVar[str] = "risk_set"
    tier: int
    reason: Key
    message: int | None = None


class PolicyApplied(Event, frozen=True, kw_only=True):
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


class ClockBreached(Event, frozen=True, kw_only=True):
    """A clock passed its due time, at the due time."""

    kind: ClassVar[str] = "clock_breached"
    clock: Key
    metric: Key


class ClockVoided(Event, frozen=True, kw_only=True):
    """A recorded correction: this clock should never have counted. `outcome` and `due` are what it said before."""

    kind: ClassVar[str] = "clock_voided"
    clock: Key
    reason: Key
    outcome: Key = Key("")
    due: datetime | None = None
