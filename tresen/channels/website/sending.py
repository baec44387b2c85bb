"""Answers to those who wrote by form: a mail of its own, from the shop's address to theirs."""

from tresen.channels.contract import OutboundMessage, SendResult, StoreAccess
from tresen.channels.mailed.answers import fresh_mail, hand_over, not_sendable
from tresen.timekeeping import wall


def send(message: OutboundMessage, access: StoreAccess) -> SendResult:
    """One mail to the one who filled in the form."""
    try:
        raw = fresh_mail(message, at=wall.now())
    except ValueError as trouble:
        return not_sendable(trouble)
    return hand_over(message, raw, access)
