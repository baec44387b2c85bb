"""Answers: into a conversation, below a comment, or once to a comment's writer alone.

After the first day only what a person wrote may leave, marked as such; the mark is never set for anything else. Meta
takes no key of ours: what may have been taken is looked for in the conversation.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

import msgspec

from tresen.channels.answer_ways import EDIT
from tresen.channels.answered import answered_at
from tresen.channels.contract import Author
from tresen.channels.feeds import Stopped
from tresen.channels.http import HttpRequest, HttpResponse
from tresen.channels.meta.account import ACCOUNT, Account
from tresen.channels.meta.asking import PRIVATE_REPLIES, SENDING, own, part, read, request, taken
from tresen.channels.meta.comments import COMMENT, PRIVATE, PUBLIC
from tresen.channels.meta.messages import FILE_OF_OURS, TALK
from tresen.channels.meta.shapes import written_at
from tresen.channels.meta.talks import Person, Talks
from tresen.channels.multipart import multipart
from tresen.channels.outbound import (
    Later,
    OutboundAttachment,
    OutboundMessage,
    Refused,
    SendResult,
    Sent,
    StoreAccess,
    Uncertain,
)
from tresen.channels.typed_json import NotAsDocumented, read_json
from tresen.timekeeping import wall

FOR_PEOPLE = "human_agent_window"
"""The window's key in the rules, after the one for everybody has closed."""
NO_FILES = "%(channel)s takes no files from here: send them in its own app."
NO_FILES_BELOW = "Below a comment no files can be sent: answer in words."
NOT_A_PERSONS = "So long after the customer’s last words only a person may answer, and nobody has written this."
NOT_SHOWN = "Meta does not show what was sent to a comment’s writer alone."
NO_WAY = "Nobody has chosen whether all may read this."
AMONG_CLOCKS = timedelta(minutes=2)
_WITHOUT_WORDS = "The files were taken, the words were not:"
_KINDS = ("image", "video", "audio")


class _Taken(msgspec.Struct, frozen=True):
    message_id: str = ""
    id: str = ""


class _Below(msgspec.Struct, frozen=True):
    id: str
    by: Person | None = msgspec.field(default=None, name="from")
    message: str = ""
    text: str = ""
    created_time: str = ""
    timestamp: str = ""


class _AllBelow(msgspec.Struct, frozen=True):
    data: list[_Below]


def send(message: OutboundMessage, access: StoreAccess, *, of: Account) -> SendResult:
    """One message, or one comment."""
    if message.thread.startswith(COMMENT):
        return _below(message, access, of)
    if not message.thread.startswith(TALK):
        return Refused(reason="This conversation is none of this channel’s: answer it where it came from.")
    if message.attachments and not of.files:
        return Refused(reason=NO_FILES % {"channel": of.title})
    if message.window == FOR_PEOPLE and message.author is not Author.PERSON:
        return Refused(reason=NOT_A_PERSONS)
    return _into_talk(message, access, of)


def find_sent(message: OutboundMessage, access: StoreAccess, *, of: Account) -> Sent | Stopped | None:
    """Our words where they would stand, not older than the answer; None where Meta shows none such."""
    below = message.thread.startswith(COMMENT)
    if below and message.way != PUBLIC:
        return Stopped(reason=NOT_SHOWN)
    try:
        return (_find_below if below else _find_said)(message, access, of)
    except NotAsDocumented as wrong:
        return Stopped(reason=str(wrong))


def _into_talk(message: OutboundMessage, access: StoreAccess, of: Account) -> SendResult:
    recipient = {"id": message.thread.removeprefix(TALK)}
    parts = _files(message, access, of, recipient)
    if not isinstance(parts, tuple):
        return parts
    result = _posted(message, access, of, {"recipient": recipient, **_mark(message), "message": {"text": message.text}})
    if isinstance(result, Sent):
        return replace(result, parts=parts)
    return Uncertain(reason=f"{_WITHOUT_WORDS} {result.reason}"[:500], parts=parts) if parts else result


def _mark(message: OutboundMessage) -> Mapping[str, str]:
    """That it is an answer; after the first day, that a person wrote it."""
    if message.window == FOR_PEOPLE:
        return {"messaging_type": "MESSAGE_TAG", "tag": "HUMAN_AGENT"}
    return {"messaging_type": "RESPONSE"}


def _posted(message: OutboundMessage, access: StoreAccess, of: Account, body: Mapping[str, object]) -> SendResult:
    allowance = PRIVATE_REPLIES if message.way == PRIVATE else SENDING
    asked = request(access, of, "POST", f"{own(access)}/messages", allowance=allowance, body=msgspec.json.encode(body))
    return _sent(taken(access.http.send(asked)))


