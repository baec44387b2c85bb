"""Reading where our replies are."""

from collections.abc import Collection

from tresen.outbox.models import Delivery


def deliveries_of(message_ids: Collection[int]) -> dict[int, Delivery]:
    """The delivery of each of these messages that has one, by message."""
    return {delivery.message_id: delivery for delivery in Delivery.objects.filter(message__in=message_ids)}
