"""What a page of eBay's interface, or a notification, means, by what it is about."""

from collections.abc import Callable, Mapping, Sequence

from tresen.channels.contract import Ignored, Inbound, RawPayload, Source, Unreadable
from tresen.channels.ebay.interface import whole_reading
from tresen.channels.ebay.interface.messages.parsing import parse_conversation
from tresen.channels.ebay.interface.messages.reading import CONVERSATION, FROM_EBAY, FROM_MEMBERS
from tresen.channels.ebay.interface.notifications import parse_notification
from tresen.channels.ebay.interface.orders import reading as order_reading
from tresen.channels.ebay.interface.orders.parsing import parse_order, parse_page, parse_parcels
from tresen.channels.ebay.interface.post_order.cases import parse_cases, parse_disputes, parse_inquiries
from tresen.channels.ebay.interface.post_order.returns import parse_returns
from tresen.channels.ebay.interface.stock import parse_stock

_BY_TOPIC: Mapping[str, Callable[[RawPayload], Sequence[Inbound]]] = {
    f"{CONVERSATION}/{FROM_MEMBERS}": parse_conversation,
    f"{CONVERSATION}/{FROM_EBAY}": parse_conversation,
    order_reading.ORDERS: parse_page,
    order_reading.ORDER: parse_order,
    order_reading.PARCELS: parse_parcels,
    order_reading.RETURNS: parse_returns,
    whole_reading.INQUIRIES: parse_inquiries,
    whole_reading.CASES: parse_cases,
    whole_reading.DISPUTES: parse_disputes,
    whole_reading.STOCK: parse_stock,
}


def understand(payload: RawPayload) -> Sequence[Inbound]:
    """All that it says; what cannot be read says why."""
    read = parse_notification if payload.source is Source.WEBHOOK else _BY_TOPIC.get(payload.about)
    if read is None:
        return (Ignored(reason="nothing_we_asked_for"),)
    try:
        return read(payload)
    except ValueError as wrong:
        return (Unreadable(reason="not_as_documented", subject=payload.about, excerpt=str(wrong)),)
