"""A fake Kaufland's orders: each piece of a line is an order unit."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from werkzeug.wrappers import Request

from tresen.channels.tracking import TrackingState
from tresen.fakes.kaufland.answering import (
    KAUFLAND,
    MERCHANT,
    Json,
    Refusal,
    asked_moment,
    moment,
    number_of,
    paged,
    sent_by,
)
from tresen.fakes.sales import Line, Sale

if TYPE_CHECKING:
    from tresen.fakes.kaufland import FakeKaufland

MOST = 100
CARRIERS = ("DHL", "DPD", "GLS", "Hermes", "UPS", "Deutsche Post Brief", "Other")
_MOST_PIECES = 100
CANCEL_REASONS = frozenset(
    {"BuyerCancelled", "NoInventory", "ShippingAddressUndeliverable", "WrongPrice", "GeneralAdjustment"}
)


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of a line: `number` is what Kaufland calls it, `state` how far it is."""

    sale: Sale
    line: Line
    number: int
    state: str


def storefronts(fake: "FakeKaufland", request: Request) -> Json:
    """GET /info/storefront."""
    del request
    return {"data": [fake.site]}


def carriers(fake: "FakeKaufland", request: Request) -> Json:
    """GET /carriers."""
    del fake, request
    return {"data": {"carriers": [{"name": name, "isHauler": False} for name in CARRIERS]}}


def listed(fake: "FakeKaufland", request: Request) -> Json:
    """GET /order-units, what changed last first."""
    since = asked_moment(request, "ts_updated_from_iso")
    found = [
        piece
        for sale in fake.world.sales.values()
        if sent_by(request, platform=sale.by_platform) and (since is None or sale.changed_at >= since)
        for piece in pieces_of(fake, sale)
    ]
    found.sort(key=lambda piece: (piece.sale.changed_at, piece.number), reverse=True)
    return paged(request, [unit_told(fake, piece) for piece in found], most=MOST)


def one(fake: "FakeKaufland", request: Request, id_order: str) -> Json:
    """GET /orders/{id_order}."""
    del request
    sale = fake.world.sales.get(id_order)
    if sale is None:
        raise Refusal("not-found", status=404)
    units = []
    for piece in pieces_of(fake, sale):
        told = unit_told(fake, piece)
        for name in ("fulfillment_type", "buyer", "billing_address", "shipping_address"):
            told.pop(name)
        units.append({**told, "tickets": None})
    return {
        "data": {
            "id_order": sale.number,
            "ts_created_iso": moment(sale.ordered_at),
            "is_marketplace_deemed_supplier": False,
            "storefront": fake.site,
            "fulfillment_type": KAUFLAND if sale.by_platform else MERCHANT,
            "order_units": units,
            "billing_address": address_told(sale),
            "shipping_address": address_told(sale),
            "buyer": buyer_told(sale),
        }
    }


def cancel(fake: "FakeKaufland", request: Request, id_order_unit: int) -> None:
    """PATCH …/cancel; an order whose last piece is cancelled is cancelled, and all the money goes back."""
    piece = piece_of(fake, id_order_unit)
    if request.get_json()["reason"] not in CANCEL_REASONS:
        raise Refusal("validation-error", "This is no reason.")
    if piece.state not in {"open", "need_to_be_sent"}:
        raise Refusal("order-units/cancel-not-possible", f"The unit is {piece.state}.")
    fake.cancelled.add(piece.number)
    fake.world.cancel_pieces(piece.sale.number, {piece.line.id: 1})


def send(fake: "FakeKaufland", request: Request, id_order_unit: int) -> None:
    """PATCH …/send."""
    piece = piece_of(fake, id_order_unit)
    told = request.get_json()
    if told["carrier_code"] not in CARRIERS:
        raise Refusal("validation-error", f"carrier_code: {told['carrier_code']} is none of Kaufland's.")
    if piece.state != "need_to_be_sent":
        raise Refusal("action-not-allowed", f"The unit is {piece.state}.", status=403)
    fake.sent.add(piece.number)
    fake.world.ship(
        piece.sale.number,
        carrier=told["carrier_code"],
        tracking=told["tracking_numbers"],
        pieces={piece.line.id: 1},
    )


