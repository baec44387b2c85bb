"""Answers that go nowhere: they are printed."""

import sys

from tresen.channels.contract import OutboundMessage, SendResult, Sent, StoreAccess
from tresen.timekeeping import wall


def send(message: OutboundMessage, access: StoreAccess) -> SendResult:  # noqa: ARG001 -- every send has this shape
    """Print the answer and count it as taken."""
    sys.stdout.write(rendered(message))
    sys.stdout.flush()
    return Sent(external_id=message.idempotency_key, at=wall.now(), answer="printed")


def rendered(message: OutboundMessage) -> str:
    """The answer as it is printed."""
    orders = f"Orders: {', '.join(message.order_ids)}\n" if message.order_ids else ""
    files = "".join(f"File: {file.name} ({len(file.content)} bytes)\n" for file in message.attachments)
    return (
        f"--- {message.idempotency_key}\nTo: {message.recipient_name} <{message.recipient}>\n"
        f"Subject: {message.subject}\n{orders}{files}\n{message.text}\n---\n"
    )
