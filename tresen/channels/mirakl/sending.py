"""Answers into an operator's thread (M12), to the buyer, the operator or both; first messages about an order (OR43)."""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from http import HTTPStatus

import msgspec

from tresen.channels.answered import answered_at, to_reader, to_sender
from tresen.channels.feeds import Stopped
from tresen.channels.http import HttpRequest, HttpResponse
from tresen.channels.inbound import Role
from tresen.channels.mirakl.reading import path_part, request
from tresen.channels.mirakl.shapes import Thread
from tresen.channels.mirakl.threads import TO_OPERATOR, plain
from tresen.channels.multipart import multipart
from tresen.channels.order_door import OrderRef
from tresen.channels.outbound import OutboundMessage, Refused, SendResult, Sent, StoreAccess, Uncertain
from tresen.channels.starting import Opening, StartDoor, Unfit
from tresen.channels.typed_json import NotAsDocumented, instant, read_json
from tresen.timekeeping import wall

SHORTEST, LONGEST = 3, 50_000
"""Characters of a message (M12, read 2026-08)."""
MOST_BYTES = 30_000_000
AMONG_CLOCKS = timedelta(minutes=2)
"""So far apart the operator's clock and ours may be."""
_KINDS = {Role.BUYER: "CUSTOMER", Role.OPERATOR: "OPERATOR"}


class _Written(msgspec.Struct, frozen=True):
    message_id: str | None = None
    thread_id: str | None = None


class _Threads(msgspec.Struct, frozen=True):
    data: Sequence[Thread] = ()


def send(message: OutboundMessage, access: StoreAccess) -> SendResult:
    """One message into the thread that was answered."""
    if not message.thread:
        return Refused(reason="This conversation did not come by the operator's inbox: answer it there.")
    if wrong := _not_fit(message):
        return Refused(reason=wrong)
    thread = path_part(message.thread.removesuffix(TO_OPERATOR))
    body = {"body": message.text, "to": [{"type": kind} for kind in _reached(message)]}
    return _sent(access, f"/inbox/threads/{thread}/message", "message_input", body, message)


def find_sent(message: OutboundMessage, access: StoreAccess) -> Sent | Stopped | None:
    """Our words in the thread, not older than the answer; None where the operator shows none such."""
    thread = path_part(message.thread.removesuffix(TO_OPERATOR))
    answer = to_reader(access.http.send(request(access, "GET", f"/inbox/threads/{thread}")))
    if isinstance(answer, Stopped):
        return answer
    try:
        return _said_in(read_json(answer.body, Thread), message)
    except NotAsDocumented as wrong:
        return Stopped(reason=str(wrong))


def _said_in(thread: Thread, message: OutboundMessage) -> Sent | None:
    wanted = message.text.split()
    for one in reversed(thread.messages):
        ours = one.by.type == "SHOP_USER" and plain(one.body).split() == wanted
        if ours and (message.since is None or instant(one.date_created) >= message.since - AMONG_CLOCKS):
            return Sent(external_id=one.id, at=instant(one.date_created), thread=thread.id)
    return None


def _find_begun(
    _opening: Opening, order: OrderRef, message: OutboundMessage, access: StoreAccess
) -> Sent | Stopped | None:
    """Our words in one of the order's threads (M11), not older than the message."""
    about = (("entity_type", "MMP_ORDER"), ("entity_id", order.number), ("with_messages", "true"))
    answer = to_reader(access.http.send(request(access, "GET", "/inbox/threads", *about)))
    if isinstance(answer, Stopped):
        return answer
    try:
        threads = read_json(answer.body, _Threads).data
    except NotAsDocumented as wrong:
        return Stopped(reason=str(wrong))
    return next((found for thread in threads if (found := _said_in(thread, message))), None)


def _begin(opening: Opening, order: OrderRef, message: OutboundMessage, access: StoreAccess) -> SendResult:
    """A new thread about an order."""
    del opening
    if wrong := _not_fit(message):
        return Refused(reason=wrong)
    topic = {"type": "FREE_TEXT", "value": message.subject[:100] or order.number}
    body = {"body": message.text, "to": list(_reached(message)), "topic": topic}
    return _sent(access, f"/orders/{path_part(order.number)}/threads", "thread_input", body, message)


def _reached(message: OutboundMessage) -> Sequence[str]:
    usual = "OPERATOR" if message.thread.endswith(TO_OPERATOR) else "CUSTOMER"
    return [_KINDS[Role(one)] for one in message.to if one in set(_KINDS)] or [usual]


def _not_fit(message: OutboundMessage) -> str:
    if not SHORTEST <= len(message.text) <= LONGEST:
        return f"The operator takes {SHORTEST} to {LONGEST} characters."
    if sum(len(file.content) for file in message.attachments) > MOST_BYTES:
        return "The operator takes files of 30 MB together."
    return ""


def _sent(access: StoreAccess, path: str, part: str, told: object, message: OutboundMessage) -> SendResult:
    kind, body = multipart(
        [(part, "application/json", json.dumps(told))],
        [("files", file) for file in message.attachments],
        key=message.idempotency_key,
    )
    asked = request(access, "POST", path)
    answer = to_sender(access.http.send(_with_body(asked, kind, body)))
    return _accepted(answer, now=wall.now()) if isinstance(answer, HttpResponse) else answer


def _with_body(asked: HttpRequest, kind: str, body: bytes) -> HttpRequest:
    return HttpRequest(
        method=asked.method,
        address=asked.address,
        allowance=asked.allowance,
        query=asked.query,
        headers={**asked.headers, "Content-Type": kind},
        body=body,
    )


def _accepted(answer: HttpResponse, *, now: datetime) -> SendResult:
    """It was taken; an answer that we can't read says so all the same, but not under which number."""
    if answer.status not in {HTTPStatus.OK, HTTPStatus.CREATED}:
        return Uncertain(reason=f"The operator answered {answer.status}.")
    try:
        told = read_json(answer.body, _Written)
    except NotAsDocumented:
        told = _Written()
    return Sent(external_id=told.message_id or "", at=answered_at(answer, now=now), thread=told.thread_id or "")


def _unfit(_opening: Opening, text: str) -> Unfit | None:
    return None if len(text) >= SHORTEST else Unfit("The operator takes no text of less than three characters.")


START = StartDoor(
    openings=(Opening(key="order", title="Message about the order", most=LONGEST, subject=True),),
    send=_begin,
    find=_find_begun,
    unfit=_unfit,
    own_thread=True,
)
