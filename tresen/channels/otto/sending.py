"""Answers to buyers: plain mail to the alias that they wrote from, sent as the address that OTTO knows."""

from tresen.channels.contract import OutboundMessage, Refused, SendResult, StoreAccess
from tresen.channels.mailed.answers import hand_over, not_sendable, relayed_answer
from tresen.channels.otto.addresses import is_alias
from tresen.timekeeping import wall


def send(message: OutboundMessage, access: StoreAccess) -> SendResult:
    """One answer to one alias, and to nowhere else."""
    if not is_alias(message.recipient):
        return Refused(reason=f"{message.recipient} is not an address that OTTO passes on to a buyer.")
    try:
        raw = relayed_answer(message, at=wall.now())
    except ValueError as trouble:
        return not_sendable(trouble)
    return hand_over(message, raw, access)
