"""Answers into a ticket, and tickets that we open about an order.

Kaufland takes a message without telling its number, and takes no key of ours. So the ticket is read after each: what
stands there was taken, and what may have been taken is never sent again before it was looked for.
"""

from base64 import b64encode
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta
from http import HTTPStatus

import msgspec

from tresen.channels.answer_ways import AnswerWay
from tresen.channels.answered import answered_at, to_sender
from tresen.channels.feeds import Stopped
from tresen.channels.http import HttpOutcome, HttpResponse
from tresen.channels.inbound import Role
from tresen.channels.kaufland.asking import Missing, path_part, read, request
from tresen.channels.kaufland.shapes import OrderAsked, Ticket
from tresen.channels.kaufland.tickets import SELLER, TO_SERVICE, key_of, number_of
from tresen.channels.order_door import OrderRef
from tresen.channels.outbound import (
    NOT_CLOSED,
    Later,
    OutboundMessage,
    Refused,
    SendResult,
    Sent,
    StoreAccess,
    Uncertain,
)
from tresen.channels.starting import Opening, StartDoor
from tresen.channels.typed_json import NotAsDocumented, instant, read_json
from tresen.timekeeping import wall

LONGEST = 65_535
"""Characters of a message (OpenAPI 2.27.0)."""
ANSWER, INTERIM, CLOSE = "answer", "interim", "close"
WAYS = (
    AnswerWay(key=ANSWER, title="Answer", usual=True),
    AnswerWay(
        key=INTERIM,
        title="Interim notice: an answer is still owed",
        help_text="The ticket stays yours at Kaufland, and no clock stops. Not tried with a real account: see "
        "in the seller portal what the buyer gets.",
        answers=False,
    ),
    AnswerWay(
        key=CLOSE,
        title="Answer and close the ticket at Kaufland",
        help_text="It can’t be opened there again from here.",
    ),
)
AMONG_CLOCKS = timedelta(minutes=2)
"""So far apart Kaufland's clock and ours may be."""
MOST_UNITS = 5
"""So many pieces of an order are asked about their tickets."""


class _TicketAsked(msgspec.Struct, frozen=True):
    data: Ticket


class _Number(msgspec.Struct, frozen=True):
    id_ticket: str


class _OpenedTicket(msgspec.Struct, frozen=True):
    data: _Number


class _WithTickets(msgspec.Struct, frozen=True):
    tickets: Sequence[_Number] | None = None


class _UnitsTickets(msgspec.Struct, frozen=True):
    data: _WithTickets


def send(message: OutboundMessage, access: StoreAccess) -> SendResult:
    """One message into the ticket that was answered."""
    if not message.thread:
        return Refused(reason="This conversation did not come as a ticket: answer it where it came from.")
    if wrong := _not_fit(message):
        return Refused(reason=wrong)
    number = message.thread.removesuffix(TO_SERVICE)
    files = [
        {
            "filename": file.name,
            "mime_type": file.content_type,
            "data": f"data:{file.content_type};base64,{b64encode(file.content).decode()}",
        }
        for file in message.attachments
    ]
    body: dict[str, object] = {"text": message.text}
    if message.way == INTERIM:
        body["interim_notice"] = True
    if files:
        body["ticket_message_files"] = files
    asked = request(access, "POST", f"/tickets/{path_part(number)}/messages", body=body)
    answer = _taken(access.http.send(asked))
    if not isinstance(answer, HttpResponse):
        return answer
    if answer.status != HTTPStatus.CREATED:
        return Uncertain(reason=f"Kaufland answered {answer.status}.")
    closed = message.way != CLOSE or _close(number, access)
    found = find_sent(message, access)
    sent = found if isinstance(found, Sent) else Sent(external_id="", at=answered_at(answer, now=wall.now()))
    return replace(sent, answer="" if closed else NOT_CLOSED)


def _close(number: str, access: StoreAccess) -> bool:
    """Close the ticket there; False where that was refused, or nobody knows. What was written has left either way."""
    answer = access.http.send(request(access, "PATCH", f"/tickets/{path_part(number)}/close"))
    return isinstance(answer, HttpResponse) and answer.status == HTTPStatus.NO_CONTENT


