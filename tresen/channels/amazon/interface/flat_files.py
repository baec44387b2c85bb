"""A report's rows: tab-separated text, perhaps compressed, in the character set that its account writes."""

import re
import zlib
from collections.abc import Sequence
from datetime import UTC, datetime

from tresen.channels.contract import RawPayload
from tresen.channels.typed_json import NotAsDocumented, instant

MOST_BYTES = 60_000_000
_LINES = re.compile(r"\r\n|\n|\r")
_CHARSET = re.compile(r"charset=\"?([\w.:-]{1,40})", re.IGNORECASE)
_GZIP = 31
"""Tells zlib that there is a header of gzip's."""


def table(payload: RawPayload) -> Sequence[Sequence[str]]:
    """All rows with something in them, the heading first. Raises NotAsDocumented."""
    lines = _LINES.split(_text(payload).removeprefix("\ufeff"))
    return [[cell.strip() for cell in line.split("\t")] for line in lines if line.strip()]


def rows(payload: RawPayload) -> Sequence[dict[str, str]]:
    """The rows by the names of their columns: "Order ID", "order-id" and "order_id" are "order id"."""
    head, *found = table(payload) or [[]]
    names = [re.sub(r"[\s_-]+", " ", name).casefold() for name in head]
    return [dict(zip(names, row, strict=False)) for row in found]


def prepared_at(payload: RawPayload) -> datetime:
    """When Amazon made the report; when it came, where that is not said."""
    try:
        made = instant(datetime.fromisoformat(payload.headers.get("prepared", "")))
    except ValueError:
        made = payload.received_at
    return min(made, payload.recorded_at).astimezone(UTC)


def _text(payload: RawPayload) -> str:
    body = payload.body
    if payload.headers.get("compression"):
        body = _unpacked(body)
    named = _CHARSET.search(payload.headers.get("content-type", ""))
    for charset in (*((named[1],) if named else ()), "utf-8"):
        try:
            return body.decode(charset).replace("\0", "")
        except (LookupError, UnicodeError):
            continue
    return body.decode("cp1252", "replace").replace("\0", "")


def _unpacked(body: bytes) -> bytes:
    unpacking = zlib.decompressobj(_GZIP)
    try:
        found = unpacking.decompress(body, MOST_BYTES)
    except zlib.error as wrong:
        raise NotAsDocumented(f"not compressed as announced: {wrong}") from None
    if unpacking.unconsumed_tail:
        raise NotAsDocumented(f"The report is larger than {MOST_BYTES:,} bytes.")
    return found
