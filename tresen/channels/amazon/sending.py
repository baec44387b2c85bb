"""Answers to buyers: plain mail to the relay, nothing of ours in it but the words and the order's number."""

from datetime import datetime

from tresen.channels.amazon.addresses import is_buyer
from tresen.channels.contract import OutboundMessage, Refused, SendResult, StoreAccess
from tresen.channels.mailed.answers import hand_over, not_sendable, relayed_answer
from tresen.timekeeping import wall


def send(message: OutboundMessage, access: StoreAccess) -> SendResult:
    """One answer to one buyer's relay address, and to nowhere else."""
    if not is_buyer(message.recipient):
        return Refused(reason=f"{message.recipient} is not a buyer's address at Amazon's relay.")
    try:
        raw = composed(message, at=wall.now())
    except ValueError as trouble:
        return not_sendable(trouble)
    return hand_over(message, raw, access)


def composed(message: OutboundMessage, *, at: datetime) -> bytes:
    """The mail as the relay takes it. Raises ValueError for an address or id that is none."""
    return relayed_answer(message, at=at, text=with_order(message))


def with_order(message: OutboundMessage) -> str:
    """The text, with the first order's number below it where neither subject nor text names one of the orders."""
    named = f"{message.subject}\n{message.text}"
    if not message.order_ids or any(order in named for order in message.order_ids):
        return message.text
    # The form in which Amazon's own frame names an order, in every language.
    return f"{message.text.rstrip()}\n\n# {message.order_ids[0]}"
