"""Answers to members: into the conversation where it is known, else by mail.

In mails subject and reference are kept, for eBay finds the conversation by them.
"""

from datetime import datetime

from tresen.channels.contract import OutboundMessage, Refused, SendResult, StoreAccess
from tresen.channels.ebay.addresses import is_member
from tresen.channels.ebay.interface.messages import answering
from tresen.channels.mailed.answers import hand_over, not_sendable, relayed_answer
from tresen.timekeeping import wall


def send(message: OutboundMessage, access: StoreAccess) -> SendResult:
    """One answer into a conversation of the store's, or to one member's alias, and to nowhere else."""
    if message.thread and answering.is_connected(access):
        return answering.answer(message, access)
    if not is_member(message.recipient):
        return Refused(reason=f"{message.recipient} is not a member's address at eBay: answer on eBay itself.")
    try:
        raw = composed(message, at=wall.now())
    except ValueError as trouble:
        return not_sendable(trouble)
    return hand_over(message, raw, access)


def composed(message: OutboundMessage, *, at: datetime) -> bytes:
    """The mail as eBay takes it. Raises ValueError for an address or id that is none."""
    return relayed_answer(message, at=at, text=with_reference(message))


def with_reference(message: OutboundMessage) -> str:
    """The text, with eBay's own reference below it."""
    if not message.reply_reference or message.reply_reference in message.text:
        return message.text
    return f"{message.text.rstrip()}\n\n{message.reply_reference}"
