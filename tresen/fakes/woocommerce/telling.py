"""How a fake shop tells of orders, refunds, notes and products (wc/v3)."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from tresen.channels.money import in_decimals
from tresen.fakes.sales import Buyer, Line, MoneyBack, Sale, Shelved

type Json = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Words about an order; those for the customer are mailed to him."""

    id: int
    text: str
    at: datetime
    for_customer: bool
    author: str


def moment(at: datetime | None) -> str | None:
    """As WordPress writes times: the second, without a zone."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S") if at else None


def decimal(amount: int, currency: str) -> str:
    """A sum as a text."""
    return str(in_decimals(amount, currency))


def digits(name: str) -> int:
    """The number in an id of the world's, which may have letters too."""
    return int("".join(letter for letter in name if letter.isdigit()) or "0")


def status_of(sale: Sale) -> str:
    """Where an order is. All money back makes it refunded, unless it was cancelled before."""
    if sale.cancelled_at is not None:
        return "cancelled"
    if sale.refunded >= sale.total:
        return "refunded"
    return "completed" if all(line.shipped >= line.quantity for line in sale.lines) else "processing"


def order(sale: Sale, *, pictures: str, remark: str = "") -> Json:
    """The order as GET tells it and as a webhook brings it."""
    completed = max((parcel.shipped_at for parcel in sale.parcels), default=None)
    return {
        "id": digits(sale.id),
        "parent_id": 0,
        "number": sale.number.lstrip("#"),
        "status": status_of(sale),
        "currency": sale.currency,
        **_times("created", sale.ordered_at),
        **_times("modified", sale.changed_at),
        "total": decimal(sale.total, sale.currency),
        "total_tax": "0.00",
        "prices_include_tax": True,
        "customer_id": 0,
        "customer_note": remark,
        "billing": {**_person(sale.buyer), "email": sale.buyer.email, "phone": ""},
        "shipping": _person(sale.buyer),
        "payment_method": "stripe",
        **_times("paid", sale.ordered_at),
        **_times("completed", completed),
        "meta_data": [],
        "line_items": [_line(line, sale.currency, pictures) for line in sale.lines],
        "tax_lines": [],
        "shipping_lines": [],
        "refunds": [
            {"id": digits(one.id), "reason": one.reason, "total": f"-{decimal(one.amount, sale.currency)}"}
            for one in reversed(sale.refunds)
        ],
    }


def refund(one: MoneyBack, currency: str) -> Json:
    """A refund as the list of them tells it."""
    return {
        "id": digits(one.id),
        **_times("created", one.at),
        "amount": decimal(one.amount, currency),
        "reason": one.reason,
        "refunded_by": 1,
        "refunded_payment": True,
        "meta_data": [],
        "line_items": [],
    }


def note(one: Note) -> Json:
    """A note."""
    return {
        "id": one.id,
        "author": one.author,
        **_times("created", one.at),
        "note": one.text,
        "customer_note": one.for_customer,
    }


def product(level: Shelved, number: int, *, pictures: str) -> Json:
    """A product that the shop counts."""
    return {
        "id": number,
        "name": level.title,
        "type": "simple",
        "status": "publish",
        "sku": level.sku,
        **_times("modified", level.changed_at),
        "manage_stock": True,
        "stock_quantity": level.available,
        "stock_status": "instock" if level.available else "outofstock",
        "images": [{"id": 1, "src": f"{pictures}/{level.item}.png", "name": level.title, "alt": ""}],
        "variations": [],
    }


def _times(what: str, at: datetime | None) -> Json:
    """In the site's zone, which is UTC here, and in UTC."""
    return {f"date_{what}": moment(at), f"date_{what}_gmt": moment(at)}


def _person(buyer: Buyer) -> Json:
    first, _, last = buyer.name.partition(" ")
    return {
        "first_name": first,
        "last_name": last,
        "company": "",
        "address_1": buyer.street,
        "address_2": "",
        "city": buyer.city,
        "state": "",
        "postcode": buyer.postcode,
        "country": buyer.country,
    }


def _line(line: Line, currency: str, pictures: str) -> Json:
    whole = decimal(line.price * line.quantity, currency)
    return {
        "id": digits(line.id),
        "name": line.title,
        "product_id": digits(line.item),
        "variation_id": 0,
        "quantity": line.quantity,
        "tax_class": "",
        "subtotal": whole,
        "subtotal_tax": "0.00",
        "total": whole,
        "total_tax": "0.00",
        "taxes": [],
        "meta_data": [],
        "sku": line.sku,
        "price": float(in_decimals(line.price, currency)),
        "image": {"id": "1", "src": f"{pictures}/{line.item}.png"},
    }
