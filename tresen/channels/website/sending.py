"""Answers to those who wrote by form, or have left the chat: a mail of its own, from the shop's address to theirs."""

from tresen.channels.contract import OutboundMessage, SendResult, StoreAccess
from tresen.channels.mailed.answers import fresh_mail, hand_over, mail_after_chat, not_sendable
from tresen.timekeeping import wall


def send(message: OutboundMessage, access: StoreAccess) -> SendResult:
    """One mail to the one who wrote. What is shown in the chat never comes here."""
    try:
        made = mail_after_chat if message.thread else fresh_mail  # only a chat is a thread of its own
        raw = made(message, at=wall.now())
    except ValueError as trouble:
        return not_sendable(trouble)
    return hand_over(message, raw, access)
