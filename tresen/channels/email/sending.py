"""Answers by plain mail."""

from datetime import UTC, datetime

from tresen.channels.contract import OutboundMessage, SendResult, StoreAccess
from tresen.channels.mailed.answers import direct_answer, hand_over, not_sendable


def send(message: OutboundMessage, access: StoreAccess) -> SendResult:
    """One answer, with what it answers quoted below."""
    try:
        raw = direct_answer(message, at=datetime.now(UTC))
    except ValueError as trouble:
        return not_sendable(trouble)
    return hand_over(message, raw, access)