def refund(fake: "FakeKaufland", request: Request, id_order_unit: int) -> None:
    """PATCH …/refund, in the currency's smallest unit."""
    piece = piece_of(fake, id_order_unit)
    told = request.get_json()
    fake.world.refund(piece.sale.number, amount=told["amount"], reason=told["reason"])


def pieces_of(fake: "FakeKaufland", sale: Sale) -> Iterator[Piece]:
    """A sale's pieces, each with its state: those that were named first, then as many as the world says."""
    for line in sale.lines:
        numbers = [number_of(line.id) * _MOST_PIECES + place for place in range(line.quantity)]
        gone = [one for one in numbers if one in fake.cancelled]
        out = [one for one in numbers if one in fake.sent]
        rest = [one for one in numbers if one not in fake.cancelled | fake.sent]
        out += rest[: max(0, line.shipped - len(out))]
        gone += [one for one in reversed(rest) if one not in out][: max(0, line.cancelled - len(gone))]
        for number in numbers:
            state = "cancelled" if number in gone else _sent_state(sale) if number in out else "need_to_be_sent"
            yield Piece(sale, line, number, state)


def piece_of(fake: "FakeKaufland", number: int) -> Piece:
    """The piece of that number."""
    for sale in fake.world.sales.values():
        for piece in pieces_of(fake, sale):
            if piece.number == number:
                return piece
    raise Refusal("not-found", status=404)


def unit_told(fake: "FakeKaufland", piece: Piece) -> Json:
    """An order unit, as Kaufland tells it."""
    sale, line = piece.sale, piece.line
    return {
        "id_order_unit": piece.number,
        "id_order": sale.number,
        "ts_created_iso": moment(sale.ordered_at),
        "is_marketplace_deemed_supplier": False,
        "ts_updated_iso": moment(sale.changed_at),
        "status": piece.state,
        "price": line.price,
        "id_offer": line.sku,
        "revenue_gross": line.price,
        "revenue_net": line.price,
        "note": None,
        "unit_condition": "NEW",
        "storefront": fake.site,
        "currency": sale.currency,
        "delivery_time_min": 1,
        "delivery_time_max": 3,
        "delivery_time_expires_iso": moment(sale.ship_by or sale.ordered_at + timedelta(days=2)),
        "order_received_timestamp_iso": None,
        "shipping_rate": 0,
        "cancel_reason": None,
        "fulfillment_type": KAUFLAND if sale.by_platform else MERCHANT,
        "buyer": buyer_told(sale),
        "billing_address": address_told(sale),
        "shipping_address": address_told(sale),
        "product": product_told(fake, line.sku, line.item, line.title),
        "vat": 19.0,
    }


def product_told(fake: "FakeKaufland", sku: str, item: str, title: str) -> Json:
    """A product, with its picture."""
    return {
        "id_product": max(1, number_of(item)),
        "storefront": fake.site,
        "title": title,
        "eans": [],
        "id_category": 1,
        "main_picture": f"{fake.world.pictures}/{sku}.png",
        "manufacturer": "Tannlicht",
        "url": f"https://www.kaufland.example/product/{max(1, number_of(item))}",
        "age_rating": 0,
        "is_valid": True,
        "dangerous_goods_li_shipping": None,
        "danger_label_9A": None,
    }


def buyer_told(sale: Sale) -> Json:
    """Who bought."""
    return {"id_buyer": number_of(sale.buyer.key), "email": sale.buyer.email}


def address_told(sale: Sale) -> Json:
    """Where goods go."""
    first, _, last = sale.buyer.name.partition(" ")
    street, _, house = sale.buyer.street.rpartition(" ")
    return {
        "first_name": first,
        "last_name": last,
        "company_name": None,
        "street": street,
        "house_number": house,
        "postcode": sale.buyer.postcode,
        "additional_field": None,
        "city": sale.buyer.city,
        "phone": None,
        "country": sale.buyer.country,
    }


def _sent_state(sale: Sale) -> str:
    states = {parcel.state for parcel in sale.parcels}
    return "received" if states == {TrackingState.DELIVERED} else "sent"
