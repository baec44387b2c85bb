"""What a platform's interface says of a store's performance: its own figures of the measures in `health.yaml`."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from tresen.channels.feeds import Stopped
from tresen.channels.outbound import StoreAccess

NOTHING_CHANGES_SOON = timedelta(hours=6)
"""An answer that is not as we know it will not be another one in a minute."""
_HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One measure's figure, in per cent, as of the end of a day."""

    measure: str
    value: Decimal
    as_of: date


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureDoor:
    """`read(access, at)` asks for the figures as they stand, once a day; none where the platform has counted nothing.

    `measures`: the keys in the channel's `health.yaml` that it reads; a store judged by none of them is not asked for.
    """

    measures: tuple[str, ...]
    read: Callable[[StoreAccess, datetime], Sequence[Figure] | Stopped]


def per_cent(told: object) -> Decimal | None:
    """A whole or decimal number from 0 to 100, to two places; None for anything else, such as a text or a share."""
    if isinstance(told, bool) or not isinstance(told, int | Decimal):
        return None
    value = Decimal(told)
    return round(value, 2) if value.is_finite() and 0 <= value <= _HUNDRED else None
