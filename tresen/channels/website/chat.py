"""What a visitor writes in the chat of a website, as one payload: made by its endpoint, read by `parsing`."""

import json
from collections.abc import Mapping
from typing import Any

ABOUT = "chat"
"""What a payload of a chat's message is about; that of a form is about nothing."""
LONGEST = 4000
"""Characters of one message."""
MAX_LINE = 300
FIELDS = ("chat", "id", "name", "email", "message", "order_number", "language", "page", "consent", "suspect")


def chat_payload(fields: Mapping[str, str]) -> bytes:
    """The body of a `RawPayload` about one message. Unknown and empty fields are left out.

    `fields`: chat (its number), id (the browser's own of this message), name, email, message, order_number, language,
    page (where the visitor was, without what follows "?"), consent (what he agreed to), suspect (why it may be spam: a
    key).
    """
    content = {name: fields[name] for name in FIELDS if fields.get(name)}
    return json.dumps(content, ensure_ascii=False, sort_keys=True).encode("utf-8", "replace")


def read_chat(body: bytes) -> dict[str, str] | None:
    """The fields of a payload; None where it is none. Raises ValueError and RecursionError for what is no JSON."""
    content: Any = json.loads(body)
    if not isinstance(content, dict):
        return None
    return {name: _tidy(name, content[name]) for name in FIELDS if isinstance(content.get(name), str)}


def _tidy(name: str, value: str) -> str:
    value = value.encode("utf-8", "replace").decode("utf-8").replace("\x00", "")
    if name == "message":
        return value.replace("\r\n", "\n").strip()[:LONGEST]
    return " ".join(value.split())[:MAX_LINE]
