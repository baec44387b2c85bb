"""What goods that come back have cost. Pure.

Platforms name what comes back by words and by our own article numbers; few name the order's lines.
"""

import re
from collections.abc import Iterable, Sequence

from tresen.orders.models import OrderLine

_ITEM = re.compile(r"(\d+) × (.*)")


def price_of(items: Iterable[str], lines: Sequence[OrderLine]) -> int | None:
    """The price of these items ("2 × LW-MIRA-03 Mira table lamp") in minor units; None where one names no line."""
    prices = [_price(item, lines) for item in items]
    known = [price for price in prices if price is not None]
    return sum(known) if prices and len(known) == len(prices) else None


def _price(item: str, lines: Sequence[OrderLine]) -> int | None:
    found = _ITEM.fullmatch(item)
    if found is None:
        return None
    named = [line for line in lines if line.sku and f"{found[2]} ".startswith(f"{' '.join(line.sku.split())} ")]
    return int(found[1]) * max(line.price for line in named) if named else None
