"""What the interface gave, by what was asked."""

from collections.abc import Callable, Mapping, Sequence

from tresen.channels.amazon.interface import feedback, notification_queue, order_reading, returns, stock
from tresen.channels.amazon.interface.notifications import parse_notification
from tresen.channels.amazon.interface.orders import parse_orders
from tresen.channels.contract import Ignored, Inbound, RawPayload

_PARSERS: Mapping[str, Callable[[RawPayload], Sequence[Inbound]]] = {
    order_reading.ORDERS: parse_orders,
    order_reading.ORDER: parse_orders,
    returns.RETURNS: returns.parse_returns,
    feedback.FEEDBACK: feedback.parse_feedback,
    stock.STOCK: stock.parse_stock,
    notification_queue.NOTIFICATIONS: parse_notification,
}


def parse_told(payload: RawPayload) -> Sequence[Inbound]:
    """What one answer means; what we do not ask for is left alone."""
    parser = _PARSERS.get(payload.about)
    return parser(payload) if parser else (Ignored(reason="answer_of_another_kind"),)
