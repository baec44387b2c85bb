"""From a message, and from what became of one of ours, to what it means. Pure."""

from collections.abc import Sequence
from datetime import datetime

from tresen.channels.contract import (
    IdentityKind,
    Ignored,
    Inbound,
    InboundFile,
    InboundMessage,
    PlatformLink,
    RawPayload,
    Receipt,
    ReplyBy,
    Sender,
    Stage,
    ThreadKey,
    ThreadKeyKind,
)
from tresen.channels.meta.shapes import moment
from tresen.channels.typed_json import NotAsDocumented
from tresen.channels.whatsapp.shapes import Card, Contact, Media, Status, Written

STAGES = {"sent": Stage.SENT, "delivered": Stage.DELIVERED, "read": Stage.READ, "failed": Stage.FAILED}
UNSUPPORTED, PLACE = "unsupported_there", "place"
_ENDINGS = {"image": ".jpg", "video": ".mp4", "audio": ".ogg", "sticker": ".webp", "document": ""}


def of_message(written: Written, contacts: Sequence[Contact], payload: RawPayload) -> Inbound:
    """What one message means."""
    if written.group_id and not _person(written, contacts)[0]:
        return Ignored(reason="nobody_named")
    match written.type:
        case "reaction":
            return Ignored(reason="reaction")
        case "system":
            return Ignored(reason="customers_account_changed")
        case "request_welcome" | "ephemeral":
            return Ignored(reason="message_without_words")
    person, name = _person(written, contacts)
    if not person:
        return Ignored(reason="nobody_named")
    text, files, links = _content(written)
    readable = bool(text or files or links)
    return InboundMessage(
        external_id=written.id,
        sender=Sender(kind=_kind(person), key=person, name=name),
        occurred_at=min(_at(written.timestamp, payload.received_at), payload.recorded_at),
        subject="",
        text=text,
        expects_answer=written.type != "sticker",
        reply_by=ReplyBy.THREAD,
        thread_keys=thread_keys(person),
        files=files,
        links=links,
        problems=() if readable else (UNSUPPORTED,),
    )


def of_status(status: Status, payload: RawPayload) -> Inbound:
    """What became of a message of ours."""
    stage = STAGES.get(status.status)
    if stage is None:
        return Ignored(reason="status_of_another_kind")
    wrong = "; ".join(f"{one.code} {one.title}" for one in status.errors or ())
    at = min(_at(status.timestamp, payload.received_at), payload.recorded_at)
    return Receipt(external_id=status.id, stage=stage, occurred_at=at, reason=wrong[:500])


def thread_keys(person: str) -> tuple[ThreadKey, ...]:
    """All that is said with one person is one conversation."""
    return (
        ThreadKey(kind=ThreadKeyKind.THREAD, value=person),
        ThreadKey(kind=ThreadKeyKind.BUYER, value=person),
    )


def _person(written: Written, contacts: Sequence[Contact]) -> tuple[str, str]:
    """The number in the form of E.164, else the id that holds for this business alone; and the name he has there."""
    number, user = written.sender or "", written.from_user_id or ""
    known = next((one for one in contacts if number and one.wa_id == number), None)
    known = known or next((one for one in contacts if user and one.user_id == user), None)
    known = known or (contacts[0] if len(contacts) == 1 else None)
    number = number or (known.wa_id if known else "") or ""
    user = user or (known.user_id if known else "") or ""
    name = known.profile.name if known and known.profile else ""
    return (f"+{number}" if number.isdecimal() else user), name


def _kind(person: str) -> IdentityKind:
    return IdentityKind.PHONE if person.startswith("+") else IdentityKind.USERNAME


def _content(written: Written) -> tuple[str, tuple[InboundFile, ...], tuple[PlatformLink, ...]]:
    parts = [written.text.body if written.text else "", *_chosen(written)]
    files, links = [], []
    for kind, ending in _ENDINGS.items():
        media: Media | None = getattr(written, kind)
        if media is not None:
            name = media.filename or f"{kind}{ending}"
            files.append(InboundFile(reference=media.id, name=name[:100], content_type=media.mime_type or ""))
            parts.append(media.caption or "")
    if written.location is not None:
        place = written.location
        parts += [place.name or "", place.address or ""]
        address = f"https://www.openstreetmap.org/?mlat={place.latitude}&mlon={place.longitude}"
        links.append(PlatformLink(kind=PLACE, url=address))
    parts += [_card(one) for one in written.contacts or ()]
    text = "\n".join(part.strip() for part in parts if part and part.strip())
    return text, tuple(files), tuple(links)


def _chosen(written: Written) -> Sequence[str]:
    """The words of what was pressed, or ordered out of a catalogue."""
    offered = written.interactive
    pressed = [written.button, *((offered.button_reply, offered.list_reply) if offered else ())]
    lines = [one.text or one.title or "" for one in pressed if one is not None]
    if written.order is not None:
        lines += [written.order.text or ""]
        lines += [f"{one.quantity} × {one.product_retailer_id}" for one in written.order.product_items]
    return lines


def _card(card: Card) -> str:
    numbers = [one.phone for one in card.phones or () if one.phone]
    name = card.name.formatted_name if card.name else ""
    return " · ".join(part for part in (name or "", *numbers) if part)


def _at(told: str, fallback: datetime) -> datetime:
    if not told.isascii() or not told.isdecimal() or len(told) > 15:  # noqa: PLR2004 - no time of this world is longer
        raise NotAsDocumented(f"{told[:40]} is no time.")
    return moment(int(told), fallback)
