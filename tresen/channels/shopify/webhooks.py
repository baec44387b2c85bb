"""What one webhook of Shopify's means, by its topic."""

from collections.abc import Sequence

from tresen.channels.contract import Ignored, Inbound, RawPayload, Unreadable
from tresen.channels.shopify.orders import snapshot
from tresen.channels.shopify.shapes import ShopOrder
from tresen.channels.typed_json import read_json

WHOLE_ORDERS = frozenset(
    {
        "orders/create",
        "orders/updated",
        "orders/paid",
        "orders/fulfilled",
        "orders/partially_fulfilled",
        "orders/cancelled",
        "orders/edited",
    }
)
"""Topics that bring the order as it stands."""


def parse_webhook(payload: RawPayload) -> Sequence[Inbound]:
    """An order as it stands; what we have not subscribed to is left alone."""
    if payload.about not in WHOLE_ORDERS:
        return (Ignored(reason="webhook_of_another_topic"),)
    try:
        return (snapshot(read_json(payload.body, ShopOrder)),)
    except ValueError as wrong:
        return (Unreadable(reason="not_as_documented", subject=payload.about, excerpt=str(wrong)),)
