"""Answers to those who wrote by form, and first words to who bought: a mail of its own, from the shop's address."""

from tresen.channels.contract import OutboundMessage, SendResult, StoreAccess
from tresen.channels.mailed.answers import first_mail, fresh_mail, hand_over, not_sendable
from tresen.timekeeping import wall


def send(message: OutboundMessage, access: StoreAccess) -> SendResult:
    """One mail to the one who filled in the form."""
    try:
        raw = fresh_mail(message, at=wall.now())
    except ValueError as trouble:
        return not_sendable(trouble)
    return hand_over(message, raw, access)


def send_first(message: OutboundMessage, access: StoreAccess) -> SendResult:
    """One mail to somebody who has not written."""
    try:
        raw = first_mail(message, at=wall.now())
    except ValueError as trouble:
        return not_sendable(trouble)
    return hand_over(message, raw, access)
