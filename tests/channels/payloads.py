"""Recorded payloads and the two instants every test may lean on."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from tresen.channels.contract import RawPayload, Source, StoreView
from tresen.mail.mime import parse_mail

HERE = Path(__file__).parent
RECEIVED = datetime(2026, 11, 20, 18, 40, tzinfo=UTC)
RECORDED = datetime(2026, 11, 20, 18, 41, tzinfo=UTC)
RECEIVER = "mx.shop.example"
BESIDE = ".headers"


def mail_payload(raw: bytes, *, store: StoreView | None = None, received_at: datetime = RECEIVED) -> RawPayload:
    """A mail as the mailbox hands it over."""
    return RawPayload(
        number=1,
        source=Source.MAIL,
        body=raw,
        received_at=received_at,
        recorded_at=max(RECORDED, received_at),
        store=store,
        mail=parse_mail(raw, trusted_receivers=(RECEIVER,)),
    )


def recorded(name: str, *, store: StoreView | None = None) -> RawPayload:
    """The payload in `tests/channels/<channel>/payloads/<file>`, named "<channel>/<file>".

    What a platform's interface gave lies in folders that say how and about what: `webhook/orders/updated/…json`. What
    was kept beside it stands in a file of the same name, `….headers`, as "name: value" in lines.
    """
    channel, _, file = name.partition("/")
    path = HERE / channel / "payloads" / file
    raw = path.read_bytes()
    if path.suffix == ".eml":
        return mail_payload(raw, store=store)
    source, about = _told(path.relative_to(HERE / channel / "payloads"), channel)
    return RawPayload(
        number=1,
        source=source,
        body=raw,
        received_at=RECEIVED,
        recorded_at=RECORDED,
        store=store,
        about=about,
        headers=_headers(path.with_suffix(BESIDE)),
    )


def _told(path: Path, channel: str) -> tuple[Source, str]:
    """ "webhook/orders/updated/part_refunded.json" is a webhook about "orders/updated"."""
    if len(path.parts) == 1:
        return (Source.CONSOLE if channel == "console" else Source.FORM), ""
    return Source(path.parts[0]), "/".join(path.parts[1:-1])


def _headers(path: Path) -> dict[str, str]:
    lines = path.read_text().splitlines() if path.is_file() else []
    return {name: value for name, _, value in (line.partition(": ") for line in lines)}


def recorded_paths() -> list[Path]:
    """The files of all recorded payloads."""
    return sorted(path for path in HERE.glob("*/payloads/**/*") if path.is_file() and path.suffix != BESIDE)


def channel_of(path: Path) -> str:
    """The channel that a recorded payload came from."""
    return path.relative_to(HERE).parts[0]


def recorded_mails() -> list[tuple[str, RawPayload]]:
    """All recorded mails, each with the channel it belongs to."""
    paths = sorted(HERE.glob("*/payloads/*.eml"))
    return [(path.parts[-3], recorded(f"{path.parts[-3]}/{path.name}")) for path in paths]


def at(payload: RawPayload, *, received_at: datetime, recorded_at: datetime) -> RawPayload:
    """The same payload at other times."""
    return replace(payload, received_at=received_at, recorded_at=recorded_at)


def written(*lines: str, headers: dict[str, str] | None = None) -> bytes:
    """A plain mail from its body's lines."""
    usual = {
        "From": "Bea Muster <bea@mail.example>",
        "To": "service@shop.example",
        "Subject": "Question",
        "Message-ID": "<1@mail.example>",
        "Date": "Fri, 20 Nov 2026 18:39:00 +0000",
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
    } | (headers or {})
    head = "\r\n".join(f"{name}: {value}" for name, value in usual.items() if value)
    return (head + "\r\n\r\n" + "\r\n".join(lines) + "\r\n").encode()
