"""Which of a ticket's conversations are chats that somebody has, or is offered, now. Pure."""

from collections.abc import Iterable

from tresen.tickets import events as e
from tresen.tickets.recorded import RecordedEvent


def held_chats(history: Iterable[RecordedEvent]) -> frozenset[int]:
    """The conversations of live chats: an agent is there for them, and the queue is not."""
    held = set[int]()
    for entry in history:
        match entry.event:
            case e.ChatOffered(conversation=conversation) | e.ChatTaken(conversation=conversation):
                held.add(conversation)
            case e.ChatEnded(conversation=conversation):
                held.discard(conversation)
            case _:
                pass
    return frozenset(held)
