"""Letters to partners: plain mail of ours in a thread of its own, through a mailbox that somebody chose."""

from datetime import datetime

from tresen.channels.contract import OutboundMessage, SendResult, StoreAccess
from tresen.channels.mailed import answers
from tresen.outbox.models import Delivery
from tresen.outbox.preparing import MOST_REFERENCES, attachments_of
from tresen.tickets.models import Conversation, Message
from tresen.vault.sealing import opened

READ_WITH = ("store__brand", "mailbox", "order", "message__conversation__identity")


def prepared(delivery: Delivery) -> OutboundMessage:
    """The letter as it leaves: the same at every attempt, its closing unsealed. Raises SecretMissing."""
    message, mailbox = delivery.message, delivery.mailbox
    assert message.conversation is not None  # a letter always stands in one
    assert mailbox is not None  # else it is a reply
    closing = opened(bytes(delivery.closing)) if delivery.closing else ""
    earlier = _earlier(message.conversation, before=message)
    return OutboundMessage(
        idempotency_key=delivery.idempotency_key,
        recipient=delivery.recipient,
        recipient_name="",
        sender=mailbox.address,
        sender_name=delivery.store.brand.name,
        subject=message.subject,
        text=f"{message.text}\n\n{closing}".strip(),
        in_reply_to=earlier[-1] if earlier else None,
        references=earlier,
        attachments=attachments_of(message),
    )


def send(message: OutboundMessage, access: StoreAccess, *, at: datetime) -> SendResult:
    """Hand it to the mailbox's server."""
    try:
        raw = answers.letter(message, at=at)
    except ValueError as trouble:
        return answers.not_sendable(trouble)
    return answers.hand_over(message, raw, access)


def _earlier(conversation: Conversation, *, before: Message) -> tuple[str, ...]:
    """The ids of what was written between us before, the oldest first, in which their program finds the thread."""
    rows = Message.objects.filter(conversation=conversation, pk__lt=before.pk).exclude(external_id="")
    return tuple(reversed(rows.order_by("-pk").values_list("external_id", flat=True)[:MOST_REFERENCES]))
