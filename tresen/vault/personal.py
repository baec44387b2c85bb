"""Marks columns that hold personal data, so that expiry, export and erasure find them by reading the schema."""

from enum import StrEnum
from typing import Any

from django.db import models


class Contract(StrEnum):
    """Whose contract decides how long the value may stay."""

    STORE = "store"
    """As the store's channel asks (Amazon: 30 days after shipment)."""
    SELLER = "seller"
    """As the seller decides: own customers, own agents."""


class Subject(StrEnum):
    """Whose data it is."""

    BUYER = "buyer"
    AGENT = "agent"
    PARTNER = "partner"


def personal[F: models.Field[Any, Any]](field: F, subject: Subject, contract: Contract = Contract.STORE) -> F:
    """The field, tagged in the schema itself (column comment `personal:<subject>:<contract>`)."""
    field.db_comment = f"personal:{subject}:{contract}"
    return field
