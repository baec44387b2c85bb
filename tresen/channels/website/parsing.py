"""A filled-in contact form, or what a visitor wrote in the chat, as a message."""

import re
from collections.abc import Callable, Mapping, Sequence

from tresen.channels.contract import (
    IdentityKind,
    Inbound,
    InboundAttachment,
    InboundMessage,
    RawPayload,
    ReplyBy,
    Sender,
    ThreadKey,
    ThreadKeyKind,
    Unreadable,
)
from tresen.channels.mailed.messages import keys, occurred_at, unique
from tresen.channels.mailed.ordinary import order_ids
from tresen.channels.mailed.subjects import subject_from
from tresen.channels.mailed.typed import as_typed
from tresen.channels.website.chat import ABOUT as CHAT
from tresen.channels.website.chat import read_chat
from tresen.channels.website.form import read_form

LOOKS_LIKE_SPAM = "looks_like_spam"
_EXTRA = ("chat", "phone", "language", "page", "consent", "suspect")
_EMAIL = re.compile(r"[^\s@<>\"',;]{1,64}@[^\s@<>\"',;.]{1,63}(?:\.[^\s@<>\"',;.]{1,63}){1,8}")


def parse(payload: RawPayload) -> Sequence[Inbound]:
    """One message; one without words or a usable address is shown to people instead."""
    return _chat(payload) if payload.about == CHAT else _form(payload)


def is_address(text: str) -> bool:
    """Whether an answer can go there by mail."""
    return _EMAIL.fullmatch(text) is not None


def _form(payload: RawPayload) -> Sequence[Inbound]:
    form = _read(payload, read_form)
    if form is None:
        return (Unreadable(reason="not_a_form", excerpt=_excerpt(payload)),)
    fields, files = form
    orders = _orders(payload, fields)
    keys_of_form = _thread_keys(fields.get("email", ""), orders)
    return (
        _unusable(fields)
        or _message(payload, fields, reply_by=ReplyBy.EMAIL_NEW_THREAD, thread_keys=keys_of_form, attachments=files),
    )


def _chat(payload: RawPayload) -> Sequence[Inbound]:
    fields = _read(payload, read_chat)
    if fields is None or not fields.get("chat"):
        return (Unreadable(reason="not_a_chat", excerpt=_excerpt(payload)),)
    own = keys(ThreadKeyKind.THREAD, (f"chat/{fields['chat']}",))
    return (_unusable(fields) or _message(payload, fields, reply_by=ReplyBy.CHAT, thread_keys=own),)


def _read[Found](payload: RawPayload, read: Callable[[bytes], Found | None]) -> Found | None:
    try:
        return read(payload.body)
    except (ValueError, RecursionError):
        return None


def _unusable(fields: Mapping[str, str]) -> Unreadable | None:
    email, text = fields.get("email", ""), fields.get("message", "")
    if is_address(email) and text:
        return None
    reason = "no_message" if not text else "no_address"
    return Unreadable(reason=reason, subject=fields.get("subject", ""), sender=email, excerpt=text[:500])


def _message(
    payload: RawPayload,
    fields: Mapping[str, str],
    *,
    reply_by: ReplyBy,
    thread_keys: tuple[ThreadKey, ...],
    attachments: tuple[InboundAttachment, ...] = (),
) -> InboundMessage:
    email, text = fields["email"], fields["message"]
    return InboundMessage(
        external_id=fields.get("id") or None,
        sender=Sender(kind=IdentityKind.EMAIL, key=email.lower(), name=fields.get("name", ""), reply_to=email),
        occurred_at=occurred_at(payload),
        subject=fields.get("subject") or subject_from(text),
        text=text,
        full_text=text,
        reply_by=reply_by,
        thread_keys=thread_keys,
        order_ids=_orders(payload, fields),
        attachments=attachments,
        problems=(LOOKS_LIKE_SPAM,) if fields.get("suspect") else (),
        extra={name: fields[name] for name in _EXTRA if fields.get(name)},
    )


def _orders(payload: RawPayload, fields: Mapping[str, str]) -> tuple[str, ...]:
    text = fields.get("message", "")
    return unique((*_named_order(fields), *order_ids(payload, fields.get("subject", ""), text)))


def _named_order(fields: Mapping[str, str]) -> tuple[str, ...]:
    """The order field as the customer filled it in, with the sign shops write before bare figures."""
    number = as_typed(fields.get("order_number", "")[:40])
    return (f"#{number}" if number.isdecimal() else number,) if number else ()


def _thread_keys(email: str, orders: tuple[str, ...]) -> tuple[ThreadKey, ...]:
    return (*keys(ThreadKeyKind.ORDER, orders), *keys(ThreadKeyKind.BUYER, (email.lower(),)))


def _excerpt(payload: RawPayload) -> str:
    return payload.body[:200].decode("utf-8", "replace").replace("\x00", "")
