"""Conversations begun at a console: printed, and limited as platforms limit them, so that limits can be tried out."""

from datetime import timedelta

from tresen.channels.console.sending import send
from tresen.channels.contract import OutboundMessage, SendResult, StoreAccess
from tresen.channels.order_door import OrderRef
from tresen.channels.starting import Opening, StartDoor


def begin(_opening: Opening, _order: OrderRef, message: OutboundMessage, access: StoreAccess) -> SendResult:
    """Print it, as an answer is."""
    return send(message, access)


START = StartDoor(
    openings=(Opening(key="message", title="Message about the order", most=2000, subject=True),),
    send=begin,
    a_day=20,
    an_order=3,
    within=timedelta(days=90),
)