def _sent(answer: HttpResponse | SendResult) -> SendResult:
    """What was taken, by Meta's number of it."""
    if not isinstance(answer, HttpResponse):
        return answer
    try:
        told = read_json(answer.body, _Taken)
    except NotAsDocumented as wrong:
        return Uncertain(reason=str(wrong))
    number = told.message_id or told.id
    if not number:
        return Uncertain(reason="Meta took it and told no number.")
    return Sent(external_id=number, at=answered_at(answer, now=wall.now()))


def _files(
    message: OutboundMessage, access: StoreAccess, of: Account, recipient: Mapping[str, str]
) -> tuple[str, ...] | Later | Refused | Uncertain:
    """The numbers of the files, which leave before the words, each as a message of its own.

    So the words, found there, prove that all of it has left; and a file that can't be sent keeps the words back.
    """
    parts: tuple[str, ...] = ()
    for place, file in enumerate(message.attachments):
        result = _sent(taken(access.http.send(_of_file(message, file, place, access, of, recipient))))
        if isinstance(result, Sent):
            parts = (*parts, result.external_id)
        elif parts:
            return Uncertain(reason=f"“{file.name}”: {result.reason}"[:500], parts=parts)
        else:
            return replace(result, reason=f"“{file.name}”: {result.reason}"[:500])
    return parts


def _of_file(
    message: OutboundMessage,
    file: OutboundAttachment,
    place: int,
    access: StoreAccess,
    of: Account,
    recipient: Mapping[str, str],
) -> HttpRequest:
    kind = file.content_type.partition("/")[0]
    about = {"attachment": {"type": kind if kind in _KINDS else "file", "payload": {}}, "metadata": FILE_OF_OURS}
    fields = [("recipient", "application/json", _written(recipient)), ("message", "application/json", _written(about))]
    fields += [(name, "text/plain", value) for name, value in _mark(message).items()]
    named, body = multipart(fields, [("filedata", file)], key=f"{message.idempotency_key}/{place}")
    return request(access, of, "POST", f"{own(access)}/messages", allowance=SENDING, body=body, kind=named)


def _below(message: OutboundMessage, access: StoreAccess, of: Account) -> SendResult:
    if message.attachments:
        return Refused(reason=NO_FILES_BELOW)
    comment = _comment(message)
    match message.way:
        case "private":
            recipient = {"comment_id": comment}
            return _posted(message, access, of, {"recipient": recipient, "message": {"text": message.text}})
        case "public":
            body = msgspec.json.encode({"message": message.text})
            path = f"{part(comment)}/{of.replies}"
            return _sent(taken(access.http.send(request(access, of, "POST", path, allowance=SENDING, body=body))))
        case _:
            return Refused(reason=NO_WAY)


def _comment(message: OutboundMessage) -> str:
    """The comment that is answered."""
    return (message.in_reply_to or message.thread.removeprefix(COMMENT)).partition(EDIT)[0]


def _find_said(message: OutboundMessage, access: StoreAccess, of: Account) -> Sent | Stopped | None:
    fields = "messages.limit(20){id,created_time,from,message}"
    query = (("platform", of.platform), ("user_id", message.thread.removeprefix(TALK)), ("fields", fields))
    found = read(access, Talks, request(access, of, "GET", f"{own(access)}/conversations", *query))
    if isinstance(found, Stopped):
        return found
    for said in (one for talk in found.data for one in (talk.messages.data if talk.messages else ())):
        ours = said.by is not None and str(said.by.id) == access.setting(ACCOUNT)
        if ours and _is_it(message, said.message or "", written_at(said.created_time)):
            return Sent(external_id=said.id, at=written_at(said.created_time))
    return None


def _find_below(message: OutboundMessage, access: StoreAccess, of: Account) -> Sent | Stopped | None:
    comment = _comment(message)
    fields = f"id,from,{of.words},{'created_time' if of.words == 'message' else 'timestamp'}"
    found = read(access, _AllBelow, request(access, of, "GET", f"{part(comment)}/{of.replies}", ("fields", fields)))
    if isinstance(found, Stopped):
        return found
    for one in found.data:
        ours = one.by is not None and str(one.by.id) == access.setting(ACCOUNT)
        at = written_at(one.created_time or one.timestamp)
        if ours and _is_it(message, one.message or one.text, at):
            return Sent(external_id=one.id, at=at)
    return None


def _is_it(message: OutboundMessage, text: str, at: datetime) -> bool:
    return text.split() == message.text.split() and (message.since is None or at >= message.since - AMONG_CLOCKS)


def _written(value: object) -> str:
    return msgspec.json.encode(value).decode()
