"""Whether a platform forbids the words of an answer at the moment at which it leaves."""

from datetime import datetime

from tresen.channels.contract import OutboundMessage, Surface
from tresen.outbox.models import Delivery
from tresen.stores.forbidden_words import refusal_of


def forbidden_in(delivery: Delivery, message: OutboundMessage, *, at: datetime) -> str:
    """Why these words may not leave, for `troubles.in_words`; empty where they may.

    A rule may have come since they were written, and not everything that leaves was typed into a composer. The words of
    an approved template are the platform's own.
    """
    if message.template is not None:
        return ""
    conversation = delivery.message.conversation
    surface = conversation.surface if conversation else Surface.DIRECT
    return refusal_of(message.text, delivery.store, surface=surface, at=at)
