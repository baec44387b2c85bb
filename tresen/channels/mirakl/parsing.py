"""What one answer of a Mirakl operator's interface means, by what was asked."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import msgspec

from tresen.channels.cases import CaseKind, CaseNews, CaseStep
from tresen.channels.inbound import Ignored, Inbound, NoticeKind, PlatformNotice, RawPayload, Source, Unreadable
from tresen.channels.mailed.messages import not_a_mail
from tresen.channels.mailed.ordinary import ordinary_message
from tresen.channels.mirakl.orders import return_notice, snapshot, stock_notice
from tresen.channels.mirakl.shapes import MiraklOrder, MiraklReturn, Offer, OrderLine, Thread
from tresen.channels.mirakl.threads import messages_of
from tresen.channels.typed_json import instant, read_json, read_value

ORDERS, THREADS, RETURNS, OFFERS = "orders", "threads", "returns", "offers"
OPERATOR = "operator"
"""The header under which a page keeps which operator told it."""


class Orders(msgspec.Struct, frozen=True):
    """A page of orders; each is read by itself, so that one that is unlike the others takes none with it."""

    orders: Sequence[Any]


class Listed(msgspec.Struct, frozen=True):
    """A page of threads or returns."""

    data: Sequence[Any]


class Offers(msgspec.Struct, frozen=True):
    """A page of offers."""

    offers: Sequence[Any]


def parse(payload: RawPayload) -> Sequence[Inbound]:
    """Orders, messages, returns or stock; a mail is an ordinary one."""
    if payload.mail is not None:
        return (ordinary_message(payload, payload.mail),)
    if payload.source is not Source.API:
        return not_a_mail(payload)
    reader = _READERS.get(payload.about)
    if reader is None:
        return (Ignored(reason="answer_of_another_kind"),)
    try:
        return tuple(reader(payload)) or (Ignored(reason="empty_page"),)
    except ValueError as wrong:
        return (Unreadable(reason="not_as_documented", subject=payload.about, excerpt=str(wrong)),)


def _orders(payload: RawPayload) -> Iterator[Inbound]:
    for told in read_json(payload.body, Orders).orders:
        yield from _each(told, "order_id", lambda one: _order(one, payload))


def _order(told: object, payload: RawPayload) -> Iterator[Inbound]:
    order = read_value(told, MiraklOrder)
    yield snapshot(order, operator=_operator(payload))
    for line in order.order_lines:
        if line.order_line_state == "INCIDENT_OPEN":
            yield _incident(order, line, payload)


def _incident(order: MiraklOrder, line: OrderLine, payload: RawPayload) -> PlatformNotice:
    """The buyer or the operator says that something is wrong with a line; the operator waits for us."""
    reason = line.order_line_state_reason_label or ""
    since = instant(line.last_updated_date or order.last_updated_date)
    number = f"incident/{line.order_line_id}"
    return PlatformNotice(
        external_id=number,
        kind=NoticeKind.NOT_AS_DESCRIBED_OPENED,
        occurred_at=min(since, payload.recorded_at),
        subject=line.product_title,
        text=f"{line.product_title}: {reason}".strip(": "),
        order_ids=(order.order_id,),
        case=CaseNews(step=CaseStep.OPENED, kind=CaseKind.NOT_AS_DESCRIBED, external_id=number),
        extra={"reason": reason} if reason else {},
    )


def _threads(payload: RawPayload) -> Iterator[Inbound]:
    for told in read_json(payload.body, Listed).data:
        yield from _each(
            told, "id", lambda one: messages_of(read_value(one, Thread), payload, operator=_operator(payload))
        )


def _returns(payload: RawPayload) -> Iterator[Inbound]:
    for told in read_json(payload.body, Listed).data:
        yield from _each(told, "id", lambda one: (return_notice(read_value(one, MiraklReturn)),))


def _offers(payload: RawPayload) -> Iterator[Inbound]:
    for told in read_json(payload.body, Offers).offers:
        yield from _each(told, "shop_sku", lambda one: (stock_notice(read_value(one, Offer), at=payload.received_at),))


def _each(told: object, number: str, read: Callable[[object], Sequence[Inbound] | Iterator[Inbound]]) -> list[Inbound]:
    """What one entry of a page means; one that is wrong is told by its number, and the others stay."""
    try:
        return list(read(told))
    except ValueError as wrong:
        name = str(told.get(number, "")) if isinstance(told, dict) else ""
        return [Unreadable(reason="not_as_documented", subject=name[:200], excerpt=str(wrong))]


def _operator(payload: RawPayload) -> str:
    return payload.headers.get(OPERATOR, "")


_READERS: dict[str, Callable[[RawPayload], Iterator[Inbound]]] = {
    ORDERS: _orders,
    THREADS: _threads,
    RETURNS: _returns,
    OFFERS: _offers,
}
