"""A fake TikTok Shop's orders: each piece of a line is a line item. And its offers."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from werkzeug.wrappers import Request

from tresen.channels.money import in_decimals
from tresen.channels.tracking import TrackingState
from tresen.fakes.sales import Line, Parcel, Sale, Shelved
from tresen.fakes.tiktok_shop.answering import Json, changed_within, number_of, page, seconds

if TYPE_CHECKING:
    from tresen.fakes.tiktok_shop import FakeTikTokShop

MOST = 100
_PIECES = 100
DELIVERY_OPTION = "7091146663229654785"
PROVIDERS = {"6617675021119438849": "DHL", "6617675021119438850": "UPS", "6617675021119438851": "Royal Mail"}
_PACKED = {TrackingState.DELIVERED: "COMPLETED", TrackingState.PENDING: "PROCESSING"}


def searched(fake: "FakeTikTokShop", request: Request) -> Json:
    """POST /order/202309/orders/search, the longest unchanged first."""
    found = [sale for sale in fake.world.sales.values() if changed_within(request, sale.changed_at)]
    found.sort(key=lambda sale: (sale.changed_at, sale.number))
    shown, token = page(request, found, key=lambda sale: sale.number, most=MOST)
    return {"orders": [order(sale) for sale in shown], "next_page_token": token, "total_count": len(found)}


def asked(fake: "FakeTikTokShop", request: Request) -> Json:
    """GET /order/202507/orders."""
    wanted = request.args["ids"].split(",")
    return {"orders": [order(fake.world.sales[number]) for number in wanted if number in fake.world.sales]}


def products(fake: "FakeTikTokShop", request: Request) -> Json:
    """POST /product/202309/products/search."""
    levels = sorted({level.item: level for level in fake.world.stock.values()}.values(), key=lambda one: one.item)
    shown, token = page(request, levels, key=_product, most=MOST)
    told = [{"id": _product(level), "title": level.title, "status": "ACTIVATE"} for level in shown]
    return {"products": told, "next_page_token": token, "total_count": len(levels)}


def inventory(fake: "FakeTikTokShop", request: Request) -> Json:
    """POST /product/202309/inventory/search."""
    told = request.get_json()
    wanted, skus = set(told.get("product_ids", ())), set(told.get("sku_ids", ()))
    found: dict[str, list[Json]] = {}
    for level in sorted(fake.world.stock.values(), key=lambda one: one.sku):
        if _product(level) in wanted or sku_id(level.sku) in skus:
            found.setdefault(_product(level), []).append(_shelved(level))
    return {"inventory": [{"product_id": product, "skus": levels} for product, levels in found.items()]}


def order(sale: Sale) -> Json:
    """An order, as TikTok Shop tells it."""
    asks = sale.cancel_asked_at is not None and sale.cancelled_at is None
    times = {
        "paid_time": seconds(sale.ordered_at),
        **({"rts_sla_time": seconds(sale.ship_by)} if sale.ship_by else {}),
        **({"delivery_sla_time": seconds(sale.deliver_by)} if sale.deliver_by else {}),
        **({"request_cancel_time": seconds(sale.cancel_asked_at)} if sale.cancel_asked_at else {}),
        **({"cancel_time": seconds(sale.cancelled_at)} if sale.cancelled_at else {}),
        **_delivered(sale),
    }
    total = str(in_decimals(sale.total, sale.currency))
    return {
        "id": sale.number,
        "status": status(sale),
        "create_time": seconds(sale.ordered_at),
        "update_time": seconds(sale.changed_at),
        **times,
        "is_buyer_request_cancel": asks,
        "user_id": str(number_of(sale.buyer.key)),
        "fulfillment_type": "FULFILLMENT_BY_TIKTOK" if sale.by_platform else "FULFILLMENT_BY_SELLER",
        "shipping_type": "TIKTOK" if sale.by_platform else "SELLER",
        "delivery_option_id": DELIVERY_OPTION,
        "payment": {"currency": sale.currency, "total_amount": total, "sub_total": total, "shipping_fee": "0"},
        "recipient_address": _recipient(sale),
        "line_items": [_line(*one) for one in pieces_of(sale)],
        "packages": [{"id": _package(parcel)} for parcel in sale.parcels],
    }


def status(sale: Sale) -> str:
    """How far an order is."""
    live = [line for line in sale.lines if line.quantity > line.cancelled]
    if sale.cancelled_at is not None or not live:
        return "CANCELLED"
    if not any(line.shipped for line in live):
        return "AWAITING_SHIPMENT"
    if any(line.shipped + line.cancelled < line.quantity for line in live):
        return "PARTIALLY_SHIPPING"
    delivered = all(parcel.state is TrackingState.DELIVERED for parcel in sale.parcels)
    return "DELIVERED" if delivered else "IN_TRANSIT"


def pieces_of(sale: Sale) -> Iterator[tuple[Sale, Line, int, str]]:
    """Each piece with its number and its state."""
    for line in sale.lines:
        for place in range(line.quantity):
            number = number_of(line.id) * _PIECES + place
            if place < line.shipped:
                out = status(sale)
                yield sale, line, number, out if out in {"IN_TRANSIT", "DELIVERED"} else "IN_TRANSIT"
            elif place >= line.quantity - line.cancelled:
                yield sale, line, number, "CANCELLED"
            else:
                yield sale, line, number, "AWAITING_SHIPMENT"


def sku_id(sku: str) -> str:
    """What TikTok Shop calls an offer."""
    return str(1_729_000_000_000_000_000 + number_of(sku))


def _line(sale: Sale, line: Line, number: int, state: str) -> Json:
    parcel = sale.parcels[-1] if sale.parcels and state in {"IN_TRANSIT", "DELIVERED"} else None
    told = {
        "id": str(number),
        "product_name": line.title,
        "seller_sku": line.sku,
        "sku_id": sku_id(line.sku),
        "product_id": _of_item(line.item),
        "sale_price": str(in_decimals(line.price, sale.currency)),
        "original_price": str(in_decimals(line.price, sale.currency)),
        "currency": sale.currency,
        "display_status": state,
        "sku_type": "NORMAL",
        "package_status": "CANCELLED" if state == "CANCELLED" else "TO_FULFILL",
    }
    return {**told, **(_in_parcel(parcel) if parcel else {})}


def _in_parcel(parcel: Parcel) -> Json:
    return {
        "package_id": _package(parcel),
        "package_status": _PACKED.get(parcel.state, "FULFILLING"),
        "tracking_number": parcel.tracking,
        "shipping_provider_name": parcel.carrier,
        "rts_time": seconds(parcel.shipped_at),
    }


def _package(parcel: Parcel) -> str:
    return str(1_152_000_000_000_000_000 + number_of(parcel.id))


def _delivered(sale: Sale) -> Json:
    arrived = [parcel.delivered_at for parcel in sale.parcels if parcel.delivered_at]
    return {"delivery_time": seconds(max(arrived))} if arrived else {}


def _recipient(sale: Sale) -> Json:
    buyer = sale.buyer
    return {
        "name": buyer.name,
        "address_line1": buyer.street,
        "post_town": buyer.city,
        "postal_code": buyer.postcode,
        "region_code": buyer.country,
        "full_address": f"{buyer.street}, {buyer.postcode} {buyer.city}, {buyer.country}",
        "district_info": [{"address_level_name": "Country", "address_name": buyer.country, "address_level": "L0"}],
    }


def _of_item(item: str) -> str:
    return str(1_730_000_000_000_000_000 + number_of(item))


def _product(level: Shelved) -> str:
    return _of_item(level.item)


def _shelved(level: Shelved) -> Json:
    return {
        "id": sku_id(level.sku),
        "seller_sku": level.sku,
        "total_available_quantity": level.available,
        "total_committed_quantity": 0,
        "warehouse_inventory": [
            {"warehouse_id": "6955005333819123123", "available_quantity": level.available, "committed_quantity": 0}
        ],
    }
