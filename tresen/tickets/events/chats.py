"""What happens to a chat between the visitor's messages: who is offered it, who has it, and when nobody has."""

from typing import ClassVar

from tresen.tickets.facts import Event, Key


class ChatOffered(Event, frozen=True, kw_only=True):
    """A live chat is offered to an agent: until nobody has it any more it is no row in the queue."""

    kind: ClassVar[str] = "chat_offered"
    conversation: int
    agent: int


class ChatTaken(Event, frozen=True, kw_only=True):
    """The agent took it."""

    kind: ClassVar[str] = "chat_taken"
    conversation: int
    agent: int


class ChatEnded(Event, frozen=True, kw_only=True):
    """Nobody has it any more, for a reason: what is owed in it stands in the queue from now."""

    kind: ClassVar[str] = "chat_ended"
    conversation: int
    why: Key
