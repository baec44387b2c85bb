"""By which of its connector's functions a delivery leaves, and by which it is looked for.

An answer has one way, the first message of a conversation another.
"""

from collections.abc import Callable
from functools import partial

from tresen.channels.contract import OutboundMessage, SendResult, Sent, Stopped, StoreAccess
from tresen.channels.order_door import OrderRef
from tresen.channels.starting import Opening
from tresen.outbox.models import Delivery
from tresen.stores.connectors import connector_of

type Send = Callable[[OutboundMessage, StoreAccess], SendResult]
type Find = Callable[[OutboundMessage, StoreAccess], Sent | Stopped | None]


def way_out(delivery: Delivery) -> Send | None:
    """How it is sent; None where its channel takes none such, or not any more."""
    connector = connector_of(delivery.store)
    if not delivery.opening:
        return connector.send
    opening = _opening(delivery)
    if connector.start is None or opening is None:
        return None
    return partial(connector.start.send, opening, _about(delivery))


def way_to_look(delivery: Delivery) -> Find | None:
    """How its platform is asked whether it took it; None where that can't be read."""
    if delivery.mailbox_id is not None:  # a letter is no matter of its store's channel
        return None
    connector = connector_of(delivery.store)
    if not delivery.opening:
        return connector.find_sent
    opening = _opening(delivery)
    if connector.start is None or connector.start.find is None or opening is None:
        return None
    return partial(connector.start.find, opening, _about(delivery))


def _opening(delivery: Delivery) -> Opening | None:
    start = connector_of(delivery.store).start
    return start.opening(delivery.opening) if start else None


def _about(delivery: Delivery) -> OrderRef:
    assert delivery.order is not None  # only conversations about an order are begun
    return OrderRef(number=delivery.order.number, external_id=delivery.order.external_id)
