"""`tresen parse`: what a payload of a platform means, without keeping anything of it."""

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from tresen.channels.contract import Connector, Ignored, Inbound, RawPayload, Source, StoreView
from tresen.channels.webhooks import Webhook
from tresen.mail.mime import parse_mail
from tresen.stores.recognising import connector_named
from tresen.timekeeping import wall

LONGEST = 400
"""Characters of one value that are shown."""
MAIL_ENDINGS = frozenset({".eml", ".mbox", ".msg"})


def add_options(parser: argparse.ArgumentParser) -> None:
    """Which payload, and how it came."""
    parser.add_argument("--channel", required=True, help="the channel's key, as amazon")
    parser.add_argument("--source", choices=[one.value for one in Source], help="how it came (.eml: mail, else: api)")
    parser.add_argument("--about", default="", help="what was asked or told, as orders or orders/updated")
    parser.add_argument("--marketplace", default="", help="the store's marketplace, as amazon.de")
    parser.add_argument("--header", action="append", default=[], metavar="NAME=VALUE", help="said beside the bytes")
    parser.add_argument("file", help="the payload as it came; - reads it from the standard input")


def run(options: argparse.Namespace) -> int:
    """Say what it means; 1 when nothing of it could be read, 2 when it could not be tried."""
    try:
        connector = connector_named(options.channel)
        body = sys.stdin.buffer.read() if options.file == "-" else Path(options.file).read_bytes()
        headers = dict(_header(given) for given in options.header)
    except (LookupError, OSError, ValueError) as wrong:
        print(wrong, file=sys.stderr)
        return 2
    payload = _payload(options, body, headers, connector)
    meanings = connector.parse(payload)
    print("\n\n".join("\n".join(lines_of(meaning)) for meaning in meanings))
    print(f"\n{summary_of(meanings)}")
    if all(isinstance(meaning, Ignored) and meaning.reason in _OF_ANOTHER_KIND for meaning in meanings):
        print(_hint(connector, payload), file=sys.stderr)
    return 1 if meanings and all(type(meaning).__name__ == "Unreadable" for meaning in meanings) else 0


def lines_of(meaning: Inbound) -> Iterator[str]:
    """One meaning, a line for each value that was told."""
    yield type(meaning).__name__
    for each in fields(meaning):
        yield from _lines(each.name, getattr(meaning, each.name), indent=1)


def summary_of(meanings: Sequence[Inbound]) -> str:
    """How many of which kind."""
    kinds = [type(meaning).__name__ for meaning in meanings]
    counted = {kind: kinds.count(kind) for kind in dict.fromkeys(kinds)}
    return ", ".join(f"{many} × {kind}" for kind, many in counted.items()) or "Nothing."


_OF_ANOTHER_KIND = {
    *("asked_by_nobody", "answer_of_another_kind", "nothing_we_asked_for"),
    "webhook_of_another_topic",
}


def _hint(connector: Connector, payload: RawPayload) -> str:
    """What to add, where nothing said what the bytes are."""
    said = f"Nothing is known of “{payload.about}” here." if payload.about else "Nothing says what this is."
    door = connector.webhooks
    told = f", or --source webhook --about {door.topics[0]} for what it told by itself" if door else ""
    page = f"docs/channels/{connector.key}.md"
    return f"{said} Add --about with what the platform was asked for{told}; {page} has whole lines."


def _payload(options: argparse.Namespace, body: bytes, headers: dict[str, str], connector: Connector) -> RawPayload:
    source = Source(options.source) if options.source else _usual_source(options.file)
    about = options.about
    if not about and connector.webhooks and (source is Source.WEBHOOK or (not options.source and source is Source.API)):
        about = connector.webhooks.told(Webhook(body=body, headers=headers)).about
        source = Source.WEBHOOK if about else source
    now = wall.now()
    return RawPayload(
        number=0,
        source=source,
        body=body,
        received_at=now,
        recorded_at=now,
        store=StoreView(id=0, channel=options.channel, marketplace=options.marketplace),
        mail=parse_mail(body, trusted_receivers=()) if source is Source.MAIL else None,
        about=about,
        headers=headers,
    )


def _usual_source(file: str) -> Source:
    return Source.MAIL if Path(file).suffix.lower() in MAIL_ENDINGS else Source.API


def _header(given: str) -> tuple[str, str]:
    name, equals, value = given.partition("=")
    if not equals or not name.strip():
        raise ValueError(f"“{given}” is no header: write NAME=VALUE.")
    return name.strip().lower(), value


def _lines(name: str, value: object, *, indent: int) -> Iterator[str]:
    """Nothing is said of what was not told."""
    if value is None or (not value and value != 0) or value is False:
        return
    before = "  " * indent
    if is_dataclass(value):
        yield f"{before}{name}:"
        for each in fields(value):
            yield from _lines(each.name, getattr(value, each.name), indent=indent + 1)
    elif isinstance(value, list | tuple):
        for position, one in enumerate(value, start=1):
            yield from _lines(f"{name} {position}", one, indent=indent)
    else:
        yield f"{before}{name}: {_words(value)}"


def _words(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, bytes):
        return f"{len(value):,} bytes"
    text = value.value if isinstance(value, StrEnum) else str(value)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]} … ({len(text):,} characters)"
