"""Answers: a note of the order where the buyer wrote with it, else mail; first words about an order are a note."""

from tresen.channels.contract import OutboundMessage, Refused, SendResult, Sent, Stopped, StoreAccess
from tresen.channels.mailed.answers import direct_answer, hand_over, not_sendable
from tresen.channels.order_door import OrderRef
from tresen.channels.starting import Opening, StartDoor
from tresen.channels.woocommerce.notes import find_note, send_note
from tresen.timekeeping import wall

NOT_KNOWN_YET = "The order’s id at the shop is not known yet: read the order anew first."


def send(message: OutboundMessage, access: StoreAccess) -> SendResult:
    """One attempt, the way that the one came who is answered."""
    if goes_as_note(message):
        return send_note(message.thread, message, access, now=wall.now())
    try:
        raw = direct_answer(message, at=wall.now())
    except ValueError as trouble:
        return not_sendable(trouble)
    return hand_over(message, raw, access)


def find_sent(message: OutboundMessage, access: StoreAccess) -> Sent | Stopped | None:
    """A note can be read again; mail is not at the shop, and only a bounce tells of it."""
    return find_note(message.thread, message, access) if goes_as_note(message) else None


def goes_as_note(message: OutboundMessage) -> bool:
    """A mail's id has an "@" in it; in an order's conversation such a mail is answered by mail."""
    return bool(message.thread) and "@" not in (message.in_reply_to or "")


def begin(_opening: Opening, order: OrderRef, message: OutboundMessage, access: StoreAccess) -> SendResult:
    """The first note to the one who bought."""
    if not order.external_id:
        return Refused(reason=NOT_KNOWN_YET)
    return send_note(order.external_id, message, access, now=wall.now())


def find_begun(
    _opening: Opening, order: OrderRef, message: OutboundMessage, access: StoreAccess
) -> Sent | Stopped | None:
    """Our words among the order's notes."""
    return find_note(order.external_id, message, access) if order.external_id else None


START = StartDoor(openings=(Opening(key="note", title="Note to the customer"),), send=begin, find=find_begun)
