"""What we read of orders, returns, cancellations and stock; times are whole seconds, sums decimals written as text."""

from collections.abc import Sequence

import msgspec


class LineItem(msgspec.Struct, frozen=True):
    """One piece of a product. A piece that waits to be handed over has no parcel yet."""

    id: str
    product_name: str = ""
    sku_name: str = ""
    seller_sku: str = ""
    sku_id: str = ""
    product_id: str = ""
    sku_image: str = ""
    sale_price: str = "0"
    currency: str = ""
    display_status: str = ""
    package_id: str = ""
    package_status: str = ""
    tracking_number: str = ""
    shipping_provider_name: str = ""
    rts_time: int = 0


class Paid(msgspec.Struct, frozen=True):
    """What the buyer pays."""

    currency: str = ""
    total_amount: str = ""


class Place(msgspec.Struct, frozen=True):
    """A part of an address: its level is a name as the country has it."""

    address_level_name: str = ""
    address_name: str = ""


class Recipient(msgspec.Struct, frozen=True):
    """Where goods go; masked where TikTok Shop ships."""

    name: str = ""
    full_address: str = ""
    address_line1: str = ""
    address_line2: str = ""
    address_line3: str = ""
    address_line4: str = ""
    address_detail: str = ""
    post_town: str = ""
    postal_code: str = ""
    region_code: str = ""
    district_info: Sequence[Place] = ()


class TikTokOrder(msgspec.Struct, frozen=True):
    """An order, as it is listed and as it is asked for by its number."""

    id: str
    status: str
    update_time: int
    create_time: int = 0
    paid_time: int = 0
    rts_sla_time: int = 0
    delivery_sla_time: int = 0
    delivery_time: int = 0
    request_cancel_time: int = 0
    is_buyer_request_cancel: bool = False
    user_id: str = ""
    buyer_nickname: str = ""
    fulfillment_type: str = ""
    shipping_type: str = ""
    delivery_option_id: str = ""
    payment: Paid = Paid()
    recipient_address: Recipient = Recipient()
    line_items: Sequence[LineItem] = ()


class Orders(msgspec.Struct, frozen=True):
    """Orders that were asked for by number."""

    orders: Sequence[TikTokOrder] = ()


class Action(msgspec.Struct, frozen=True):
    """What the seller is to do next, and until when."""

    action: str = ""
    deadline: int = 0


class RefundAmount(msgspec.Struct, frozen=True):
    """What a return gives back."""

    currency: str = ""
    refund_total: str = ""


class ReturnedItem(msgspec.Struct, frozen=True):
    """One piece that comes back."""

    product_name: str = ""
    sku_name: str = ""
    seller_sku: str = ""


class TikTokReturn(msgspec.Struct, frozen=True):
    """A return, or a refund without one."""

    return_id: str
    order_id: str
    return_status: str
    create_time: int
    update_time: int = 0
    return_type: str = ""
    return_reason: str = ""
    return_reason_text: str = ""
    return_provider_name: str = ""
    return_tracking_number: str = ""
    refund_amount: RefundAmount = RefundAmount()
    seller_next_action_response: Sequence[Action] = ()
    return_line_items: Sequence[ReturnedItem] = ()


class Returns(msgspec.Struct, frozen=True):
    """Returns that were asked for by number."""

    return_orders: Sequence[TikTokReturn] = ()


class Cancellation(msgspec.Struct, frozen=True):
    """A cancellation, asked for by the buyer or done by the seller."""

    cancel_id: str
    order_id: str
    cancel_status: str
    create_time: int
    update_time: int = 0
    role: str = ""
    cancel_reason: str = ""
    cancel_reason_text: str = ""
    seller_next_action_response: Sequence[Action] = ()


class Cancellations(msgspec.Struct, frozen=True):
    """Cancellations of one order."""

    cancellations: Sequence[Cancellation] = ()


class Sku(msgspec.Struct, frozen=True):
    """How much of an offer is there: `total_committed_quantity` is sold and not yet handed over."""

    id: str
    seller_sku: str = ""
    total_available_quantity: int = 0
    total_committed_quantity: int | None = None


class Stocked(msgspec.Struct, frozen=True):
    """A product's offers."""

    product_id: str = ""
    skus: Sequence[Sku] = ()
