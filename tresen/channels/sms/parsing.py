"""What Twilio posts, understood: a person's message, and what became of one of ours. Pure.

Twilio tells no time of what it posts: that of its coming counts.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from tresen.channels.consent import ConsentWord
from tresen.channels.contract import (
    IdentityKind,
    Ignored,
    Inbound,
    InboundFile,
    InboundMessage,
    RawPayload,
    Receipt,
    ReplyBy,
    Sender,
    Source,
    Stage,
    ThreadKey,
    ThreadKeyKind,
    Unreadable,
)
from tresen.channels.outbound import THREAD
from tresen.channels.sms.numbers import is_number, thread_of
from tresen.channels.sms.signing import form_of
from tresen.channels.sms.words import Word, word_in

STAGES = {
    "sent": Stage.SENT,
    "delivered": Stage.DELIVERED,
    "read": Stage.READ,
    "undelivered": Stage.FAILED,
    "failed": Stage.FAILED,
    "canceled": Stage.FAILED,
}
MOST_FILES = 10
"""Of one message, as Twilio says."""
_ENDINGS = {"image/jpeg": ".jpg", "image/png": ".png", "image/gif": ".gif", "application/pdf": ".pdf"}
_LONGEST_ID = 64


def parse(payload: RawPayload) -> Sequence[Inbound]:
    """The message, with what it says of being written to; or how far one of ours has come."""
    if payload.source is not Source.WEBHOOK:
        return (_unreadable("not_of_this_channel", payload),)
    form = {name: _storable(values[0]) for name, values in form_of(payload.body).items()}
    number = form.get("MessageSid", "")
    if not number or len(number) > _LONGEST_ID:
        return (_unreadable("not_as_documented", payload),)
    at = min(payload.received_at, payload.recorded_at)
    if state := form.get("MessageStatus", ""):
        return (_status(number, state, form, at),)
    ours, theirs = form.get("To", ""), form.get("From", "")
    if not is_number(ours):
        return (_unreadable("not_as_documented", payload),)
    if not is_number(theirs):
        # A sender of letters ("DHL") takes no answers, and is no person.
        return (Ignored(reason="nobody_named"),)
    return _message(number, form, thread_of(ours, theirs), theirs, at)


def _message(number: str, form: Mapping[str, str], thread: str, person: str, at: datetime) -> Sequence[Inbound]:
    text, files = form.get("Body", "").strip(), _files(form)
    word = _word(form, text, files)
    message = InboundMessage(
        external_id=number,
        sender=Sender(kind=IdentityKind.PHONE, key=person),
        occurred_at=at,
        subject="",
        text=text,
        expects_answer=word is not Word.STOP,
        reply_by=ReplyBy.THREAD,
        thread_keys=(
            ThreadKey(kind=ThreadKeyKind.THREAD, value=thread),
            ThreadKey(kind=ThreadKeyKind.BUYER, value=person),
        ),
        files=files,
        extra={THREAD: thread},  # who writes to two of our numbers is answered from the one he wrote to last
    )
    if word is None:
        return (message,)
    return (message, ConsentWord(person=person, given=word is Word.START, occurred_at=at))


def _word(form: Mapping[str, str], text: str, files: Sequence[InboundFile]) -> Word | None:
    """What it says of being written to, in Twilio's reading or ours; a picture beside it takes no refusal back."""
    told = form.get("OptOutType", "").upper()
    word = Word(told.lower()) if told in {"STOP", "START"} else word_in(text)
    return word if word is Word.STOP or not files else None


def _files(form: Mapping[str, str]) -> tuple[InboundFile, ...]:
    told = form.get("NumMedia", "0")
    count = min(int(told), MOST_FILES) if told.isascii() and told.isdecimal() and len(told) < 4 else 0  # noqa: PLR2004
    found = []
    for place in range(count):
        address, kind = form.get(f"MediaUrl{place}", ""), form.get(f"MediaContentType{place}", "")[:100]
        if address:
            name = f"{place + 1}{_ENDINGS.get(kind, '')}"
            found.append(InboundFile(reference=address[:2000], name=name, content_type=kind))
    return tuple(found)


def _status(number: str, state: str, form: Mapping[str, str], at: datetime) -> Inbound:
    stage = STAGES.get(state)
    if stage is None:
        return Ignored(reason="status_of_another_kind")
    wrong = " ".join(part for part in (form.get("ErrorCode", ""), form.get("ErrorMessage", "")) if part)
    reason = (wrong or state)[:500] if stage is Stage.FAILED else ""
    return Receipt(external_id=number, stage=stage, occurred_at=at, reason=reason)


def _storable(text: str) -> str:
    return text.replace("\0", "").encode("utf-8", "replace").decode()


def _unreadable(reason: str, payload: RawPayload) -> Unreadable:
    return Unreadable(reason=reason, excerpt=_storable(payload.body[:200].decode("utf-8", "replace")))
