"""The website's contact form: what its page and its JSON endpoint hand over, as one payload."""

import base64
import binascii
import json
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import parse_qs

from tresen.channels.contract import InboundAttachment

MAX_TEXT = 20_000
MAX_LINE = 300
FIELDS = (
    "id",
    "name",
    "email",
    "subject",
    "message",
    "order_number",
    "phone",
    "language",
    "page",
    "consent",
    "suspect",
)


def form_payload(fields: Mapping[str, str], *, attachments: Sequence[InboundAttachment] = ()) -> bytes:
    """The body of a `RawPayload` for one filled-in form. Unknown fields are left out.

    `fields`: id (ours, one per submission), name, email, subject, message, order_number, phone, language, page, consent
    (what the customer agreed to), suspect (why it may be spam: a key).
    """
    content: dict[str, Any] = {name: fields[name] for name in FIELDS if fields.get(name)}
    if attachments:
        content["attachments"] = [
            {
                "name": file.name,
                "content_type": file.content_type,
                "content": base64.b64encode(file.content).decode("ascii"),
            }
            for file in attachments
        ]
    return json.dumps(content, ensure_ascii=False, sort_keys=True).encode("utf-8", "replace")


def read_form(body: bytes) -> tuple[dict[str, str], tuple[InboundAttachment, ...]] | None:
    """Fields and files of a payload, JSON or an HTML form's own encoding; None where it is neither."""
    text = body.decode("utf-8", "replace").replace("\x00", "")
    if text.lstrip()[:1] != "{":
        pairs = parse_qs(text, max_num_fields=100) if "=" in text else {}
        return (
            ({name: _tidy(name, values[0]) for name, values in pairs.items() if name in FIELDS}, ()) if pairs else None
        )
    content = json.loads(text)
    if not isinstance(content, dict):
        return None
    fields = {name: _tidy(name, content[name]) for name in FIELDS if isinstance(content.get(name), str)}
    files = content.get("attachments", [])
    return fields, tuple(filter(None, (_file(entry) for entry in files))) if isinstance(files, list) else ()


def _tidy(name: str, value: str) -> str:
    value = value.encode("utf-8", "replace").decode("utf-8")
    if name == "message":
        return value.replace("\r\n", "\n").strip()[:MAX_TEXT]
    return " ".join(value.split())[:MAX_LINE]


def _file(entry: object) -> InboundAttachment | None:
    if not isinstance(entry, dict):
        return None
    name, kind, content = (entry.get(key) for key in ("name", "content_type", "content"))
    if not (isinstance(name, str) and isinstance(kind, str) and isinstance(content, str)):
        return None
    try:
        return InboundAttachment(
            name=name[:MAX_LINE], content_type=kind[:MAX_LINE], content=base64.b64decode(content, validate=True)
        )
    except (binascii.Error, ValueError):
        return None
