"""Notes of an order: those for the buyer are mailed to him by the shop, and are the only words its interface sends."""

import html
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote

from tresen.channels.answered import answered_at, to_sender
from tresen.channels.feeds import Stopped
from tresen.channels.http import HttpResponse
from tresen.channels.inbound import Inbound, OwnAnswer, RawPayload, Unreadable
from tresen.channels.outbound import Later, OutboundMessage, Refused, SendResult, Sent, StoreAccess, Uncertain
from tresen.channels.typed_json import NotAsDocumented, instant, read_json, read_value
from tresen.channels.woocommerce.asking import Listed, read_as, request
from tresen.channels.woocommerce.orders import thread_keys
from tresen.channels.woocommerce.shapes import WooNote

NOTES = "notes"
NUMBER, ORDER = "number", "order"
"""The headers under which notes keep whose they are: their own answer does not say the number."""
AMONG_CLOCKS = timedelta(minutes=2)
SYSTEM = "system"
"""The author of what no person wrote: the shop's own words, plugins', and ours of a tracking number."""


def answers_in(payload: RawPayload) -> Iterator[Inbound]:
    """What somebody of the shop wrote to the buyer, here or in WordPress."""
    order, number = payload.headers.get(ORDER, ""), payload.headers.get(NUMBER, "")
    for told in read_json(payload.body, list[Any]):
        try:
            note = read_value(told, WooNote)
            occurred_at = min(instant(note.date_created_gmt), payload.recorded_at)
        except NotAsDocumented as wrong:
            yield Unreadable(reason="not_as_documented", subject=number, excerpt=str(wrong))
            continue
        if note.customer_note and note.author != SYSTEM and order and number:
            yield OwnAnswer(
                external_id=name_of(note.id),
                occurred_at=occurred_at,
                text=html.unescape(note.note).strip(),
                subject=number,
                order_ids=(number,),
                thread_keys=thread_keys(order, number),
            )


def name_of(note: int) -> str:
    """A note's id, told from other ids."""
    return f"note/{note}"


def send_note(order: str, message: OutboundMessage, access: StoreAccess, *, now: datetime) -> SendResult:
    """One note for the buyer of the order with this id."""
    if message.attachments:
        return Refused(reason="A note to the customer takes no files: answer by mail.")
    answer = write(access, order, message.text, by_person=True)
    if not isinstance(answer, HttpResponse):
        return answer
    try:
        written = name_of(read_json(answer.body, Listed).id)
    except NotAsDocumented:
        written = ""
    return Sent(external_id=written, at=answered_at(answer, now=now), thread=order)


def write(access: StoreAccess, order: str, text: str, *, by_person: bool) -> HttpResponse | Later | Refused | Uncertain:
    """Ask once. The shop sends notes as HTML: a "<" of ours must not begin a tag."""
    told = {"note": text.replace("<", "&lt;"), "customer_note": True, "added_by_user": by_person}
    return to_sender(access.http.send(request(access, "POST", f"/orders/{quote(order, safe='')}/notes", told=told)))


def notes_for_buyer(access: StoreAccess, order: str) -> Sequence[WooNote] | Stopped:
    """All that the shop has mailed about the order."""
    return read_as(access, f"/orders/{quote(order, safe='')}/notes", list[WooNote], ("type", "customer"))


def find_note(order: str, message: OutboundMessage, access: StoreAccess) -> Sent | Stopped | None:
    """Our words among the order's notes, not older than the message; None where there are none such."""
    notes = notes_for_buyer(access, order)
    if isinstance(notes, Stopped):
        return notes
    wanted = message.text.split()
    for one in notes:
        late_enough = message.since is None or instant(one.date_created_gmt) >= message.since - AMONG_CLOCKS
        if one.customer_note and late_enough and html.unescape(one.note).split() == wanted:
            return Sent(external_id=name_of(one.id), at=instant(one.date_created_gmt), thread=order)
    return None
