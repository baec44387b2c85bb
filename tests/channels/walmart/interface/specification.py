"""Walmart's specification, mended where it contradicts its own examples.

It gives orders and shipments the lines of refunds (github.com/highsidelabs/walmart-api-php, issues 13 and 17), and the
list of inventories the shape of one of them.
"""

from functools import cached_property
from typing import Any

from tests.channels.specifications.documents import PLATFORMS
from tests.channels.specifications.interface import Interface

_LINES = {
    "Order": "OrderLinesType",
    "GetOrderResponseRecord": "OrderLinesType",
    "OrderShipmentRecord": "ShippingLinesType",
}
_FOLDER = "walmart/specs"


class Mended(Interface):
    """An interface whose wrong references point where its examples say."""

    @cached_property
    def root(self) -> dict[str, Any]:
        found = super().root
        schemas = found["components"]["schemas"]
        for name, lines in _LINES.items():
            if name in schemas:
                schemas[name]["properties"]["orderLines"] = {"$ref": f"#/components/schemas/{lines}"}
        for schema in schemas.values():
            inventories = schema.get("properties", {}).get("inventories")
            if inventories and "$ref" in inventories:
                schema["properties"]["inventories"] = {"type": "array", "items": inventories}
        return found


ORDERS = Mended(f"{_FOLDER}/us-mp-orders.json")
RETURNS = Mended(f"{_FOLDER}/us-mp-returns.json")
INVENTORY = Mended(f"{_FOLDER}/us-mp-inventory.json")
INTERFACES = [ORDERS, RETURNS, INVENTORY] if PLATFORMS.is_dir() else []
