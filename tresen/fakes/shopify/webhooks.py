"""Webhooks as Shopify sends them: the older interface's shape (REST), signed with the app's secret."""

import hmac
import json
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any

from tresen.fakes.sales import Buyer, Line, MoneyBack, Parcel, Sale
from tresen.fakes.shopify.connections import decimal, gid, moment, number_of
from tresen.fakes.shopify.orders import (
    SEEN,
    country_of,
    financial_status,
    fulfillment_status,
    names_of,
    seen_at,
    tracking_address,
)

_FULFILLED = {"FULFILLED": "fulfilled", "PARTIALLY_FULFILLED": "partial"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One request to our address."""

    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)


def signed(
    topic: str,
    told: Mapping[str, Any],
    *,
    secret: str,
    event: str,
    at: datetime,
    domain: str = "birkenhof.myshopify.com",
) -> Delivery:
    """A webhook about a topic ("orders/updated"). `event` stays when the same is told again."""
    body = json.dumps(told, separators=(",", ":")).encode()
    signature = b64encode(hmac.digest(secret.encode(), body, sha256)).decode()
    headers = {
        "Content-Type": "application/json",
        "X-Shopify-Topic": topic,
        "X-Shopify-Hmac-Sha256": signature,
        "X-Shopify-Shop-Domain": domain,
        "X-Shopify-API-Version": "2026-10",
        "X-Shopify-Webhook-Id": sha256(f"{event} {at}".encode()).hexdigest()[:36],
        "X-Shopify-Event-Id": event,
        "X-Shopify-Triggered-At": at.isoformat(),
    }
    return Delivery(headers=headers, body=body)


def order_webhook(sale: Sale, *, secret: str, topic: str = "orders/updated") -> Delivery:
    """The order as it stands, told by itself."""
    event = sha256(f"{topic} {sale.id} {sale.changed_at}".encode()).hexdigest()[:36]
    return signed(topic, order_body(sale), secret=secret, event=event, at=sale.changed_at)


def order_body(sale: Sale) -> dict[str, Any]:
    """What an order's webhook holds."""
    first, last = names_of(sale.buyer)
    return {
        "id": number_of(sale.id),
        "admin_graphql_api_id": gid("Order", sale.id),
        "name": sale.number,
        "created_at": moment(sale.ordered_at),
        "updated_at": moment(sale.changed_at),
        "cancelled_at": moment(sale.cancelled_at),
        "currency": sale.currency,
        "total_price": decimal(sale.total, sale.currency),
        "financial_status": financial_status(sale).lower(),
        "fulfillment_status": _FULFILLED.get(fulfillment_status(sale)),
        "email": sale.buyer.email,
        "customer": {"email": sale.buyer.email, "first_name": first, "last_name": last},
        "shipping_address": _address(sale.buyer),
        "line_items": [_line(line, sale.currency) for line in sale.lines],
        "fulfillments": [_fulfillment(parcel, sale) for parcel in sale.parcels],
        "refunds": [_refund(refund, sale) for refund in sale.refunds],
    }


def _address(buyer: Buyer) -> dict[str, Any]:
    return {
        "name": buyer.name,
        "company": None,
        "address1": buyer.street,
        "address2": None,
        "zip": buyer.postcode,
        "city": buyer.city,
        "province": None,
        "country": country_of(buyer),
        "country_code": buyer.country,
    }


def _line(line: Line, currency: str) -> dict[str, Any]:
    left = line.quantity - line.cancelled
    return {
        "id": number_of(line.id),
        "product_id": number_of(line.item),
        "title": line.title,
        "name": line.title,
        "sku": line.sku,
        "quantity": line.quantity,
        "current_quantity": left,
        "fulfillable_quantity": left - line.shipped,
        "price": decimal(line.price, currency),
    }


def _fulfillment(parcel: Parcel, sale: Sale) -> dict[str, Any]:
    return {
        "id": number_of(parcel.id),
        "order_id": number_of(sale.id),
        "created_at": moment(parcel.shipped_at),
        "updated_at": moment(seen_at(parcel)),
        "status": "success",
        "shipment_status": SEEN[parcel.state].lower() if parcel.state in SEEN else None,
        "tracking_company": parcel.carrier,
        "tracking_number": parcel.tracking,
        "tracking_numbers": [parcel.tracking],
        "tracking_url": tracking_address(parcel),
        "tracking_urls": [tracking_address(parcel)],
    }


def _refund(refund: MoneyBack, sale: Sale) -> dict[str, Any]:
    paid = {"kind": "refund", "status": "success", "amount": decimal(refund.amount, sale.currency)}
    return {
        "id": number_of(refund.id),
        "order_id": number_of(sale.id),
        "created_at": moment(refund.at),
        "note": refund.reason,
        "transactions": [paid],
    }
