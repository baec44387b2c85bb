"""The time of a request, where OTTO wants it told."""

from datetime import datetime, timedelta

from tresen.timekeeping import wall

FOLLOWED = timedelta(days=30)
"""OTTO lists parcels by the day they were told of, not by what changed: so long each is looked at again."""


def parcels_since() -> str:
    """From which day on parcels are asked for."""
    return (wall.now() - FOLLOWED).date().isoformat()


def handed_over() -> datetime:
    """When a parcel left of which OTTO is told now."""
    return wall.now()
