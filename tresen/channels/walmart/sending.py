"""Answers to customers: plain mail to the relay address of their last message."""

from tresen.channels.contract import OutboundMessage, Refused, SendResult, StoreAccess
from tresen.channels.mailed.answers import hand_over, not_sendable, relayed_answer
from tresen.channels.walmart.addresses import is_relay
from tresen.timekeeping import wall


def send(message: OutboundMessage, access: StoreAccess) -> SendResult:
    """One answer to one relay address, and to nowhere else."""
    if not is_relay(message.recipient):
        return Refused(reason=f"{message.recipient} is not a customer's address at Walmart's relay.")
    try:
        raw = relayed_answer(message, at=wall.now())
    except ValueError as trouble:
        return not_sendable(trouble)
    return hand_over(message, raw, access)
