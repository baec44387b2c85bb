"""What can happen in the demo shop's story. `at` is when we learn of it or do it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from tresen.local.demo.tale.mails import Thread


class Beside(StrEnum):
    """Where something was written that stands in no conversation, or hangs on something else."""

    COMMENT = "comment"
    STORY = "story"


class Outcome(StrEnum):
    """What became of an answer."""

    SENT = "sent"
    REFUSED = "refused"
    UNCERTAIN = "uncertain"


class After(StrEnum):
    """What became of the ticket with an answer."""

    KEEP_OPEN = "keep_open"
    SOLVE = "solve"
    WAIT = "wait"


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """Something at a time."""

    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrote(Happening):
    """The buyer wrote; `sent_at` lies before `at` where we fetched it late.

    `beside`: below a post, or about a story.
    """

    text: str
    sent_at: datetime | None = None
    beside: Beside | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AutoReplied(Happening):
    """The buyer's machine answered our answer."""

    subject: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Noticed(Happening):
    """The platform told us something about the order."""

    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnsweredThere(Happening):
    """Somebody answered on the platform itself, and its copy came in."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounced(Happening):
    """Our newest answer came back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrived(Happening):
    """The platform said that our newest answer has reached its reader."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Done(Happening):
    """An agent did something; `agent` is the part of the address before the @."""

    agent: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered(Done):
    """An agent answered all that was to be seen."""

    text: str
    after: After
    outcome: Outcome = Outcome.SENT


@dataclass(frozen=True, slots=True, kw_only=True)
class Waived(Done):
    """No response needed. `marked`: also confirmed as marked on the platform."""

    reason: str
    marked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Snoozed(Done):
    """Put aside until then."""

    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Waited(Done):
    """Waits for a third party, say a carrier, until then."""

    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted(Done):
    """A note for colleagues."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tagged(Done):
    """A tag."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Assigned(Done):
    """Taken by the agent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Solved(Done):
    """Solved without another answer."""


type Inbound = Wrote | AutoReplied | Noticed | AnsweredThere | Bounced | Arrived


@dataclass(frozen=True, slots=True, kw_only=True)
class Plot:
    """One matter from its beginning to where it stands now. `happenings` in the order of their times."""

    thread: Thread
    intent: str
    vip: bool
    happenings: tuple[Happening, ...]
