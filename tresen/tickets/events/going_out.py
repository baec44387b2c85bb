"""What goes out: replies and what became of them."""

from datetime import datetime
from typing import ClassVar

from tresen.tickets.facts import Event, Key


class ConversationBegun(Event, frozen=True, kw_only=True):
    """An agent writes to the buyer of an order first. `opening` is the channel's kind of message, in lower case."""

    kind: ClassVar[str] = "conversation_begun"
    message: int
    conversation: int
    order: int
    opening: Key


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
