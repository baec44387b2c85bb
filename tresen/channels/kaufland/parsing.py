"""What one answer of Kaufland's interface means, by what was asked."""

from collections.abc import Callable, Iterator, Sequence

from tresen.channels.inbound import Ignored, Inbound, RawPayload, Source, Unreadable
from tresen.channels.kaufland.orders import return_notice, snapshot, stock_notice
from tresen.channels.kaufland.pushing import parse_push
from tresen.channels.kaufland.shapes import KauflandOrder, Listed, One, ReturnUnit, Ticket, TicketFile, Unit
from tresen.channels.kaufland.tickets import messages_of
from tresen.channels.mailed.messages import not_a_mail
from tresen.channels.mailed.ordinary import ordinary_message
from tresen.channels.typed_json import read_json, read_value

TICKETS, ORDERS, RETURN_UNITS, UNITS = "tickets", "orders", "return-units", "units"
TICKETS_ORDERS, TICKETS_FILES = "orders", "files"
"""Headers that keep beside a ticket what had to be asked for by itself: order numbers, and files as JSON."""
CARRIER, TRACKING = "carrier", "tracking"
"""Headers that keep beside a piece that comes back what its parcel is known by."""


def parse(payload: RawPayload) -> Sequence[Inbound]:
    """A ticket, an order, a piece that comes back, stock, or a hint at an order; a mail is an ordinary one."""
    if payload.mail is not None:
        return (ordinary_message(payload, payload.mail),)
    if payload.source is Source.WEBHOOK:
        return parse_push(payload)
    if payload.source is not Source.API:
        return not_a_mail(payload)
    reader = _READERS.get(payload.about)
    if reader is None:
        return (Ignored(reason="answer_of_another_kind"),)
    try:
        return tuple(reader(payload)) or (Ignored(reason="empty_page"),)
    except ValueError as wrong:
        return (Unreadable(reason="not_as_documented", subject=payload.about, excerpt=str(wrong)),)


def _ticket(payload: RawPayload) -> Iterator[Inbound]:
    ticket = read_value(read_json(payload.body, One).data, Ticket)
    orders = [number for number in payload.headers.get(TICKETS_ORDERS, "").split(",") if number]
    files = read_json(payload.headers.get(TICKETS_FILES, "[]").encode(), list[TicketFile])
    yield from messages_of(ticket, payload, orders=orders, files=files)


def _order(payload: RawPayload) -> Iterator[Inbound]:
    yield snapshot(read_value(read_json(payload.body, One).data, KauflandOrder))


def _return_unit(payload: RawPayload) -> Iterator[Inbound]:
    yield return_notice(
        read_value(read_json(payload.body, One).data, ReturnUnit),
        at=payload.received_at,
        carrier=payload.headers.get(CARRIER, ""),
        tracking=payload.headers.get(TRACKING, ""),
    )


def _units(payload: RawPayload) -> Iterator[Inbound]:
    """A page of offers; one that is wrong is told by its number, and the others stay."""
    for told in read_json(payload.body, Listed).data:
        try:
            notice = stock_notice(read_value(told, Unit), at=payload.received_at)
        except ValueError as wrong:
            name = str(told.get("id_offer", "")) if isinstance(told, dict) else ""
            yield Unreadable(reason="not_as_documented", subject=name[:200], excerpt=str(wrong))
        else:
            yield notice or Ignored(reason="offer_without_number")


_READERS: dict[str, Callable[[RawPayload], Iterator[Inbound]]] = {
    TICKETS: _ticket,
    ORDERS: _order,
    RETURN_UNITS: _return_unit,
    UNITS: _units,
}
