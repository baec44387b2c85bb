"""Answers: words, files, and approved templates. Each is one message there; files are uploaded before any leaves.

WhatsApp takes no key of ours and shows no conversations: whether it took a message whose answer was lost, a person
decides. What became of those that it took it tells by webhook.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import msgspec

from tresen.channels.answered import LATER, answered_at
from tresen.channels.http import HttpResponse
from tresen.channels.meta.account import WHATSAPP
from tresen.channels.meta.asking import SENDING, own, request, taken
from tresen.channels.multipart import multipart
from tresen.channels.outbound import (
    Later,
    OutboundAttachment,
    OutboundMessage,
    Refused,
    SendResult,
    Sent,
    StoreAccess,
    TemplateUse,
    Uncertain,
)
from tresen.channels.typed_json import NotAsDocumented, read_json
from tresen.timekeeping import wall

NO_FILES_WITH_IT = "An approved template leaves without files."
_KINDS = ("image", "video", "audio")


class _Number(msgspec.Struct, frozen=True):
    id: str


class _Taken(msgspec.Struct, frozen=True):
    messages: list[_Number]


def send(message: OutboundMessage, access: StoreAccess) -> SendResult:
    """One message, and one for each file."""
    person = message.thread
    if not person:
        return Refused(reason="This conversation is none of this channel’s: answer it where it came from.")
    if message.template is not None:
        if message.attachments:
            return Refused(reason=NO_FILES_WITH_IT)
        return _posted(access, person, {"type": "template", "template": _template(message.template)})
    uploaded = _uploaded(message, access)
    if isinstance(uploaded, Later | Refused | Uncertain):
        return uploaded
    answered = {"context": {"message_id": message.in_reply_to}} if message.in_reply_to else {}
    text = {"type": "text", "text": {"body": message.text, "preview_url": False}}
    result = _posted(access, person, {**answered, **text})
    return _with_files(uploaded, result, access, person) if isinstance(result, Sent) else result


def _posted(access: StoreAccess, person: str, content: Mapping[str, object]) -> SendResult:
    to = {"to": person.removeprefix("+")} if person.startswith("+") else {"recipient": person}
    body = {"messaging_product": "whatsapp", "recipient_type": "individual", **to, **content}
    asked = request(
        access, WHATSAPP, "POST", f"{own(access)}/messages", allowance=SENDING, body=msgspec.json.encode(body)
    )
    answer = taken(access.http.send(asked))
    if not isinstance(answer, HttpResponse):
        return answer
    try:
        told = read_json(answer.body, _Taken).messages
    except NotAsDocumented as wrong:
        return Uncertain(reason=str(wrong))
    if not told:
        return Uncertain(reason="WhatsApp took it and told no number.")
    # Taken is not arrived: what it says later may take it back.
    return Sent(external_id=told[0].id, at=answered_at(answer, now=wall.now()), provisional=True)


def _template(use: TemplateUse) -> Mapping[str, object]:
    told: dict[str, object] = {"name": use.name, "language": {"policy": "deterministic", "code": use.language}}
    if use.values:
        named = not all(name.isdecimal() for name, _ in use.values)
        parameters = [
            {"type": "text", "text": value, **({"parameter_name": name} if named else {})} for name, value in use.values
        ]
        told["components"] = [{"type": "body", "parameters": parameters}]
    return told


def _uploaded(
    message: OutboundMessage, access: StoreAccess
) -> Sequence[tuple[OutboundAttachment, str]] | Later | Refused | Uncertain:
    """The files with their numbers at WhatsApp, before anything leaves: one that it does not take keeps all back."""
    found = []
    for place, file in enumerate(message.attachments):
        number = _upload(message, file, place, access)
        if not isinstance(number, str):
            # Nobody has seen it there, whatever became of it.
            result = Later(after=LATER, reason=number.reason) if isinstance(number, Uncertain) else number
            return replace(result, reason=f"“{file.name}”: {result.reason}"[:500])
        found.append((file, number))
    return found


def _upload(
    message: OutboundMessage, file: OutboundAttachment, place: int, access: StoreAccess
) -> str | Later | Refused | Uncertain:
    kind, body = multipart(
        [("messaging_product", "text/plain", "whatsapp")], [("file", file)], key=f"{message.idempotency_key}/{place}"
    )
    asked = request(access, WHATSAPP, "POST", f"{own(access)}/media", allowance=SENDING, body=body, kind=kind)
    answer = taken(access.http.send(asked))
    if not isinstance(answer, HttpResponse):
        return answer
    try:
        return read_json(answer.body, _Number).id
    except NotAsDocumented as wrong:
        return Uncertain(reason=str(wrong))


def _with_files(
    files: Sequence[tuple[OutboundAttachment, str]], words: Sent, access: StoreAccess, person: str
) -> SendResult:
    """The files, each a message of its own; the first that is not taken is told, and nothing is sent again."""
    parts: tuple[str, ...] = ()
    for file, number in files:
        sort = file.content_type.partition("/")[0]
        sort = sort if sort in _KINDS else "document"
        about = {"id": number, **({"filename": file.name} if sort == "document" else {})}
        result = _posted(access, person, {"type": sort, sort: about})
        if not isinstance(result, Sent):
            reason = f"The words were taken, “{file.name}” was not: {result.reason}"[:500]
            return Uncertain(reason=reason, parts=(words.external_id, *parts))
        parts = (*parts, result.external_id)
    return replace(words, parts=parts)
