"""What one payload of a shop's means: an answer of its interface, a webhook, or a mail."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from tresen.channels.inbound import Ignored, Inbound, RawPayload, Source, Unreadable
from tresen.channels.mailed.messages import not_a_mail
from tresen.channels.mailed.ordinary import ordinary_message
from tresen.channels.order_news import OrderNamed
from tresen.channels.typed_json import NotAsDocumented, instant, read_json, read_value
from tresen.channels.woocommerce import stock
from tresen.channels.woocommerce.asking import Listed
from tresen.channels.woocommerce.notes import NOTES, NUMBER, answers_in
from tresen.channels.woocommerce.orders import refunded, told_by
from tresen.channels.woocommerce.reading import CHANGED, CURRENCY, ONE, ORDERS, REFUNDS
from tresen.channels.woocommerce.shapes import Product, WooOrder, WooRefund

type Understood = Iterator[Inbound]


def parse(payload: RawPayload) -> Sequence[Inbound]:
    """All that it tells; what cannot be understood says so, and takes nothing else along."""
    if payload.mail is not None:
        return (ordinary_message(payload, payload.mail),)
    match payload.source:
        case Source.API:
            understand = _ANSWERS.get(payload.about)
        case Source.WEBHOOK:
            understand = _webhook(payload.about)
        case _:
            return not_a_mail(payload)
    if understand is None:
        return (Ignored(reason="nothing_known_of_it"),)
    try:
        return tuple(understand(payload)) or (Ignored(reason="nothing_new"),)
    except ValueError as wrong:
        return (Unreadable(reason="not_as_documented", subject=payload.about, excerpt=str(wrong)),)


def _webhook(topic: str) -> Callable[[RawPayload], Understood] | None:
    """By its topic, which is not signed: whatever is done with it can do no harm under another."""
    match topic:
        case "order.created" | "order.updated" | "order.restored":
            return _one_order_told
        case "order.deleted":
            return _named
        case "product.created" | "product.updated" | "product.restored":
            return _one_product
        case _:
            return None


def _orders(payload: RawPayload) -> Understood:
    """One by one: a strange one loses none of the others."""
    for told in read_json(payload.body, list[Any]):
        try:
            yield from [*_told(read_value(told, WooOrder), payload)]
        except ValueError as wrong:
            yield Unreadable(reason="not_as_documented", subject=_called(told), excerpt=str(wrong))


def _told(order: WooOrder, payload: RawPayload) -> Understood:
    """When its money went back an order does not say: it is read with its refunds."""
    yield from told_by(order, payload)
    if order.refunds:
        yield OrderNamed(external_id=str(order.id))


def _one_order_told(payload: RawPayload) -> Understood:
    return _told(read_json(payload.body, WooOrder), payload)


def _one_order(payload: RawPayload) -> Understood:
    """Asked for with its refunds: nothing more is to be read."""
    return told_by(read_json(payload.body, WooOrder), payload)


def _named(payload: RawPayload) -> Understood:
    """A deleted order tells only its id; whether it is gone or in the bin, the interface says."""
    yield OrderNamed(external_id=str(read_json(payload.body, Listed).id))


def _refunds(payload: RawPayload) -> Understood:
    number, currency, changed = (payload.headers.get(name, "") for name in (NUMBER, CURRENCY, CHANGED))
    if number and currency and changed:
        at = instant(datetime.fromisoformat(changed))
        yield refunded(read_json(payload.body, list[WooRefund]), number=number, currency=currency, changed_at=at)


def _one_product(payload: RawPayload) -> Understood:
    product = read_json(payload.body, Product)
    if product.date_modified_gmt is None:
        raise NotAsDocumented("The product does not say when it changed.")
    notice = stock.level_of(product, at=min(instant(product.date_modified_gmt), instant(payload.received_at)))
    if notice is not None:
        yield notice


def _called(told: object) -> str:
    """What people call it by, if it says."""
    number = told.get("number") if isinstance(told, dict) else ""
    return number[:80] if isinstance(number, str) else ""


_ANSWERS: Mapping[str, Callable[[RawPayload], Understood]] = {
    ORDERS: _orders,
    ONE: _one_order,
    REFUNDS: _refunds,
    NOTES: answers_in,
    stock.PRODUCTS: stock.levels_in,
    stock.VARIATIONS: stock.levels_in,
}
