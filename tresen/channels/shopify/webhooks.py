"""What one webhook of Shopify's means, by its topic."""

from collections.abc import Callable, Sequence

import msgspec

from tresen.channels.contract import Ignored, Inbound, RawPayload, Unreadable
from tresen.channels.order_news import OrderNamed
from tresen.channels.shopify import privacy
from tresen.channels.shopify.disputes import ShopDispute, notice_of
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


DISPUTES = frozenset({"disputes/create", "disputes/update"})
_NAMING_ORDERS = frozenset(
    {"refunds/create", "fulfillments/create", "fulfillments/update", "fulfillment_events/create"}
)
"""They name the order by its id; it is read, unless it tells of itself meanwhile."""
_READ_INSTEAD = ("returns/", "inventory_levels/")
"""They say only that something changed: which order or product it is, only the Admin API tells."""


class _OfAnOrder(msgspec.Struct, frozen=True):
    order_id: int | None = None


def parse_webhook(payload: RawPayload) -> Sequence[Inbound]:
    """What the topic brings; what says too little by itself, or was not subscribed to, is left alone."""
    understand = _reader(payload.about)
    if isinstance(understand, Ignored):
        return (understand,)
    try:
        return (understand(payload),)
    except ValueError as wrong:
        return (Unreadable(reason="not_as_documented", subject=payload.about, excerpt=str(wrong)),)


def _reader(topic: str) -> Callable[[RawPayload], Inbound] | Ignored:
    if topic in WHOLE_ORDERS:
        return lambda payload: snapshot(read_json(payload.body, ShopOrder))
    if topic in DISPUTES:
        return _dispute
    if topic in privacy.TOPICS:
        return privacy.request_in
    if topic == "app/uninstalled":
        return Ignored(reason="app_uninstalled")
    if topic in _NAMING_ORDERS:
        return _named
    return Ignored(reason="read_instead" if topic.startswith(_READ_INSTEAD) else "webhook_of_another_topic")


def _named(payload: RawPayload) -> Inbound:
    number = read_json(payload.body, _OfAnOrder).order_id
    return OrderNamed(external_id=str(number)) if number else Ignored(reason="told_by_the_order")


def _dispute(payload: RawPayload) -> Inbound:
    return notice_of(read_json(payload.body, ShopDispute), order="", recorded_at=payload.recorded_at)
