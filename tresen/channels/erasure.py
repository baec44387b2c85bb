"""A platform asks, for a buyer or for the law, that we forget somebody, or say what we know of him."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

MOST_DAYS = 30
"""Shopify: "complete the action within 30 days of receiving the request". The law's month may be shorter.

Sources: https://shopify.dev/docs/apps/build/compliance/privacy-law-compliance, read 2026-11-30; GDPR, Article 12 (3).
"""


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


def due(asked_at: datetime) -> datetime:
    """By when a request must be carried out: a month or 30 days after it was made, whichever ends first."""
    next_month = (asked_at.replace(day=1) + timedelta(days=32)).replace(day=1)
    days_there = ((next_month + timedelta(days=32)).replace(day=1) - next_month).days
    month = next_month.replace(day=min(asked_at.day, days_there))
    return min(month, asked_at + timedelta(days=MOST_DAYS))
