"""Why buyers send back what they bought at Walmart, and why money went back, as its interface lists it.

Source: the description of returnReason in Returns and the list refundReason in Orders (US, read 2026-11-30). The
reasons for which we give money back stand with that: see `refunding`.
"""

from collections.abc import Mapping
from types import MappingProxyType

RETURNS: Mapping[str, str] = MappingProxyType(
    {
        "ARRIVED_LATE": "It came too late",
        "AUTO_RETURN": "Returned automatically",
        "BOUGHT_ANOTHER_SIZE_OR_COLOR": "Bought in another size or colour",
        "BOUGHT_SOMEWHERE_ELSE": "Bought elsewhere",
        "DAMAGED": "It is damaged",
        "DEFECTIVE": "It is defective",
        "DUPLICATE_ITEM": "It came twice",
        "INADEQUATE_QUALITY": "The quality is bad",
        "INCORRECT_ITEM": "It was the wrong item",
        "LOST_AFTER_DELIVERY": "It was lost after delivery",
        "LOST_IN_TRANSIT": "It was lost on its way to the buyer",
        "LOWER_PRICE": "It is cheaper elsewhere",
        "MISSING_PARTS": "Something was missing",
        "NOT_AS_DESCRIBED": "It is not as described",
        "NO_LONGER_WANTED": "The buyer changed their mind",
        "RETURN_TO_SENDER": "It went back to its sender",
        "SHIPPING_BOX_DAMAGED": "The parcel was damaged",
        "TRIED_TO_CANCEL": "The customer wanted to cancel",
        "WRONG_SIZE/POOR_FIT": "It does not fit",
    }
)
REFUNDS: Mapping[str, str] = MappingProxyType(
    {
        "BillingError": "An error in the bill",
        "Buyer canceled": "The customer wanted to cancel",
        "CancelledYetShipped": "It was shipped although it was cancelled",
        "Customer returned item": "It came back",
        "General adjustment": "A correction",
        "IncorrectShippingPrice": "The price of shipping was wrong",
        "Merchandise not received": "It did not arrive",
        "Missing Parts / Instructions": "Something was missing",
        "Quality -> Missing Parts / Instructions": "Something was missing",
        "Shipping & Delivery -> Damaged": "It arrived damaged",
        "Shipping & Delivery -> Shipping Price Discrepancy": "The price of shipping was wrong",
        "TaxExemptCustomer": "The buyer pays no tax",
    }
)
REASONS: Mapping[str, str] = MappingProxyType({**RETURNS, **REFUNDS})
