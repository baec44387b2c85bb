"""What a notification of eBay's says: whom we must forget, which order is to be read, or that a feed has something new.

Their envelope and topics: developer.ebay.com, Notification API 1.6.7, AsyncAPI contracts, read 2026-11-30.
"""

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256

import msgspec

from tresen.channels.contract import Ignored, Inbound, RawPayload
from tresen.channels.erasure import ErasureKind, ErasureRequest
from tresen.channels.order_news import OrderNamed
from tresen.channels.typed_json import NotAsDocumented, instant, read_json
from tresen.channels.webhooks import Webhook, WebhookTold

DELETION = "MARKETPLACE_ACCOUNT_DELETION"
BROUGHT_BY_FEEDS = frozenset({"BUYER_QUESTION", "NEW_MESSAGE"})
"""What these tell of, the next reading of messages brings whole."""
NAMING_ORDERS = frozenset({"ORDER_CONFIRMATION", "ITEM_MARKED_SHIPPED"})
"""They come once for each line, and name the order."""


class _Metadata(msgspec.Struct, frozen=True):
    """What it is about."""

    topic: str


class _Name(msgspec.Struct, frozen=True, rename="camel"):
    """Its number, the same when it is told once more."""

    notification_id: str


class _Envelope(msgspec.Struct, frozen=True):
    """What every notification has."""

    metadata: _Metadata
    notification: _Name


class _OrderOf(msgspec.Struct, frozen=True, rename="camel"):
    """Which order it is about."""

    order_id: str = ""


class _About(msgspec.Struct, frozen=True):
    """What happened."""

    data: _OrderOf = _OrderOf()


class _OrderTold(msgspec.Struct, frozen=True):
    """A notification about an order."""

    notification: _About


class _Person(msgspec.Struct, frozen=True, rename="camel"):
    """Who wants to be forgotten: by user name, and by an id that never changes."""

    username: str | None = None
    user_id: str | None = None


class _Deleted(msgspec.Struct, frozen=True, rename="camel"):
    """Somebody has closed his account."""

    notification_id: str
    event_date: datetime
    data: _Person


class _Deletion(msgspec.Struct, frozen=True):
    """The whole notification of a closed account."""

    notification: _Deleted


def told(webhook: Webhook) -> WebhookTold:
    """Its topic and number; of what has no envelope a number made of its bytes."""
    try:
        envelope = read_json(webhook.body, _Envelope)
    except NotAsDocumented:
        return WebhookTold(about="", id=sha256(webhook.body).hexdigest())
    return WebhookTold(about=envelope.metadata.topic[:100], id=envelope.notification.notification_id)


def parse_notification(payload: RawPayload) -> Sequence[Inbound]:
    """Whom to forget, or why nothing follows. Raises NotAsDocumented for what is no notification."""
    if payload.about in BROUGHT_BY_FEEDS:
        return (Ignored(reason="brought_by_a_feed"),)
    if payload.about in NAMING_ORDERS:
        number = read_json(payload.body, _OrderTold).notification.data.order_id.strip()
        return (OrderNamed(number=number) if number else Ignored(reason="brought_by_a_feed"),)
    if payload.about != DELETION:
        return (Ignored(reason="webhook_of_another_topic"),)
    deleted = read_json(payload.body, _Deletion).notification
    person = deleted.data
    keys = tuple(key.lower() for key in (person.username, person.user_id) if key)
    if not keys:
        raise NotAsDocumented("It does not say whom.")
    return (
        ErasureRequest(
            external_id=deleted.notification_id,
            kind=ErasureKind.BUYER,
            occurred_at=min(instant(deleted.event_date), payload.recorded_at),
            keys=keys,
        ),
    )
