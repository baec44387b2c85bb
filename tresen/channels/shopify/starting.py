"""A conversation is begun by ordinary mail to the order's buyer: Shopify's interface sends none in our words."""

from tresen.channels.contract import OutboundMessage, SendResult, StoreAccess
from tresen.channels.mailed.answers import first_mail, hand_over, not_sendable
from tresen.channels.order_door import OrderRef
from tresen.channels.starting import Opening, StartDoor
from tresen.timekeeping import wall


def begin(_opening: Opening, _order: OrderRef, message: OutboundMessage, access: StoreAccess) -> SendResult:
    """One mail to the one who bought."""
    try:
        raw = first_mail(message, at=wall.now())
    except ValueError as trouble:
        return not_sendable(trouble)
    return hand_over(message, raw, access)


START = StartDoor(openings=(Opening(key="email", title="E-mail to the buyer", subject=True),), send=begin, by_mail=True)
