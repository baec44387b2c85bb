"""Answers by plain mail."""

from tresen.channels.contract import OutboundMessage, SendResult, StoreAccess
from tresen.channels.mailed.answers import direct_answer, hand_over, not_sendable
from tresen.timekeeping import wall


def send(message: OutboundMessage, access: StoreAccess) -> SendResult:
    """One answer, with what it answers quoted below."""
    try:
        raw = direct_answer(message, at=wall.now())
    except ValueError as trouble:
        return not_sendable(trouble)
    return hand_over(message, raw, access)
