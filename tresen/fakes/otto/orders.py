"""A fake OTTO's orders: each piece of a sale is a position item."""

import hashlib
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from werkzeug.wrappers import Request

from tresen.channels.order_news import ReturnState
from tresen.fakes.faults import as_told
from tresen.fakes.otto.answering import (
    Refusal,
    cursor_of,
    limit_of,
    link,
    money,
    parts_of,
    written,
)
from tresen.fakes.sales import Buyer, GoodsBack, Line, Sale

if TYPE_CHECKING:
    from tresen.fakes.otto import FakeOtto

type Json = dict[str, Any]
type Piece = tuple[str, Sale, Line]
"""A position item: its id, its sale, and the line that it is a piece of."""
_USUAL, _MOST = 128, 256
_ACCEPTED = frozenset({ReturnState.REFUNDED, ReturnState.CLOSED})


def listed(fake: "FakeOtto", request: Request) -> Json:
    """GET /v4/orders; with a cursor only the limit counts besides."""
    limit = limit_of(request, usual=_USUAL, most=_MOST)
    cursor = request.args.get("nextcursor", "")
    since, after = parts_of(cursor) if cursor else (request.args.get("fromDate", ""), None)
    start = datetime.fromisoformat(since) if since else None
    found = [
        sale
        for sale in sorted(fake.world.sales.values(), key=lambda one: (one.changed_at, one.number))
        if (start is None or sale.changed_at >= start)
        and (after is None or [written(sale.changed_at), sale.number] > list(after))
    ]
    page = found[:limit]
    more = len(found) > limit
    last = [written(page[-1].changed_at), page[-1].number] if page else []
    return {
        "resources": [told_as(fake, sale) for sale in as_told(request.environ, page)],
        "links": [link("/v4/orders", nextcursor=cursor_of(since, last), limit=limit)] if more else [],
    }


def one(fake: "FakeOtto", request: Request, order: str) -> Json:
    """GET /v4/orders/{salesOrderId or orderNumber}."""
    del request
    return told_as(fake, sale_named(fake, order))


def cancel(fake: "FakeOtto", request: Request, order: str) -> None:
    """POST cancellation: all that waits; what has left stays as it is."""
    del request
    sale = sale_named(fake, order)
    waiting = {line.id: line.quantity - line.shipped - line.cancelled for line in sale.lines}
    if sale.cancelled_at is not None or not any(waiting.values()) or sale.number in fake.unpaid:
        raise Refusal("CONFLICT", "No position item is in state PROCESSABLE.", status=409)
    fake.world.cancel_pieces(sale.number, waiting)
    sale.refunds.pop()  # nothing was paid for what has not left, so nothing goes back


def sale_named(fake: "FakeOtto", order: str) -> Sale:
    """The sale of this id or number. Raises Refusal."""
    known = fake.world.sales.values()
    found = next((sale for sale in known if order in {sale.id, sale.number}), None)
    if found is None:
        raise Refusal("RESOURCE_NOT_FOUND", f"Found no order {order}", status=404)
    return found


def pieces_of(sale: Sale) -> Iterator[Piece]:
    """Its position items."""
    for line in sale.lines:
        for place in range(1, line.quantity + 1):
            yield f"{line.id}-{place}", sale, line


def piece_named(fake: "FakeOtto", item: str) -> Piece:
    """The position item of this id. Raises Refusal."""
    for sale in fake.world.sales.values():
        for piece in pieces_of(sale):
            if piece[0] == item:
                return piece
    raise Refusal("RESOURCE_NOT_FOUND", f"Found no position item {item}", status=404)


def status_of(fake: "FakeOtto", piece: Piece) -> str:
    """How far a piece is: the first ones of a line have left, the last ones are cancelled."""
    item, sale, line = piece
    place = int(item.rpartition("-")[2])
    if place <= line.shipped:
        back = return_of(piece)
        return "RETURNED" if back is not None and back.state in _ACCEPTED else "SENT"
    if place > line.quantity - line.cancelled:
        return "CANCELLED_BY_PARTNER"
    return "ANNOUNCED" if sale.number in fake.unpaid else "PROCESSABLE"


def return_of(piece: Piece) -> GoodsBack | None:
    """A sale's first return is of its first piece, and so on."""
    item, sale, _line = piece
    place = [one[0] for one in pieces_of(sale)].index(item)
    return sale.returns[place] if place < len(sale.returns) else None


def alias_of(buyer: Buyer) -> str:
    """Behind which OTTO hides a buyer's own address."""
    return f"{hashlib.sha256(buyer.key.encode()).hexdigest()[:20]}@customer.otto.market"


def told_as(fake: "FakeOtto", sale: Sale) -> Json:
    """An order as OTTO tells it."""
    return {
        "salesOrderId": sale.id,
        "orderNumber": sale.number,
        "orderDate": written(sale.ordered_at),
        "lastModifiedDate": written(sale.changed_at),
        "orderLifecycleInformation": {"lifecycleChangeDate": written(sale.changed_at)},
        "positionItems": [_item(fake, piece) for piece in pieces_of(sale)],
        "initialDeliveryFees": [],
        "initialDiscounts": [],
        "deliveryAddress": _address(sale.buyer),
        "invoiceAddress": {**_address(sale.buyer), "email": alias_of(sale.buyer)},
        "payment": {"paymentMethod": "PAYPAL"},
        "links": [{"rel": "self", "href": f"/v4/orders/{sale.id}"}],
    }


def _item(fake: "FakeOtto", piece: Piece) -> Json:
    item, sale, line = piece
    status = status_of(fake, piece)
    parcel = fake.parcel_of(piece)
    told: Json = {
        "positionItemId": item,
        "fulfillmentStatus": status,
        "itemValueGrossPrice": money(line.price, sale.currency),
        "product": {
            "sku": line.sku,
            "productTitle": line.title,
            "articleNumber": line.item,
            "vatRate": 19.0,
            "dimensions": [],
        },
        "expectedDeliveryDate": written(sale.deliver_by or sale.ordered_at + timedelta(days=4)),
        "processableDate": written(sale.ordered_at),
    }
    if status in {"SENT", "RETURNED"} and parcel is not None:
        told["sentDate"] = written(parcel.shipped_at)
        told["trackingInfo"] = {"carrier": parcel.carrier, "trackingNumber": parcel.tracking}
    if status == "RETURNED" and (back := return_of(piece)) is not None:
        told["returnedDate"] = written(back.changed_at)
    if status == "CANCELLED_BY_PARTNER":
        told["cancellationDate"] = written(sale.cancelled_at or sale.changed_at)
        told["cancellationReason"] = "CANCELLED_ON_PARTNER_WISH"
    return told


def _address(buyer: Buyer) -> Json:
    first, _, last = buyer.name.partition(" ")
    street, _, house = buyer.street.rpartition(" ")
    return {
        "salutation": "",
        "firstName": first,
        "lastName": last,
        "street": street,
        "houseNumber": house,
        "zipCode": buyer.postcode,
        "city": buyer.city,
        "countryCode": "DEU",
    }
