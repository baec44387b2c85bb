"""Reading where our replies are."""

from collections.abc import Collection

from tresen.channels.by_hand.log import OWN_KEY
from tresen.channels.contract import ThreadKeyKind
from tresen.outbox.models import Delivery, DeliveryState
from tresen.stores.troubles import OPTED_OUT
from tresen.tickets.models import ConversationTie


def is_opted_out(conversation_id: int) -> bool:
    """Whether the newest answer that left in this conversation came back because its buyer wants no messages."""
    left = Delivery.objects.filter(message__conversation=conversation_id).exclude(state=DeliveryState.WITHDRAWN)
    newest = left.order_by("-message").first()
    return newest is not None and (newest.state, newest.answer) == (DeliveryState.BOUNCED, OPTED_OUT)


def first_message_of(conversation_id: int) -> Delivery | None:
    """The newest first message of ours in a conversation that we began, but for those that were taken back."""
    begun = Delivery.objects.filter(message__conversation=conversation_id).exclude(opening="")
    return begun.exclude(state=DeliveryState.WITHDRAWN).order_by("-pk").first()


def deliveries_of(message_ids: Collection[int]) -> dict[int, Delivery]:
    """The delivery of each of these messages that has one, by message."""
    return {delivery.message_id: delivery for delivery in Delivery.objects.filter(message__in=message_ids)}


def platforms_thread(conversation_id: int) -> str:
    """The platform's own name for the conversation; empty where it came by mail, whatever was logged about it."""
    ties = ConversationTie.objects.filter(conversation=conversation_id, kind=ThreadKeyKind.THREAD)
    return ties.exclude(value__startswith=OWN_KEY).order_by("pk").values_list("value", flat=True).first() or ""
