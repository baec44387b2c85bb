"""What comes in: messages, notices, second readings, answers given elsewhere."""

from typing import ClassVar

from tresen.tickets.facts import Event, Key


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


class OrderFound(Event, frozen=True, kw_only=True):
    """An order that the ticket had named is known now: the platform told us of it."""

    kind: ClassVar[str] = "order_found"
    order: int


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
    author: Key = Key("person")
