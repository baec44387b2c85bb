"""Which of a ticket's conversations are live chats, and how far they are answered. Pure.

An answer counts from when it was given in: its visitor may look at another page, and reads it when he is back.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

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


def answered_up_to(history: Iterable[RecordedEvent]) -> dict[int, int]:
    """By conversation, the newest message that an answer covers which is on its way or arrived, or that needs none."""
    answers: defaultdict[int, dict[int, int]] = defaultdict(dict)
    waived: dict[datetime, tuple[int, int]] = {}
    lost = set[int]()
    for entry in history:
        match entry.event:
            case e.ReplyQueued() | e.ReplyAccepted() as reply:
                answers[reply.message][reply.conversation] = reply.answers_up_to
                lost.discard(reply.message)
            case e.ReplyWithdrawn(message=message) | e.ReplyRefused(message=message) | e.ReplyBounced(message=message):
                lost.add(message)
            case e.ReplyResent(message=message):
                lost.discard(message)
            case e.ResponseWaived(conversation=conversation, up_to=up_to):
                waived[entry.occurred_at] = conversation, up_to
            case e.WaiverTakenBack(said_at=said_at):
                waived.pop(said_at, None)
            case _:
                pass
    found: defaultdict[int, int] = defaultdict(int)
    told = [one for message, there in answers.items() if message not in lost for one in there.items()]
    for conversation, up_to in (*told, *waived.values()):
        found[conversation] = max(found[conversation], up_to)
    return found
