"""The ways in which an answer can leave, where a person chooses one, and which of them are answers."""

from collections.abc import Sequence

from tresen.channels.contract import AnswerWay, Surface
from tresen.outbox.preparing import WAY
from tresen.stores.connectors import connector_of
from tresen.tickets.models import Conversation, Message


def ways_of(conversation: Conversation) -> Sequence[AnswerWay]:
    """The ways to choose from; none where there is nothing to choose."""
    return connector_of(conversation.store).ways.get(Surface(conversation.surface), ())


def is_answer(conversation: Conversation, way: str) -> bool:
    """Whether what leaves by this way is an answer; else whoever it goes to still waits for one."""
    return not way or all(one.answers for one in ways_of(conversation) if one.key == way)


def answers(message: Message) -> bool:
    """Whether this message of ours is an answer, by the way that was chosen for it."""
    return message.conversation is None or is_answer(message.conversation, message.facts.get(WAY, ""))
