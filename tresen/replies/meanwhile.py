"""Answers that somebody gave while another was being written: nobody sends a second one unasked."""

from tresen.outbox.models import DeliveryState
from tresen.replies.permitting import CannotAnswer
from tresen.tickets.models import Conversation, Direction, Message, MessageKind

ANSWERS = (MessageKind.MESSAGE, MessageKind.OWN_ANSWER)


class AnsweredMeanwhile(CannotAnswer):
    """Another answer stands in the conversation that the writer has not seen: `message` is its number."""

    def __init__(self, sentence: str, *, message: int) -> None:
        super().__init__(sentence)
        self.message = message


def answer_since(conversation: Conversation, *, seen: int) -> Message | None:
    """The newest answer in the conversation after the message `seen`, but for those that were taken back."""
    later = conversation.messages.filter(direction=Direction.OUT, kind__in=ANSWERS, pk__gt=seen)
    return later.exclude(delivery__state=DeliveryState.WITHDRAWN).select_related("agent").order_by("-pk").first()
