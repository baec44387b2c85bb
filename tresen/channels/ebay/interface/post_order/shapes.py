"""What Post-Order (v2) and the payment disputes tell: the fields that we read, by eBay's names.

Source of Post-Order: developer.ebay.com/Devzone/post-order, 2.8.0 and 2.10.0, read 2026-11-30. Its times are
containers, its ids sometimes numbers.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec

from tresen.channels.ebay.interface.orders.shapes import Amount

type Text = str | None
type Id = str | int


class Moment(msgspec.Struct, frozen=True, rename="camel"):
    """A time."""

    value: datetime | None = None


class Content(msgspec.Struct, frozen=True, rename="camel"):
    """Words."""

    content: Text = None


class ReturnedItem(msgspec.Struct, frozen=True, rename="camel"):
    """What of an order comes back."""

    item_id: Id | None = None
    return_quantity: int = 1


class CreationInfo(msgspec.Struct, frozen=True, rename="camel"):
    """How a return began."""

    creation_date: Moment
    item: ReturnedItem | None = None
    reason: Text = None
    comments: Content | None = None


class ResponseDue(msgspec.Struct, frozen=True, rename="camel"):
    """Until when a party must do what."""

    activity_due: Text = None
    respond_by_date: Moment | None = None


class Return(msgspec.Struct, frozen=True, rename="camel"):
    """A return; `state` is where it is, `status` what people are told. EBay does not say when it changed."""

    return_id: Id
    creation_info: CreationInfo
    order_id: Text = None
    state: Text = None
    status: Text = None
    seller_response_due: ResponseDue | None = None


class OneReturn(msgspec.Struct, frozen=True, rename="camel"):
    """The answer to a question for one return."""

    summary: Return


class Pages(msgspec.Struct, frozen=True, rename="camel"):
    """How much there is in all."""

    total_entries: int | None = None


class Found(msgspec.Struct, frozen=True, rename="camel"):
    """A page of a search, each member not yet looked into."""

    members: Sequence[Any] | None = None
    pagination_output: Pages | None = None


class Request(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """What a buyer asks for, as far as all such requests tell the same."""

    creation_date: Moment
    last_modified_date: Moment | None = None
    respond_by_date: Moment | None = None
    buyer: Text = None
    item_id: Id | None = None
    order_id: Text = None
    claim_amount: Amount | None = None


class Inquiry(Request, frozen=True, kw_only=True, rename="camel"):
    """An item has not come, says its buyer."""

    inquiry_id: Id
    inquiry_status_enum: str


class Case(Request, frozen=True, kw_only=True, rename="camel"):
    """A request that eBay has been called in for."""

    case_id: Id
    case_status_enum: str


class Dispute(msgspec.Struct, frozen=True, rename="camel"):
    """A buyer has asked his bank, or whom he paid with, for his money. `respond_by_date` only while we must act."""

    payment_dispute_id: str
    payment_dispute_status: str
    open_date: datetime
    respond_by_date: datetime | None = None
    closed_date: datetime | None = None
    reason: Text = None
    order_id: Text = None
    buyer_username: Text = None
    amount: Amount | None = None


class Disputes(msgspec.Struct, frozen=True, rename="camel"):
    """A page of payment disputes, each not yet looked into."""

    payment_dispute_summaries: Sequence[Any] | None = None
    total: int = 0
