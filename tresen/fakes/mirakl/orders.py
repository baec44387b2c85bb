"""A fake operator's account, orders and offers."""

import json
from typing import TYPE_CHECKING, Any

from werkzeug.wrappers import Request

from tresen.channels.money import in_decimals, minor_units
from tresen.channels.order_news import ReturnState
from tresen.channels.tracking import TrackingState
from tresen.fakes.mirakl.account import ACCOUNT
from tresen.fakes.mirakl.answering import Refusal, asked_moment, moment, page
from tresen.fakes.sales import Buyer, Line, MoneyBack, Sale

if TYPE_CHECKING:
    from tresen.fakes.mirakl import FakeMirakl

type Json = dict[str, Any]

_COUNTRIES = {"DE": "DEU", "FR": "FRA", "ES": "ESP", "IT": "ITA", "AT": "AUT"}
_REASONS = {
    "REFUND": [("REFUND_DAMAGED", "Damaged"), ("REFUND_LATE", "Too late"), ("REFUND_OTHER", "Other")],
    "CANCELATION": [("CANCEL_STOCK", "Out of stock"), ("CANCEL_BUYER", "The buyer asked for it")],
    "ORDER_MESSAGING": [("MSG_OTHER", "Other")],
}


def account(fake: "FakeMirakl", request: Request) -> Json:
    """A01."""
    del fake, request
    return ACCOUNT


def listed(fake: "FakeMirakl", request: Request) -> Json:
    """OR11."""
    since, until = asked_moment(request, "start_update_date"), asked_moment(request, "end_update_date")
    wanted = [part for part in request.args.get("order_ids", "").split(",") if part]
    found = [
        sale
        for sale in sorted(fake.world.sales.values(), key=lambda one: (one.ordered_at, one.number))
        if (not wanted or sale.number in wanted)
        and (since is None or sale.changed_at >= since)
        and (until is None or sale.changed_at < until)
    ]
    return {"orders": [_order(fake, sale) for sale in page(request, found)], "total_count": len(found)}


def refund(fake: "FakeMirakl", request: Request) -> Json:
    """OR28."""
    made = []
    for wanted in json.loads(request.get_data())["refunds"]:
        sale = _sale_of_line(fake, wanted["order_line_id"])
        amount = minor_units(wanted["amount"], sale.currency) + minor_units(wanted["shipping_amount"], sale.currency)
        known = {code for code, _label in _REASONS["REFUND"]}
        if wanted["reason_code"] not in known:
            raise Refusal(f"Unknown reason code {wanted['reason_code']}.")
        paid = fake.world.refund(sale.number, amount=amount, reason=wanted["reason_code"])
        paid.line = wanted["order_line_id"]
        made.append(
            {**wanted, "quantity": wanted.get("quantity", 0), "refund_id": paid.id, "order_refund_id": f"o{paid.id}"}
        )
    return {"refunds": made, "order_tax_mode": "TAX_INCLUDED"}


def cancel(fake: "FakeMirakl", request: Request, order_id: str) -> None:
    """OR29."""
    del request
    fake.world.cancel(order_id)


def track(fake: "FakeMirakl", request: Request, order_id: str) -> None:
    """OR23."""
    told = json.loads(request.get_data())
    fake.world.sale(order_id)
    fake.tracked[order_id] = (told.get("carrier_name") or "", told.get("tracking_number") or "")


def ship(fake: "FakeMirakl", request: Request, order_id: str) -> None:
    """OR24."""
    del request
    carrier, tracking = fake.tracked.get(order_id, ("", ""))
    fake.world.ship(order_id, carrier=carrier, tracking=tracking)


def reasons(fake: "FakeMirakl", request: Request, reason_type: str) -> Json:
    """RE02."""
    del fake, request
    known = _REASONS.get(reason_type, [])
    return {"reasons": [{"code": code, "label": label} for code, label in known], "total_count": len(known)}


def offers(fake: "FakeMirakl", request: Request) -> Json:
    """OF21."""
    wanted = request.args.get("sku", "")
    found = [level for sku, level in sorted(fake.world.stock.items()) if not wanted or sku == wanted]
    told = [
        {"shop_sku": one.sku, "product_sku": one.item, "product_title": one.title, "quantity": one.available, **_OFFER}
        for one in page(request, found)
    ]
    return {"offers": told, "total_count": len(found)}


_NO_COMMISSION: Json = {
    "commission_fee": 0,
    "commission_rate_vat": 0,
    "commission_vat": 0,
    "total_commission": 0,
    "order_line_additional_fields": [],
    "commission_taxes": [],
    "taxes": [],
    "shipping_taxes": [],
}
_OFFER: Json = {
    "active": True,
    "all_prices": [],
    "category_code": "lamps",
    "category_label": "Lamps",
    "channels": [],
    "currency_iso_code": "EUR",
    "description": "",
    "fulfillment": {"center": {"code": "DEFAULT"}},
    "leadtime_to_ship": 1,
    "logistic_class": {"code": "S", "label": "Small"},
    "max_order_quantity": 0,
    "min_order_quantity": 0,
    "min_quantity_alert": 0,
    "min_shipping_price": 0,
    "min_shipping_price_additional": 0,
    "min_shipping_type": "STD",
    "min_shipping_zone": "DE",
    "offer_id": 1,
    "package_quantity": 0,
    "product_references": [],
    "shipping_deadline": "2030-01-01T00:00:00Z",
    "state_code": "11",
}


