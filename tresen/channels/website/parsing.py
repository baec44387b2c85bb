"""A filled-in contact form as a message."""

import re
from collections.abc import Sequence

from tresen.channels.contract import (
    IdentityKind,
    Inbound,
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
from tresen.channels.website.form import read_form

LOOKS_LIKE_SPAM = "looks_like_spam"
_EXTRA = ("phone", "language", "page", "consent", "suspect")
_EMAIL = re.compile(r"[^\s@<>\"',;]{1,64}@[^\s@<>\"',;.]{1,63}(?:\.[^\s@<>\"',;.]{1,63}){1,8}")


def parse(payload: RawPayload) -> Sequence[Inbound]:
    """One message; a form without a message or a usable address is shown to people instead."""
    try:
        form = read_form(payload.body)
    except (ValueError, RecursionError):
        form = None
    if form is None:
        return (Unreadable(reason="not_a_form", excerpt=_excerpt(payload)),)
    fields, files = form
    email, text = fields.get("email", ""), fields.get("message", "")
    if not _EMAIL.fullmatch(email) or not text:
        reason = "no_message" if not text else "no_address"
        return (Unreadable(reason=reason, subject=fields.get("subject", ""), sender=email, excerpt=text[:500]),)
    orders = unique((*_named_order(fields), *order_ids(payload, fields.get("subject", ""), text)))
    return (
        InboundMessage(
            external_id=fields.get("id") or None,
            sender=Sender(kind=IdentityKind.EMAIL, key=email.lower(), name=fields.get("name", ""), reply_to=email),
            occurred_at=occurred_at(payload),
            subject=fields.get("subject") or subject_from(text),
            text=text,
            full_text=text,
            reply_by=ReplyBy.EMAIL_NEW_THREAD,
            thread_keys=_thread_keys(email, orders),
            order_ids=orders,
            attachments=files,
            problems=(LOOKS_LIKE_SPAM,) if fields.get("suspect") else (),
            extra={name: fields[name] for name in _EXTRA if fields.get(name)},
        ),
    )


def _named_order(fields: dict[str, str]) -> tuple[str, ...]:
    """The order field as the customer filled it in, with the sign shops write before bare figures."""
    number = as_typed(fields.get("order_number", "")[:40])
    return (f"#{number}" if number.isdecimal() else number,) if number else ()


def _thread_keys(email: str, orders: tuple[str, ...]) -> tuple[ThreadKey, ...]:
    return (*keys(ThreadKeyKind.ORDER, orders), *keys(ThreadKeyKind.BUYER, (email.lower(),)))


def _excerpt(payload: RawPayload) -> str:
    return payload.body[:200].decode("utf-8", "replace").replace("\x00", "")
