"""A conversation is begun by ordinary mail to the order's buyer: Shopify's interface sends none in our words."""

from tresen.channels.contract import OutboundMessage, SendResult, StoreAccess
from tresen.channels.order_door import OrderRef
from tresen.channels.shopify.sending import send_first
from tresen.channels.starting import Opening, StartDoor


def begin(_opening: Opening, _order: OrderRef, message: OutboundMessage, access: StoreAccess) -> SendResult:
    """One mail to the one who bought."""
    return send_first(message, access)


START = StartDoor(openings=(Opening(key="email", title="E-mail to the buyer", subject=True),), send=begin, by_mail=True)
