"""The ways in which an answer can leave, where a person chooses one, and which of them are answers."""

from collections.abc import Sequence

from tresen.channels.answer_ways import EDIT
from tresen.channels.contract import AnswerWay, Surface
from tresen.outbox.models import DeliveryState
from tresen.outbox.preparing import NOT_THEIRS, WAY
from tresen.stores.connectors import connector_of
from tresen.tickets.models import Conversation, Direction, Message

NOT_GONE = (DeliveryState.WITHDRAWN, DeliveryState.REFUSED, DeliveryState.BOUNCED)


def ways_of(conversation: Conversation) -> Sequence[AnswerWay]:
    """The ways to choose from; none where there is nothing to choose."""
    return connector_of(conversation.store).ways.get(Surface(conversation.surface), ())


def is_answer(conversation: Conversation, way: str) -> bool:
    """Whether what leaves by this way is an answer; else whoever it goes to still waits for one."""
    return not way or all(one.answers for one in ways_of(conversation) if one.key == way)


def answers(message: Message) -> bool:
    """Whether this message of ours is an answer, by the way that was chosen for it."""
    return message.conversation is None or is_answer(message.conversation, message.facts.get(WAY, ""))


def spent_ways(conversation: Conversation, *, seen_up_to: int) -> frozenset[str]:
    """The ways that leave once for each message of theirs, and have left for the one that would be answered now."""
    once = [one.key for one in ways_of(conversation) if one.once]
    if not once:
        return frozenset()
    ours = conversation.messages.filter(direction=Direction.OUT, facts__way__in=once)
    left = ours.exclude(delivery__state__in=NOT_GONE).values_list("facts__way", "delivery__answers_up_to")
    answered = _answered(conversation, seen_up_to=seen_up_to)
    return frozenset(way for way, up_to in left if _answered(conversation, seen_up_to=up_to) == answered)


def _answered(conversation: Conversation, *, seen_up_to: int) -> str:
    """What an answer answers whose writer has seen so much, by the number that it has there."""
    theirs = conversation.messages.filter(direction=Direction.IN, pk__lte=seen_up_to).exclude(kind__in=NOT_THEIRS)
    newest = theirs.exclude(external_id="").order_by("-occurred_at", "-pk").first()
    return newest.external_id.partition(EDIT)[0] if newest else ""
