"""Messages typed at a console, as JSON: the whole product runs without any platform's keys."""

import json
from collections.abc import Sequence

from tresen.channels.contract import (
    IdentityKind,
    Inbound,
    InboundMessage,
    RawPayload,
    Sender,
    ThreadKeyKind,
    Unreadable,
)
from tresen.channels.mailed.messages import keys, occurred_at, unique
from tresen.channels.mailed.subjects import subject_from

MAX_TEXT = 20_000
MAX_LINE = 300
MAX_ORDERS = 20


def parse(payload: RawPayload) -> Sequence[Inbound]:
    """One message of the keys id, from, name, subject, text, thread, order_ids; from and text must be there."""
    try:
        content = json.loads(payload.body)
    except (ValueError, RecursionError):
        content = None
    if not isinstance(content, dict):
        return (Unreadable(reason="not_json", excerpt=payload.body[:200].decode("utf-8", "replace").replace("\0", "")),)
    sender, text = _line(content, "from"), _words(content, "text")[:MAX_TEXT].strip()
    if not sender or not text:
        return (Unreadable(reason="no_message" if not text else "no_address", sender=sender, excerpt=text[:500]),)
    named = content.get("order_ids")
    orders = unique(order for order in named if isinstance(order, str))[:MAX_ORDERS] if isinstance(named, list) else ()
    return (
        InboundMessage(
            external_id=_line(content, "id") or None,
            sender=Sender(
                kind=IdentityKind.EMAIL if "@" in sender else IdentityKind.USERNAME,
                key=sender.lower(),
                name=_line(content, "name"),
                reply_to=sender,
            ),
            occurred_at=occurred_at(payload),
            subject=_line(content, "subject") or subject_from(text),
            text=text,
            full_text=text,
            thread_keys=(
                *keys(ThreadKeyKind.THREAD, (_line(content, "thread"),)),
                *keys(ThreadKeyKind.ORDER, orders),
                *keys(ThreadKeyKind.BUYER, (sender.lower(),)),
            ),
            order_ids=orders,
        ),
    )


def _words(content: dict[str, object], key: str) -> str:
    value = content.get(key)
    text = value if isinstance(value, str) else ""
    return text.encode("utf-8", "replace").decode("utf-8").replace("\x00", "")


def _line(content: dict[str, object], key: str) -> str:
    return " ".join(_words(content, key).split())[:MAX_LINE]
