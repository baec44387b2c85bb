"""Orders as the Admin API tells them, turned into the shape of its webhooks: both mean the same for the same order.

Enumerations are read as texts, so that a value that is new to us loses nothing but itself.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal

import msgspec

from tresen.channels.shopify.admin.order_questions import Parts
from tresen.channels.shopify.shapes import (
    Customer,
    Destination,
    Fulfillment,
    Image,
    LineItem,
    Product,
    ShippingAddress,
    ShopOrder,
    ShopRefund,
    Text,
    Transaction,
)
from tresen.channels.typed_json import NotAsDocumented

_FULFILLED = {"FULFILLED": "fulfilled", "PARTIALLY_FULFILLED": "partial", "RESTOCKED": "restocked"}


class Amount(msgspec.Struct, frozen=True):
    """A sum, in the currency that stands beside it or is the shop's."""

    amount: Decimal


class Money(msgspec.Struct, frozen=True, rename="camel"):
    """A sum in the shop's currency."""

    shop_money: Amount


class Legacy(msgspec.Struct, frozen=True, rename="camel"):
    """Something known by the number that the older interface calls it by."""

    legacy_resource_id: int


class Nodes[T](msgspec.Struct, frozen=True, rename="camel"):
    """A connection's page, without more than its beginning."""

    nodes: Sequence[T] = ()


class More(msgspec.Struct, frozen=True, rename="camel"):
    """Whether and where a connection goes on."""

    has_next_page: bool = False
    end_cursor: Text = None

    @property
    def after(self) -> str:
        """The place behind this page; empty behind the last."""
        return (self.end_cursor or "") if self.has_next_page else ""


class GraphEmail(msgspec.Struct, frozen=True, rename="camel"):
    """An address of a customer's."""

    email_address: str


class GraphCustomer(msgspec.Struct, frozen=True, rename="camel"):
    """Who bought."""

    first_name: Text = None
    last_name: Text = None
    default_email_address: GraphEmail | None = None


class GraphAddress(Destination, frozen=True, rename={"country_code": "countryCodeV2"}):
    """Where it goes."""

    country_code: Text = None


class GraphImage(msgspec.Struct, frozen=True):
    """A product's picture."""

    url: str


class GraphLine(Product, frozen=True, kw_only=True, rename="camel"):
    """A line of an order; of it alone there is no number of the older interface but in `id`."""

    id: str
    current_quantity: int
    unfulfilled_quantity: int
    original_unit_price_set: Money
    product: Legacy | None = None
    image: GraphImage | None = None


class GraphLines(msgspec.Struct, frozen=True, rename="camel"):
    """The first lines."""

    nodes: Sequence[GraphLine] = ()
    page_info: More = More()


class GraphTracking(msgspec.Struct, frozen=True):
    """One number of a hand-over."""

    company: Text = None
    number: Text = None
    url: Text = None


class GraphEvent(msgspec.Struct, frozen=True, rename="camel"):
    """What the carrier saw last."""

    status: str
    happened_at: datetime
    message: Text = None
    city: Text = None


class GraphFulfillment(msgspec.Struct, frozen=True, rename="camel"):
    """A hand-over."""

    legacy_resource_id: int
    created_at: datetime
    updated_at: datetime
    status: str
    delivered_at: datetime | None = None
    estimated_delivery_at: datetime | None = None
    tracking_info: Sequence[GraphTracking] = ()
    events: Nodes[GraphEvent] = Nodes()


class GraphTransaction(msgspec.Struct, frozen=True, rename="camel"):
    """Money that went one way or the other."""

    kind: str
    status: str
    amount_set: Money


class GraphRefund(msgspec.Struct, frozen=True, rename="camel"):
    """Money given back."""

    legacy_resource_id: int
    created_at: datetime
    note: Text = None
    transactions: Nodes[GraphTransaction] = Nodes()


