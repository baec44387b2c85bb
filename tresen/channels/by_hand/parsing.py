"""What was logged, as messages: the customer's words, and what became of them while they were said."""

from collections.abc import Sequence
from datetime import UTC, datetime

from tresen.channels.by_hand.log import LONGEST, MAX_LINE, OWN_KEY, Ended, Log, facts_of, promise_facts, read_log
from tresen.channels.contract import (
    Inbound,
    InboundAttachment,
    InboundMessage,
    OwnAnswer,
    RawPayload,
    ReplyBy,
    Sender,
    Surface,
    ThreadKey,
    ThreadKeyKind,
    Unreadable,
)
from tresen.channels.mailed.messages import THE_FIRST, keys, unique
from tresen.channels.mailed.subjects import subject_from


def parse(payload: RawPayload) -> Sequence[Inbound]:
    """The message of who called, wrote or came, and our answer where one was given; or the answer alone."""
    found = read_log(payload.body)
    if found is None:
        excerpt = payload.body[:200].decode("utf-8", "replace").replace("\0", "")
        return (Unreadable(reason="not_a_log", excerpt=excerpt),)
    log, files = found
    text = _words(log.text, LONGEST)
    if not text:
        return (Unreadable(reason="no_message", sender=log.who_name[:MAX_LINE]),)
    if log.ended is Ended.GIVEN:
        return (_answer(payload, log, text, files),)
    said = _message(payload, log, text, files)
    return (said,) if log.ended is Ended.OPEN else (said, _answer(payload, log, ""))


def _message(payload: RawPayload, log: Log, text: str, files: tuple[InboundAttachment, ...]) -> InboundMessage:
    orders = unique(filter(None, (_line(one) for one in log.order_number.split(","))))
    key = log.who_key if log.who_channel else _line(log.who_key) or f"{OWN_KEY}{log.id}"
    buyer = keys(ThreadKeyKind.BUYER, (key.lower(),))
    return InboundMessage(
        external_id=log.id,
        sender=Sender(
            kind=log.who_kind, key=key, name=_line(log.who_name), channel=log.who_channel, realm=log.who_realm
        ),
        occurred_at=_occurred_at(payload, log),
        subject=subject_from(text),
        text=text,
        full_text=text,
        reply_by=ReplyBy.BY_HAND,
        thread_keys=(*_threads(log), *keys(ThreadKeyKind.ORDER, orders), *buyer),
        order_ids=orders,
        attachments=files,
        surface=Surface.BY_HAND,
        extra=facts_of(log),
    )


def _answer(payload: RawPayload, log: Log, text: str, files: tuple[InboundAttachment, ...] = ()) -> OwnAnswer:
    return OwnAnswer(
        external_id=f"{log.id}/answer",
        occurred_at=_occurred_at(payload, log),
        text=text,
        subject=subject_from(text),
        thread_keys=_threads(log),
        attachments=files,
        surface=Surface.BY_HAND,
        extra=facts_of(log) | promise_facts(log),
    )


def _threads(log: Log) -> tuple[ThreadKey, ...]:
    """The ticket that it was logged about, else what holds words and answer together."""
    return keys(ThreadKeyKind.THREAD, (_line(log.thread) or f"{OWN_KEY}{log.id}",))


def _occurred_at(payload: RawPayload, log: Log) -> datetime:
    return max(THE_FIRST, min(log.at, payload.recorded_at)).astimezone(UTC)


def _words(text: str, longest: int) -> str:
    return text.encode("utf-8", "replace").decode().replace("\0", "").replace("\r\n", "\n").strip()[:longest]


def _line(text: str) -> str:
    return " ".join(_words(text, MAX_LINE).split())
