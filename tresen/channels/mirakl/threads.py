"""From the operator's inbox to messages: one thread holds what buyer, operator and we wrote. Pure.

The buyer and the operator are two counterparts: what one waits for, an answer to the other does not give. So a thread
in which both write is two conversations.
"""

import re
from collections.abc import Iterator

from tresen.channels.files import InboundFile
from tresen.channels.inbound import (
    Inbound,
    InboundMessage,
    OwnAnswer,
    RawPayload,
    ReplyBy,
    Role,
    ThreadKey,
    ThreadKeyKind,
)
from tresen.channels.mailed.markup import Markup, text_of
from tresen.channels.mirakl.orders import customer_key
from tresen.channels.mirakl.shapes import Participant, Thread, ThreadMessage
from tresen.channels.readers import Readers
from tresen.channels.senders import IdentityKind, Sender
from tresen.channels.typed_json import instant

TO_OPERATOR = "/operator"
"""What follows the thread's number in the key of a conversation with the operator."""
_MARKUP = re.compile(r"<(?:br|p|div|a|b|i|ul|li|span|strong)\b[^>]{0,500}>", re.IGNORECASE)


def messages_of(thread: Thread, payload: RawPayload, *, operator: str) -> Iterator[Inbound]:
    """All that was written in a thread. What was taken over before is known by its number."""
    for message in thread.messages:
        match message.by.type:
            case "CUSTOMER_USER":
                yield _written(thread, message, payload, sender=_buyer(thread, message, operator))
            case "OPERATOR_USER":
                sender = Sender(
                    kind=IdentityKind.USERNAME, key=f"{operator}/operator", name=message.by.display_name or ""
                )
                yield _written(thread, message, payload, sender=sender, role=Role.OPERATOR)
            case _:
                yield from _ours(thread, message, payload)


def plain(body: str) -> str:
    """A message's words; its body may be written in HTML."""
    if not _MARKUP.search(body):
        return body.strip()
    elements = Markup(body).elements("body")
    return text_of(elements[0]).strip() if elements else body.strip()


def key_of(thread: str, role: Role) -> str:
    """The key of the conversation with one of the two in a thread, which is known by its number or by such a key."""
    number = thread.removesuffix(TO_OPERATOR)
    return number + TO_OPERATOR if role is Role.OPERATOR else number


READERS = Readers(roles=(Role.BUYER, Role.OPERATOR), key=key_of)


def _written(
    thread: Thread, message: ThreadMessage, payload: RawPayload, *, sender: Sender, role: Role = Role.BUYER
) -> InboundMessage:
    orders = tuple(one.id for one in thread.entities if one.type.endswith("_ORDER"))
    return InboundMessage(
        external_id=message.id,
        sender=sender,
        occurred_at=min(instant(message.date_created), payload.recorded_at),
        subject=_subject(thread),
        text=plain(message.body),
        full_text=message.body,
        role=role,
        reply_by=ReplyBy.THREAD,
        thread_keys=_keys(thread, role),
        readers=_readers(thread),
        order_ids=orders,
        item_ids=tuple(one.id for one in thread.entities if one.type.endswith("_OFFER")),
        files=tuple(InboundFile(reference=one.id, name=one.name, size=one.size) for one in message.attachments),
    )


def _buyer(thread: Thread, message: ThreadMessage, operator: str) -> Sender:
    name = message.by.display_name or ""
    customer = next((one for one in _participants(thread) if one.type == "CUSTOMER" and one.id), None)
    if customer is None or customer.id is None:
        return Sender(kind=IdentityKind.SHARED, key=operator, name=name)
    return Sender(kind=IdentityKind.USERNAME, key=customer_key(operator, customer.id), name=name)


def _ours(thread: Thread, message: ThreadMessage, payload: RawPayload) -> Iterator[OwnAnswer]:
    """An answer given here or in the operator's back office: one to each of those it went to."""
    reached = {one.type for one in message.to} or {"CUSTOMER"}
    for kind, role in (("CUSTOMER", Role.BUYER), ("OPERATOR", Role.OPERATOR)):
        if kind in reached:
            yield OwnAnswer(
                external_id=f"{message.id}{TO_OPERATOR}" if role is Role.OPERATOR else message.id,
                occurred_at=min(instant(message.date_created), payload.recorded_at),
                text=plain(message.body),
                subject=_subject(thread),
                order_ids=tuple(one.id for one in thread.entities if one.type.endswith("_ORDER")),
                thread_keys=_keys(thread, role),
                role=role,
                number=message.id,
            )


def _keys(thread: Thread, role: Role) -> tuple[ThreadKey, ...]:
    """First that of the conversation with this one; the other leads to the same ticket."""
    values = dict.fromkeys((key_of(thread.id, role), key_of(thread.id, Role.BUYER)))
    return tuple(ThreadKey(kind=ThreadKeyKind.THREAD, value=value) for value in values)


def _readers(thread: Thread) -> tuple[Role, ...]:
    kinds = {one.type for one in _participants(thread)}
    return tuple(role for kind, role in (("CUSTOMER", Role.BUYER), ("OPERATOR", Role.OPERATOR)) if kind in kinds)


def _participants(thread: Thread) -> tuple[Participant, ...]:
    return (*thread.current_participants, *thread.authorized_participants)


def _subject(thread: Thread) -> str:
    topic = (thread.topic.value if thread.topic else None) or ""
    return topic if topic and (thread.topic is None or thread.topic.type != "REASON_CODE") else ""
