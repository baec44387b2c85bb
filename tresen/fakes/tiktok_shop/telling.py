"""Webhooks as TikTok Shop sends them, signed with the app's secret."""

import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING

from tresen.fakes.sales import Sale, Talk
from tresen.fakes.tiktok_shop.answering import Json, number_of, seconds
from tresen.fakes.tiktok_shop.chats import chat_number, told_in
from tresen.fakes.tiktok_shop.orders import status

if TYPE_CHECKING:
    from tresen.fakes.tiktok_shop import FakeTikTokShop


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One request to our address."""

    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)


def signed(kind: int, data: Json, *, shop: str, at: int, key: str, secret: str) -> Delivery:
    """A webhook of this type; what is told again has the same number."""
    number = str(number_of(f"{kind} {json.dumps(data, sort_keys=True)}"))
    told = {"type": kind, "tts_notification_id": number, "shop_id": shop, "timestamp": at, "data": data}
    body = json.dumps(told).encode()
    signature = hmac.new(secret.encode(), key.encode() + body, sha256).hexdigest()
    return Delivery(headers={"Content-Type": "application/json", "Authorization": signature}, body=body)


def newest_message(fake: "FakeTikTokShop", talk: Talk, *, shop: str, key: str, secret: str) -> Delivery:
    """Type 14: the newest message of a chat."""
    told = told_in(fake, talk)[-1]
    sender = {name: told["sender"][name] for name in ("im_user_id", "role")}
    data = {
        "message_id": told["id"],
        "conversation_id": chat_number(talk),
        **{name: told[name] for name in ("index", "type", "content", "create_time", "is_visible")},
        "sender": sender,
    }
    return signed(14, data, shop=shop, at=told["create_time"], key=key, secret=secret)


def order_changed(sale: Sale, *, shop: str, key: str, secret: str) -> Delivery:
    """Type 1: which order it is, and how far."""
    at = seconds(sale.changed_at)
    data = {"order_id": sale.number, "order_status": status(sale), "is_on_hold_order": False, "update_time": at}
    return signed(1, data, shop=shop, at=at, key=key, secret=secret)
