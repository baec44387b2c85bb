"""Answers into a chat: pictures first, each a message of its own, then the words.

TikTok Shop takes no key of ours. What may have been taken is never sent again before the chat was looked at.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import timedelta

import msgspec

from tresen.channels.answered import answered_at, to_sender
from tresen.channels.feeds import Stopped
from tresen.channels.http import HttpOutcome, HttpRequest, HttpResponse
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
from tresen.channels.tiktok_shop.asking import AMONG_CLOCKS, NO_MESSAGES, moment, path_part, read, request, understood
from tresen.channels.tiktok_shop.contents import said
from tresen.channels.tiktok_shop.messages import OURS
from tresen.channels.tiktok_shop.reading import CHATS_A_PAGE, page_of_chat
from tresen.channels.tiktok_shop.shapes import ChatMessage, Conversations, Messages
from tresen.channels.typed_json import NotAsDocumented, read_value
from tresen.timekeeping import wall

LONGEST = 2_000
"""Characters of a text, as third parties have it from the Partner Center's page (2026-09)."""
LARGEST = 10_000_000
PICTURES = frozenset({"image/jpeg", "image/png", "image/gif", "image/webp"})
MOST_PAGES = 3
"""So many pages of a chat are looked through for an answer."""
CLOSED = "TikTok Shop takes no message in this chat at present."
NOT_A_CHAT = "This conversation did not come as a chat: answer it where it came from."


class _Written(msgspec.Struct, frozen=True):
    message_id: str = ""


class _Picture(msgspec.Struct, frozen=True):
    url: str
    width: int
    height: int


def send(message: OutboundMessage, access: StoreAccess) -> SendResult:
    """The answer in the chat that was answered."""
    if not message.thread:
        return Refused(reason=NOT_A_CHAT)
    if wrong := unfit(message):
        return Refused(reason=wrong)
    if stopped := _shut(access, message.thread):
        return stopped
    pictures = _uploaded(access, message)
    if isinstance(pictures, Later | Refused):
        return pictures
    for place, picture in enumerate(pictures):
        taken = say(access, message.thread, "IMAGE", msgspec.to_builtins(picture))
        if not isinstance(taken, Sent):
            return _partly(taken, place)
    taken = say(access, message.thread, "TEXT", {"content": message.text})
    return taken if isinstance(taken, Sent) else _partly(taken, len(pictures))


def find_sent(message: OutboundMessage, access: StoreAccess) -> Sent | Stopped | None:
    """Our words in the chat, not older than the answer; None where TikTok Shop shows none such."""
    wanted = message.text.split()
    place = ""
    for _page in range(MOST_PAGES):
        answer = page_of_chat(access, message.thread, place)
        if isinstance(answer, Stopped):
            return answer
        page = understood(answer, Messages)
        if isinstance(page, Stopped):
            return page
        for told in page.messages:
            one = _ours(told)
            if one is None or said(one.type, one.content).text.split() != wanted:
                continue
            at = moment(one.create_time)
            if message.since is None or at >= message.since - AMONG_CLOCKS:
                return Sent(external_id=one.id, at=at, thread=message.thread)
        if page.next_page_token in {"", place}:
            break
        place = page.next_page_token
    return None


def _ours(told: object) -> ChatMessage | None:
    """A text that somebody of ours wrote; None for all else, and for what can't be read."""
    try:
        one = read_value(told, ChatMessage)
        said(one.type, one.content)
        moment(one.create_time)
    except NotAsDocumented:
        return None
    return one if one.sender.role in OURS and one.type == "TEXT" else None


def unfit(message: OutboundMessage) -> str:
    """Why TikTok Shop does not take it; empty where it does."""
    if not 1 <= len(message.text) <= LONGEST:
        return f"TikTok Shop takes 1 to {LONGEST} characters."
    for file in message.attachments:
        if file.content_type not in PICTURES:
            return f"TikTok Shop takes pictures alone (JPEG, PNG, GIF, WebP); {file.name} is none."
        if len(file.content) > LARGEST:
            return f"TikTok Shop takes pictures of 10 MB at most; {file.name} is larger."
    return ""


def _shut(access: StoreAccess, chat: str) -> Later | Refused | None:
    """Whether TikTok Shop says that it takes nothing there: that stands in the list of chats, among the newest."""
    newest = request(access, "GET", "/customer_service/202309/conversations", ("page_size", str(CHATS_A_PAGE)))
    found = read(access, Conversations, newest)
    if isinstance(found, Stopped):
        return Refused(reason=NO_MESSAGES) if found.lacks else found.later()
    shut = any(one.id == chat and not one.can_send_message for one in found.conversations)
    return Refused(reason=CLOSED) if shut else None


def _uploaded(access: StoreAccess, message: OutboundMessage) -> Sequence[_Picture] | Later | Refused:
    """The pictures, brought to TikTok Shop: the buyer sees nothing of that."""
    found = []
    for file in message.attachments:
        outcome = to_sender(access.http.send(_upload(access, file, message.idempotency_key)))
        if isinstance(outcome, Uncertain):
            return Later(after=timedelta(minutes=1), reason=outcome.reason)
        if not isinstance(outcome, HttpResponse):
            return outcome
        picture = understood(outcome, _Picture)
        if isinstance(picture, Stopped):
            return Refused(reason=picture.reason)
        found.append(picture)
    return found


def _upload(access: StoreAccess, file: OutboundAttachment, key: str) -> HttpRequest:
    kind, body = multipart((), [("data", file)], key=f"{key}/{file.name}")
    plain = request(access, "POST", "/customer_service/202309/images/upload")
    return HttpRequest(
        method="POST",
        address=plain.address,
        allowance=plain.allowance,
        query=plain.query,
        headers={"Accept": "application/json", "Content-Type": kind},
        body=body,
    )


def say(access: StoreAccess, chat: str, kind: str, content: Mapping[str, object]) -> SendResult:
    """One message; what stands in it is JSON in a text."""
    path = f"/customer_service/202606/conversations/{path_part(chat)}/messages"
    told = {"type": kind, "content": json.dumps(content, ensure_ascii=False)}
    outcome: HttpOutcome = access.http.send(request(access, "POST", path, told=told))
    answer = to_sender(outcome)
    if not isinstance(answer, HttpResponse):
        return answer
    written = understood(answer, _Written)
    number = written.message_id if isinstance(written, _Written) else ""
    return Sent(external_id=number, at=answered_at(answer, now=wall.now()), thread=chat)


def _partly(taken: SendResult, before: int) -> SendResult:
    """Where pictures are in the chat already, it must not be sent anew as a whole."""
    if not before or isinstance(taken, Sent):
        return taken
    return Uncertain(reason=f"{before} pictures are in the chat. {taken.reason}")