def state_of(sale: Sale) -> str:
    """Where an order is."""
    if sale.cancelled_at is not None:
        return "CANCELED"
    if not sale.parcels:
        return "SHIPPING"
    arrived = all(parcel.state is TrackingState.DELIVERED for parcel in sale.parcels)
    return "RECEIVED" if arrived else "SHIPPED"


def _sale_of_line(fake: "FakeMirakl", line_id: str) -> Sale:
    found = next((sale for sale in fake.world.sales.values() if any(line.id == line_id for line in sale.lines)), None)
    if found is None:
        raise Refusal(f"There is no order line {line_id}.")
    return found


def _order(fake: "FakeMirakl", sale: Sale) -> Json:
    carrier, tracking = fake.tracked.get(sale.number, ("", ""))
    parcel = sale.parcels[-1] if sale.parcels else None
    total = float(in_decimals(sale.total, sale.currency))
    return {
        "order_id": sale.number,
        "commercial_id": sale.number.rpartition("-")[0] or sale.number,
        "order_state": state_of(sale),
        "created_date": moment(sale.ordered_at),
        "last_updated_date": moment(sale.changed_at),
        "currency_iso_code": sale.currency,
        "price": total,
        "total_price": total,
        "shipping_price": 0,
        "customer": _customer(sale.buyer),
        "customer_debited_date": moment(sale.ordered_at),
        "customer_notification_email": sale.buyer.email,
        "order_lines": [_line(sale, line, pictures=fake.world.pictures) for line in sale.lines],
        "shipping_company": parcel.carrier if parcel else carrier,
        "shipping_tracking": parcel.tracking if parcel else tracking,
        **({"shipping_deadline": moment(sale.ship_by)} if sale.ship_by else {}),
        "can_cancel": not sale.parcels and sale.cancelled_at is None,
        "can_shop_ship": not sale.parcels,
        "fulfillment": {"center": {"code": "OPERATOR" if sale.by_platform else "DEFAULT"}},
        "fully_refunded": sale.refunded >= sale.total,
        "has_customer_message": False,
        "has_incident": False,
        "has_invoice": False,
        "leadtime_to_ship": 1,
        "paymentType": "CARD",
        "order_tax_mode": "TAX_INCLUDED",
        "total_commission": 0,
        "shipping_type_code": "STD",
        "shipping_type_label": "Standard",
        "shipping_zone_code": "DE",
        "shipping_zone_label": "Germany",
    }


def _customer(buyer: Buyer) -> Json:
    first, _, last = buyer.name.partition(" ")
    address = {
        "firstname": first,
        "lastname": last or first,
        "street_1": buyer.street,
        "zip_code": buyer.postcode,
        "city": buyer.city,
        "country": buyer.country,
        "country_iso_code": _COUNTRIES.get(buyer.country, "DEU"),
    }
    return {
        "customer_id": buyer.key,
        "firstname": first,
        "lastname": last or first,
        "billing_address": address,
        "shipping_address": address,
    }


def _line(sale: Sale, line: Line, *, pictures: str) -> Json:
    state = state_of(sale)
    left = line.quantity - line.cancelled if state != "CANCELED" else line.quantity
    returned = any(back.state is ReturnState.REFUNDED for back in sale.returns)
    price = float(in_decimals(line.price * left, sale.currency))
    return {
        "order_line_id": line.id,
        "order_line_index": 1,
        "order_line_state": "REFUNDED" if returned else state,
        "product_title": line.title,
        "product_sku": line.item,
        "offer_sku": line.sku,
        "offer_id": 1,
        "offer_state_code": "11",
        "quantity": left,
        "price": price,
        "price_unit": float(in_decimals(line.price, sale.currency)),
        "total_price": price,
        "shipping_price": 0,
        "can_refund": True,
        "category_code": "lamps",
        "category_label": "Lamps",
        "created_date": moment(sale.ordered_at),
        "last_updated_date": moment(sale.changed_at),
        "description": "",
        "product_medias": [{"media_url": f"{pictures}/{line.item}.png", "mime_type": "image/png", "type": "SMALL"}],
        "cancelations": [],
        "refunds": [_refunded(sale, refund) for refund in sale.refunds if (refund.line or sale.lines[0].id) == line.id],
        **_NO_COMMISSION,
    }


def _refunded(sale: Sale, refund: MoneyBack) -> Json:
    return {
        "id": refund.id,
        "order_refund_id": f"o{refund.id}",
        "amount": float(in_decimals(refund.amount, sale.currency)),
        "shipping_amount": 0,
        "quantity": 0,
        "created_date": moment(refund.at),
        "reason_code": refund.reason,
        "refund_state": "REFUNDED",
        "state": "REFUNDED",
        "commission_amount": 0,
        "commission_tax_amount": 0,
        "commission_taxes": [],
        "commission_total_amount": 0,
    }
