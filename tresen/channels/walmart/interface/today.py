"""The time of a request, where Walmart wants it told."""

from datetime import datetime, timedelta

from tresen.timekeeping import wall

KEPT = timedelta(days=179)
"""Walmart tells of orders of the last 180 days, and without a beginning only of the last seven."""


def oldest_order() -> datetime:
    """From when on orders can be asked for at all."""
    return wall.now() - KEPT


def handed_over() -> int:
    """When a parcel left of which Walmart is told now, in its milliseconds."""
    return int(wall.now().timestamp() * 1000)
