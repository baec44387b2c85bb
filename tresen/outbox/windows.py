"""Whether a channel still takes an answer at the moment at which it leaves."""

from dataclasses import replace
from datetime import datetime

from tresen.channels.answer_windows import window_for
from tresen.channels.contract import OutboundMessage, Refused
from tresen.outbox.models import Delivery
from tresen.sla.answer_windows import windows_of
from tresen.stores.troubles import WINDOW_CLOSED


def through_window(delivery: Delivery, message: OutboundMessage, *, at: datetime) -> OutboundMessage | Refused:
    """The answer with the window through which it leaves; Refused where that has closed meanwhile.

    A first message has rules of its own, for nobody has written before it, and an approved template needs no window.
    """
    conversation = delivery.message.conversation
    free = conversation is not None and not delivery.opening and message.template is None
    windows = windows_of(conversation, at=at) if conversation and free else None
    if windows is None:
        return message
    window = window_for(windows.windows, message.author, at)
    return Refused(reason=WINDOW_CLOSED) if window is None else replace(message, window=window.key)
