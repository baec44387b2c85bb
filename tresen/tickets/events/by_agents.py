"""What agents do with a ticket."""

from datetime import datetime
from typing import ClassVar

from tresen.tickets.facts import Event, Key


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


class MarkTakenBack(Event, frozen=True, kw_only=True):
    """What was said to be marked at this instant was not: the platform's clocks run as before."""

    kind: ClassVar[str] = "mark_taken_back"
    said_at: datetime


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
    """Who answers for it now, or nobody; because the agent `away` does not."""

    kind: ClassVar[str] = "ticket_assigned"
    assignee: int | None
    away: int | None = None


class TicketMoved(Event, frozen=True, kw_only=True):
    """Another team takes it over."""

    kind: ClassVar[str] = "ticket_moved"
    team: int


class TicketPassedOn(Event, frozen=True, kw_only=True):
    """Whoever had it open leaves it to others, for a reason."""

    kind: ClassVar[str] = "ticket_passed_on"
    reason: Key


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
