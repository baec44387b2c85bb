"""What OTTO's words for why goods or money went back mean. What nobody has described is shown as OTTO tells it.

Source: the lists of values in its interfaces Returns v3 and Receipts v3, read 2026-11-30. What the letters of a
condition mean only OTTO Partner Connect explains.
"""

from collections.abc import Mapping
from types import MappingProxyType

from tresen.channels.otto.interface.deciding import ACCEPTED, CONDITIONS, REJECTED
from tresen.channels.otto.interface.returns import MISDIRECTED, condition

REASONS: Mapping[str, str] = MappingProxyType(
    {
        **ACCEPTED,
        **REJECTED,
        MISDIRECTED: "It went to a warehouse of OTTO’s",
        "RETURN": "It came back",
        "CANCELLATION": "The order was cancelled",
        "SERVICE_FULL_REFUND_CANCELLED_BY_SDU": "A service was not done",
        "SERVICE_FULL_REFUND_PRODUCT_RETURNED": "A service for what came back",
        "REFUND_COMPLAINT_ITEM": "The buyer’s complaint was justified",
        "REFUND_PAYPAL_DISPUTE": "A dispute at PayPal",
        "REFUND_CREDIT_CARD_DISPUTE": "A dispute about a credit card",
        "REFUND_ESCALATION": "OTTO decided so after an escalation",
        "REFUND_PARTIAL_AMOUNT_AFTER_SERVICE_CANCELLATION": "A service was not done completely",
        **{condition(letter): condition(letter) for letter in CONDITIONS},
    }
)