def find_sent(message: OutboundMessage, access: StoreAccess) -> Sent | Stopped | None:
    """Our words in the ticket, not older than the answer; None where Kaufland shows none such.

    Nobody closes a ticket for an answer that was only found.
    """
    role = Role.OPERATOR if message.thread.endswith(TO_SERVICE) else Role.BUYER
    return _said_in(access, message.thread.removesuffix(TO_SERVICE), message, role)


def _taken(outcome: HttpOutcome) -> HttpResponse | Later | Refused | Uncertain:
    """A server that is busy may have taken it: it is looked for first."""
    if isinstance(outcome, HttpResponse) and outcome.status == HTTPStatus.SERVICE_UNAVAILABLE:
        return Uncertain(reason="Kaufland answered 503.")
    return to_sender(outcome)


def _said_in(access: StoreAccess, number: str, message: OutboundMessage, role: Role) -> Sent | Stopped | None:
    asked = read(access, _TicketAsked, f"/tickets/{path_part(number)}", ("embedded", "messages"))
    if isinstance(asked, Missing):
        return None
    if isinstance(asked, Stopped):
        return asked
    wanted = message.text.split()
    for one in sorted(asked.data.messages, key=lambda one: instant(one.ts_created_iso), reverse=True):
        if one.author.role != SELLER or one.text.split() != wanted:
            continue
        at = instant(one.ts_created_iso)
        if message.since is None or at >= message.since - AMONG_CLOCKS:
            return Sent(external_id=number_of(one, role), at=at, thread=key_of(number, role))
    return None


def _not_fit(message: OutboundMessage) -> str:
    return "" if 1 <= len(message.text) <= LONGEST else f"Kaufland takes 1 to {LONGEST} characters."


def _begin(opening: Opening, order: OrderRef, message: OutboundMessage, access: StoreAccess) -> SendResult:
    """A new ticket about all pieces of an order."""
    if wrong := _not_fit(message):
        return Refused(reason=wrong)
    if message.attachments:
        return Refused(reason="Kaufland takes no files with the first message of a ticket.")
    units = _units_of(access, order)
    if isinstance(units, Stopped):
        return units.later()
    if not units:
        return Refused(reason=f"Kaufland knows no order {order.number}.")
    body = {"id_order_unit": units, "reason": opening.key, "message": message.text}
    answer = _taken(access.http.send(request(access, "POST", "/tickets", body=body)))
    return _begun(answer, message, access) if isinstance(answer, HttpResponse) else answer


def _begun(answer: HttpResponse, message: OutboundMessage, access: StoreAccess) -> Sent:
    """It was taken; the ticket's number is told, the message's stands in the ticket."""
    at = answered_at(answer, now=wall.now())
    try:
        number = read_json(answer.body, _OpenedTicket).data.id_ticket
    except NotAsDocumented:
        return Sent(external_id="", at=at)
    found = _said_in(access, number, message, Role.BUYER)
    return found if isinstance(found, Sent) else Sent(external_id="", at=at, thread=number)


def _find_begun(
    _opening: Opening, order: OrderRef, message: OutboundMessage, access: StoreAccess
) -> Sent | Stopped | None:
    """Our words in one of the tickets about the order's pieces, not older than the message."""
    units = _units_of(access, order)
    if isinstance(units, Stopped):
        return units
    tickets = _tickets_about(access, units[:MOST_UNITS])
    if isinstance(tickets, Stopped):
        return tickets
    for number in tickets:
        found = _said_in(access, number, message, Role.BUYER)
        if found is not None:
            return found
    return None


def _units_of(access: StoreAccess, order: OrderRef) -> Sequence[int] | Stopped:
    found = read(access, OrderAsked, f"/orders/{path_part(order.number)}")
    if isinstance(found, Stopped):
        return found
    return [] if isinstance(found, Missing) else [unit.id_order_unit for unit in found.data.order_units]


def _tickets_about(access: StoreAccess, units: Iterable[int]) -> Sequence[str] | Stopped:
    numbers: list[str] = []
    for unit in units:
        found = read(access, _UnitsTickets, f"/order-units/{unit}", ("embedded", "tickets"))
        if isinstance(found, Stopped):
            return found
        if isinstance(found, _UnitsTickets):
            numbers += [one.id_ticket for one in found.data.tickets or ()]
    return list(dict.fromkeys(numbers))


START = StartDoor(
    openings=(Opening(key="contact_other", title="Message about the order", most=LONGEST),),
    send=_begin,
    find=_find_begun,
    own_thread=True,
)
