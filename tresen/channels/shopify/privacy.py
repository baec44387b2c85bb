"""The webhooks that Shopify demands of every app in its store: what is known of a buyer, forget him, forget the shop.

Source: https://shopify.dev/docs/apps/build/compliance/privacy-law-compliance, read 2026-11-30. They are set up in the
app's configuration, not beside the others. None of them says when it was asked for.
"""

from collections.abc import Sequence

import msgspec

from tresen.channels.erasure import ErasureKind, ErasureRequest
from tresen.channels.inbound import RawPayload
from tresen.channels.shopify.shapes import Text
from tresen.channels.typed_json import NotAsDocumented, read_json

TOPICS = {
    "customers/data_request": ErasureKind.ACCESS,
    "customers/redact": ErasureKind.BUYER,
    "shop/redact": ErasureKind.STORE,
}


class _Person(msgspec.Struct, frozen=True):
    id: int | None = None
    email: Text = None


class _Numbered(msgspec.Struct, frozen=True):
    id: int


class _Asked(msgspec.Struct, frozen=True):
    shop_id: int
    customer: _Person | None = None
    orders_requested: Sequence[int] = ()
    orders_to_redact: Sequence[int] = ()
    data_request: _Numbered | None = None


def request_in(payload: RawPayload) -> ErasureRequest:
    """Who is meant, by address and by his orders' numbers in the interface. Raises ValueError where nobody is."""
    kind = TOPICS[payload.about]
    asked = read_json(payload.body, _Asked)
    person = asked.customer or _Person()
    email = (person.email or "").strip()
    orders = (*asked.orders_requested, *asked.orders_to_redact)
    if kind is not ErasureKind.STORE and not (email or orders):
        raise NotAsDocumented("Neither an address nor an order says who is meant.")
    whose = asked.data_request.id if asked.data_request else person.id or asked.shop_id
    return ErasureRequest(
        external_id=f"{payload.about}/{whose}",
        kind=kind,
        occurred_at=min(payload.received_at, payload.recorded_at),
        keys=(email.lower(),) if email else (),
        emails=(email,) if email else (),
        orders=tuple(map(str, orders)),
    )
