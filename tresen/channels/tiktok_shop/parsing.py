"""What one answer of TikTok Shop's interface, or one webhook, means."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from tresen.channels.inbound import Ignored, Inbound, RawPayload, Source, Unreadable
from tresen.channels.mailed.messages import not_a_mail
from tresen.channels.mailed.ordinary import ordinary_message
from tresen.channels.tiktok_shop.asking import Answer
from tresen.channels.tiktok_shop.messages import meaning_of
from tresen.channels.tiktok_shop.order_shapes import Cancellation, Stocked, TikTokOrder, TikTokReturn
from tresen.channels.tiktok_shop.orders import cancellation_notice, snapshot, stock_notices
from tresen.channels.tiktok_shop.returns import return_notice
from tresen.channels.tiktok_shop.shapes import ChatMessage, Messages
from tresen.channels.tiktok_shop.telling import parse_webhook
from tresen.channels.typed_json import read_json, read_value

MESSAGES, ORDERS, RETURNS, CANCELLATIONS, STOCK = "messages", "orders", "returns", "cancellations", "inventory"
CONVERSATION, TITLES = "conversation", "titles"
"""Headers that keep beside a page whose chat it is, and what products are called, as JSON."""


class _Orders(msgspec.Struct, frozen=True):
    orders: Sequence[Any] = ()


class _Returns(msgspec.Struct, frozen=True):
    return_orders: Sequence[Any] = ()


class _Cancellations(msgspec.Struct, frozen=True):
    cancellations: Sequence[Any] = ()


class _Inventory(msgspec.Struct, frozen=True):
    inventory: Sequence[Any] = ()


def parse(payload: RawPayload) -> Sequence[Inbound]:
    """Messages, orders, returns, cancellations or stock; a mail is an ordinary one."""
    if payload.mail is not None:
        return (ordinary_message(payload, payload.mail),)
    if payload.source is Source.WEBHOOK:
        return parse_webhook(payload)
    if payload.source is not Source.API:
        return not_a_mail(payload)
    reader = _READERS.get(payload.about)
    if reader is None:
        return (Ignored(reason="answer_of_another_kind"),)
    try:
        return tuple(reader(payload)) or (Ignored(reason="empty_page"),)
    except ValueError as wrong:
        return (Unreadable(reason="not_as_documented", subject=payload.about, excerpt=str(wrong)),)


def _page[T](payload: RawPayload, kind: type[T]) -> T:
    return read_value(read_json(payload.body, Answer).data or {}, kind)


def _messages(payload: RawPayload) -> Iterator[Inbound]:
    conversation = payload.headers.get(CONVERSATION, "")
    for told in _page(payload, Messages).messages:
        yield _each(told, "id", lambda one: meaning_of(read_value(one, ChatMessage), conversation, payload))


def _orders(payload: RawPayload) -> Iterator[Inbound]:
    for told in _page(payload, _Orders).orders:
        yield _each(told, "id", lambda one: snapshot(read_value(one, TikTokOrder)))


def _returns(payload: RawPayload) -> Iterator[Inbound]:
    for told in _page(payload, _Returns).return_orders:
        yield _each(told, "return_id", lambda one: return_notice(read_value(one, TikTokReturn)))


def _cancellations(payload: RawPayload) -> Iterator[Inbound]:
    ours = Ignored(reason="told_by_the_order")
    for told in _page(payload, _Cancellations).cancellations:
        yield _each(told, "cancel_id", lambda one: cancellation_notice(read_value(one, Cancellation), payload) or ours)


def _stock(payload: RawPayload) -> Iterator[Inbound]:
    titles = read_json(payload.headers.get(TITLES, "{}").encode(), dict[str, str])
    for told in _page(payload, _Inventory).inventory:
        yield from stock_notices(read_value(told, Stocked), titles, at=payload.received_at)


def _each(told: object, number: str, understand: Callable[[object], Inbound]) -> Inbound:
    """What one entry of a page means; one that is wrong is told by its number, and the others stay."""
    try:
        return understand(told)
    except ValueError as wrong:
        name = str(told.get(number, "")) if isinstance(told, dict) else ""
        return Unreadable(reason="not_as_documented", subject=name[:200], excerpt=str(wrong))


def titles_header(titles: Mapping[str, str]) -> str:
    """What products are called, as a header keeps it."""
    return json.dumps(titles)


_READERS: dict[str, Callable[[RawPayload], Iterator[Inbound]]] = {
    MESSAGES: _messages,
    ORDERS: _orders,
    RETURNS: _returns,
    CANCELLATIONS: _cancellations,
    STOCK: _stock,
}
