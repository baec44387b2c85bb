"""A platform asks, for a buyer or for the law, that we forget somebody, or say what we know of him."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class ErasureKind(StrEnum):
    """`BUYER`: forget one person. `STORE`: the store has left, forget all of its buyers. `ACCESS`: say what we know."""

    BUYER = "buyer"
    STORE = "store"
    ACCESS = "access"


@dataclass(frozen=True, slots=True, kw_only=True)
class ErasureRequest:
    """Who is meant: by the keys the channel knows him by, his addresses, and his orders' numbers or ids."""

    external_id: str
    kind: ErasureKind
    occurred_at: datetime
    keys: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    orders: tuple[str, ...] = ()
