"""Why buyers send back what they bought at Kaufland, and why money went back.

Source: the list ReturnReason of its Seller API v2, read 2026-11-30.
"""

from collections.abc import Mapping
from types import MappingProxyType

REASONS: Mapping[str, str] = MappingProxyType(
    {
        "accidentally_ordered": "Ordered by mistake",
        "bad_quality": "The quality is bad",
        "better_price": "It is cheaper elsewhere",
        "defect": "It is defective",
        "delivered_damaged": "It arrived damaged",
        "dislike": "The buyer does not like it",
        "misleading_description": "It is not as described",
        "missing_parts": "Something was missing",
        "no_reason": "No reason given",
        "too_late": "It came too late",
        "wrong_article": "It was the wrong item",
        "wrong_size": "It does not fit",
    }
)
