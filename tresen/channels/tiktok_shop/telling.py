"""What one webhook of TikTok Shop's means, by its type."""

from collections.abc import Iterator, Sequence

import msgspec

from tresen.channels.inbound import Ignored, Inbound, RawPayload, Unreadable
from tresen.channels.order_news import OrderNamed
from tresen.channels.tiktok_shop.kinds import AUTHORISATION, FEEDS_BRING, KINDS, MESSAGE, NAMING_ORDERS
from tresen.channels.tiktok_shop.messages import meaning_of
from tresen.channels.tiktok_shop.shapes import ChatMessage, MessageWebhook
from tresen.channels.typed_json import read_json

_OTHER_INBOX = "NEW_MESSAGE_LISTENER"


class _Package(msgspec.Struct, frozen=True):
    order_id_list: Sequence[str] = ()


class _Refunded(msgspec.Struct, frozen=True):
    main_order_id: str = ""


class _Named(msgspec.Struct, frozen=True):
    """Wherever a webhook names orders."""

    order_id: str = ""
    order_ids: Sequence[str] = ()
    package_list: Sequence[_Package] = ()
    line_items: Sequence[_Refunded] = ()

    def orders(self) -> Iterator[str]:
        """Their numbers, as often as they stand there."""
        yield self.order_id
        yield from self.order_ids
        yield from (number for package in self.package_list for number in package.order_id_list)
        yield from (line.main_order_id for line in self.line_items)


class _About(msgspec.Struct, frozen=True):
    data: _Named = _Named()


def parse_webhook(payload: RawPayload) -> Sequence[Inbound]:
    """A message, the orders that are to be read, or why nothing follows."""
    if reason := _left_alone(payload.about):
        return (Ignored(reason=reason),)
    try:
        return (_message(payload),) if payload.about == MESSAGE else _orders(payload)
    except ValueError as wrong:
        return (Unreadable(reason="not_as_documented", subject=payload.about, excerpt=str(wrong)),)


def _left_alone(kind: str) -> str:
    """Why a type is left alone; empty for one that is read."""
    if kind == MESSAGE or kind in NAMING_ORDERS:
        return ""
    if kind in FEEDS_BRING:
        return "brought_by_a_feed"
    if kind in AUTHORISATION:
        return "told_by_the_connection"
    if kind == _OTHER_INBOX:
        return "inbox_of_creators"
    return "webhook_of_another_topic" if kind in KINDS.values() else "webhook_of_an_unknown_type"


def _message(payload: RawPayload) -> Inbound:
    told = read_json(payload.body, MessageWebhook).data
    message = ChatMessage(
        id=told.message_id,
        type=told.type,
        create_time=told.create_time,
        sender=told.sender,
        content=told.content,
        is_visible=told.is_visible,
    )
    return meaning_of(message, told.conversation_id, payload)


def _orders(payload: RawPayload) -> Sequence[Inbound]:
    """Each order once; one that names none says nothing that the next reading does not."""
    numbers = dict.fromkeys(number.strip() for number in read_json(payload.body, _About).data.orders())
    named = tuple(OrderNamed(number=number) for number in numbers if number)
    return named or (Ignored(reason="brought_by_a_feed"),)