class GraphOrder(msgspec.Struct, frozen=True, rename="camel"):
    """An order with the first of its parts."""

    legacy_resource_id: int
    name: str
    created_at: datetime
    updated_at: datetime
    currency_code: str
    total_price_set: Money
    display_fulfillment_status: str
    display_financial_status: Text = None
    cancelled_at: datetime | None = None
    email: Text = None
    customer: GraphCustomer | None = None
    shipping_address: GraphAddress | None = None
    line_items: GraphLines = GraphLines()
    fulfillments: Sequence[GraphFulfillment] = ()
    refunds: Sequence[GraphRefund] = ()

    def is_cut(self, asked: Parts) -> bool:
        """Whether it may have more parts than were asked for."""
        return self.line_items.page_info.has_next_page or self._parcels_cut(asked) or self._refunds_cut(asked)

    def as_told_by_webhook(self, asked: Parts) -> ShopOrder:
        """The same order; parts of which there may be more are not told. Raises ValueError for ids that are none."""
        return ShopOrder(
            id=self.legacy_resource_id,
            name=self.name,
            created_at=self.created_at,
            updated_at=self.updated_at,
            cancelled_at=self.cancelled_at,
            currency=self.currency_code,
            total_price=self.total_price_set.shop_money.amount,
            financial_status=(self.display_financial_status or "").lower(),
            fulfillment_status=_FULFILLED.get(self.display_fulfillment_status),
            email=self.email,
            customer=_customer(self.customer) if self.customer else None,
            shipping_address=_address(self.shipping_address) if self.shipping_address else None,
            line_items=None if self.line_items.page_info.has_next_page else [*map(_line, self.line_items.nodes)],
            fulfillments=None if self._parcels_cut(asked) else [*map(_fulfillment, self.fulfillments)],
            refunds=None if self._refunds_cut(asked) else [*map(_refund, self.refunds)],
        )

    def _parcels_cut(self, asked: Parts) -> bool:
        return len(self.fulfillments) >= asked.parcels

    def _refunds_cut(self, asked: Parts) -> bool:
        return len(self.refunds) >= asked.refunds


def number_in(gid: str) -> int:
    """Number 1 of "gid://shopify/LineItem/1". Raises NotAsDocumented."""
    number = gid.rpartition("/")[2].partition("?")[0]
    if not number.isascii() or not number.isdigit():
        raise NotAsDocumented(f"“{gid[:80]}” is no id of Shopify's.")
    return int(number)


def _customer(told: GraphCustomer) -> Customer:
    known = told.default_email_address
    return Customer(email=known.email_address if known else None, first_name=told.first_name, last_name=told.last_name)


def _address(told: GraphAddress) -> ShippingAddress:
    return ShippingAddress(**msgspec.structs.asdict(told))


def _line(told: GraphLine) -> LineItem:
    return LineItem(
        id=number_in(told.id),
        price=told.original_unit_price_set.shop_money.amount,
        quantity=told.quantity,
        title=told.title,
        name=told.name,
        sku=told.sku,
        product_id=told.product.legacy_resource_id if told.product else None,
        current_quantity=told.current_quantity,
        fulfillable_quantity=told.unfulfilled_quantity,
        image=Image(src=told.image.url) if told.image else None,
    )


def _fulfillment(told: GraphFulfillment) -> Fulfillment:
    seen = next(iter(told.events.nodes), None)
    first = next(iter(told.tracking_info), GraphTracking())
    return Fulfillment(
        id=told.legacy_resource_id,
        created_at=told.created_at,
        updated_at=seen.happened_at if seen else told.updated_at,
        status=told.status.lower(),
        shipment_status=seen.status.lower() if seen else None,
        tracking_company=first.company,
        tracking_number=first.number,
        tracking_numbers=[*_all(one.number for one in told.tracking_info)],
        tracking_url=first.url,
        tracking_urls=[*_all(one.url for one in told.tracking_info)],
        delivered_at=told.delivered_at,
        expected_at=told.estimated_delivery_at,
        last_scan=", ".join(filter(None, (seen.message, seen.city))) if seen else "",
    )


def _all(values: Iterator[Text]) -> Iterator[str]:
    return (value for value in values if value)


def _refund(told: GraphRefund) -> ShopRefund:
    return ShopRefund(
        id=told.legacy_resource_id,
        created_at=told.created_at,
        note=told.note,
        transactions=[
            Transaction(amount=one.amount_set.shop_money.amount, kind=one.kind.lower(), status=one.status.lower())
            for one in told.transactions.nodes
        ],
    )
