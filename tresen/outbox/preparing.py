"""From a delivery's rows to the message that a connector sends."""

import json
from dataclasses import dataclass

from django.db.models import Min, Q

from tresen.channels.contract import Author, OutboundAttachment, OutboundMessage, ReplyBy, TemplateUse
from tresen.channels.outbound import THREAD
from tresen.files import keeping
from tresen.outbox.models import Delivery, DeliveryAttempt
from tresen.outbox.queries import platforms_thread
from tresen.stores.access import mailbox_of
from tresen.tickets.models import (
    Attachment,
    Conversation,
    Direction,
    Message,
    MessageKind,
    TicketOrder,
)

LONGEST_QUOTE = 20_000
MOST_REFERENCES = 20
NEW_THREAD = (ReplyBy.EMAIL_NEW_THREAD, ReplyBy.CHAT)
"""There is no mail of theirs that ours could refer to."""
WAY = "way"
"""Among a message's facts: how it is to leave, where somebody chose."""
TEMPLATE = "template"
"""Among a message's facts: the approved template that it is, as JSON."""
NOT_THEIRS = (MessageKind.BOUNCE, MessageKind.AUTOMATIC, MessageKind.PLATFORM_NOTICE)


def prepared(delivery: Delivery) -> OutboundMessage:
    """The reply as it leaves: the same at every attempt, with the id that was fixed when it was queued."""
    reply = delivery.message
    conversation = reply.conversation
    assert conversation is not None  # a reply always stands in a conversation
    thread = _thread(conversation, before=reply, seen_up_to=delivery.answers_up_to)
    return OutboundMessage(
        idempotency_key=delivery.idempotency_key,
        recipient=delivery.recipient,
        recipient_name=conversation.identity.name if conversation.identity else "",
        sender=_sender(delivery),
        sender_name=delivery.store.brand.name,
        subject=reply.subject,
        text=reply.text,
        in_reply_to=thread.answered,
        references=thread.references,
        reply_reference=thread.reply_reference,
        quoted=thread.quoted,
        thread=thread.platforms or platforms_thread(conversation.pk),
        to=tuple(part for part in reply.facts.get("to", "").split(",") if part),
        since=DeliveryAttempt.objects.filter(delivery=delivery).aggregate(first=Min("started_at"))["first"],
        item_ids=thread.items,
        order_ids=_orders(reply),
        attachments=attachments_of(reply),
        author=Author.PERSON if reply.agent_id else Author.BOT,
        way=reply.facts.get(WAY, ""),
        template=_template(reply),
    )


def _template(reply: Message) -> TemplateUse | None:
    kept = reply.facts.get(TEMPLATE)
    if not kept:
        return None
    told = json.loads(kept)
    values = tuple((name, value) for name, value in told["values"])
    return TemplateUse(name=told["name"], language=told["language"], values=values)


@dataclass(frozen=True, slots=True)
class _Thread:
    """What ties the reply to what it answers. `platforms`: the platform's thread, where that message named its own."""

    answered: str | None = None
    references: tuple[str, ...] = ()
    reply_reference: str = ""
    quoted: str = ""
    items: tuple[str, ...] = ()
    platforms: str = ""


def _thread(conversation: Conversation, *, before: Message, seen_up_to: int) -> _Thread:
    """The newest message of theirs that its writer has seen is answered, those before it are referred to.

    What machines said in between, a bounce above all, is neither answered nor quoted to the buyer.
    """
    earlier = list(
        Message.objects.filter(conversation=conversation, pk__lt=before.pk)
        .exclude(Q(external_id="") | Q(kind__in=NOT_THEIRS) | Q(direction=Direction.IN, pk__gt=seen_up_to))
        .order_by("-occurred_at", "-pk")
        .values_list("direction", "external_id", "reply_reference", "text", "facts")[:MOST_REFERENCES]
    )
    theirs = next((row for row in earlier if row[0] == Direction.IN), None)
    items = tuple(part for part in theirs[4].get("items", "").split(",") if part) if theirs else ()
    if theirs is None or theirs[4].get("reply_by") in NEW_THREAD:
        in_chat = theirs is not None and theirs[4].get("reply_by") == ReplyBy.CHAT
        return _Thread(items=items, quoted=theirs[3] if theirs and in_chat else "")
    return _Thread(
        answered=theirs[1],
        references=tuple(dict.fromkeys([*(row[1] for row in reversed(earlier) if row is not theirs), theirs[1]])),
        reply_reference=theirs[2],
        quoted=theirs[3][:LONGEST_QUOTE],
        items=items,
        platforms=theirs[4].get(THREAD, ""),
    )


def _sender(delivery: Delivery) -> str:
    """The store's own address; where it has none, its mailbox's."""
    if delivery.store.addresses:
        return str(delivery.store.addresses[0])
    mailbox = mailbox_of(delivery.store)
    return mailbox.address if mailbox else ""


def _orders(reply: Message) -> tuple[str, ...]:
    orders = TicketOrder.objects.filter(ticket=reply.ticket_id, store=reply.conversation.store_id)  # type: ignore[union-attr] # a reply stands in a conversation
    return tuple(orders.order_by("-primary", "pk").values_list("number", flat=True))


def attachments_of(reply: Message) -> tuple[OutboundAttachment, ...]:
    """The files that leave with it. Raises KeyError where one has expired."""
    rows = list(Attachment.objects.filter(message=reply).order_by("pk"))
    contents = keeping.read_all([bytes(row.blob_id) for row in rows])
    return tuple(
        OutboundAttachment(name=row.name, content_type=row.content_type, content=contents[bytes(row.blob_id)])
        for row in rows
    )
