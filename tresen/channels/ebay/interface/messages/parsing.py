"""From a page of a conversation to what was said in it. Pure."""

from collections.abc import Sequence
from datetime import datetime

from tresen.channels.contract import (
    Ignored,
    Inbound,
    InboundFile,
    InboundMessage,
    OwnAnswer,
    PlatformLink,
    PlatformNotice,
    RawPayload,
    ReplyBy,
    ThreadKey,
    ThreadKeyKind,
    Unreadable,
)
from tresen.channels.ebay.interface.messages.reading import (
    ACCOUNT_HEADER,
    CONVERSATION_HEADER,
    FROM_EBAY,
    ITEM_HEADER,
)
from tresen.channels.ebay.interface.messages.shapes import Media, Message, MessagesPage
from tresen.channels.ebay.interface.orders.parsing import member
from tresen.channels.ebay.notices import read_notice
from tresen.channels.mailed.markup import Markup, text_of
from tresen.channels.mailed.messages import THE_FIRST, keys
from tresen.channels.typed_json import instant, read_json, read_value


def parse_conversation(payload: RawPayload) -> Sequence[Inbound]:
    """The messages of a page, the oldest first. Raises NotAsDocumented for what is no page."""
    page = read_json(payload.body, MessagesPage)
    by_ebay = payload.about.endswith(FROM_EBAY)
    found = [_one(told, payload, by_ebay=by_ebay) for told in page.messages or ()]
    found.sort(key=lambda each: getattr(each, "occurred_at", THE_FIRST))
    return tuple(found) or (Ignored(reason="empty_page"),)


def _one(told: object, payload: RawPayload, *, by_ebay: bool) -> Inbound:
    try:
        message = read_value(told, Message)
        at = min(instant(message.created_date), payload.recorded_at)
    except ValueError as wrong:
        number = told.get("messageId", "") if isinstance(told, dict) else ""
        return Unreadable(reason="not_as_documented", subject=str(number)[:80], excerpt=str(wrong))
    accounts = payload.headers.get(ACCOUNT_HEADER, "").lower().split()
    sender, recipient = (name.strip() if name else "" for name in (message.sender_username, message.recipient_username))
    if by_ebay:
        return _notice(message, payload, at=at)
    if not accounts or not sender:
        return Unreadable(reason="sender_unknown", subject=message.subject or "", excerpt=message.message_body or "")
    if sender.lower() in accounts:
        return _own_answer(message, payload, at=at, recipient=recipient)
    return _message(message, payload, at=at, sender=sender)


def _message(message: Message, payload: RawPayload, *, at: datetime, sender: str) -> InboundMessage:
    said = (message.message_body or "").strip()
    files = _files(message)
    return InboundMessage(
        external_id=message.message_id,
        sender=member(sender),
        occurred_at=at,
        subject=message.subject or "",
        text=said or "\n".join(one.name for one in files),
        reply_by=ReplyBy.THREAD,
        thread_keys=_keys(payload, sender),
        item_ids=_items(payload),
        files=files,
    )


def _own_answer(message: Message, payload: RawPayload, *, at: datetime, recipient: str) -> OwnAnswer:
    return OwnAnswer(
        external_id=message.message_id,
        occurred_at=at,
        text=(message.message_body or "").strip(),
        subject=message.subject or "",
        buyer_name=recipient,
        thread_keys=_keys(payload, recipient),
    )


def _notice(message: Message, payload: RawPayload, *, at: datetime) -> PlatformNotice:
    """EBay writes in HTML, as in its mails."""
    body = message.message_body or ""
    html = body if "</" in body else ""
    site = payload.store.marketplace if payload.store else None
    return PlatformNotice(
        external_id=message.message_id,
        occurred_at=at,
        html=html,
        links=tuple(PlatformLink(kind="file", url=one.media_url or "") for one in _media(message)),
        **read_notice(message.subject or "", _words(html) if html else body, at=at, marketplace=site),
    )


def _keys(payload: RawPayload, name: str) -> tuple[ThreadKey, ...]:
    return (
        *keys(ThreadKeyKind.THREAD, (payload.headers.get(CONVERSATION_HEADER, ""),)),
        *keys(ThreadKeyKind.BUYER, (name.lower(),)),
    )


def _items(payload: RawPayload) -> tuple[str, ...]:
    item = payload.headers.get(ITEM_HEADER, "")
    return (item,) if item else ()


def _words(html: str) -> str:
    return "\n\n".join(text_of(body) for body in Markup(html).elements("body"))


def _media(message: Message) -> Sequence[Media]:
    return [one for one in message.message_media or () if one.media_url]


def _files(message: Message) -> tuple[InboundFile, ...]:
    """Files stay at eBay: what comes is where each lies."""
    return tuple(
        InboundFile(
            reference=one.media_url or "",
            name=one.media_name or one.media_type or "",
            content_type=_TYPES.get(one.media_type or "", ""),
        )
        for one in _media(message)
    )


_TYPES = {"PDF": "application/pdf", "TXT": "text/plain", "DOC": "application/msword"}
