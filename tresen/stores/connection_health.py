"""How a store's connection to its platform does: the last word of its answers."""

from datetime import datetime, timedelta

from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce

from tresen.stores.models import Health, StoreConnection

NOTED_EVERY = timedelta(minutes=1)
"""While all is well the row is not written each time."""


def went_well(store_id: int, *, at: datetime) -> None:
    """The platform answered. Costs one read while all is well."""
    worth_noting = Q(answered_at=None) | Q(answered_at__lt=at - NOTED_EVERY) | ~Q(health=Health.GOOD)
    StoreConnection.objects.filter(worth_noting, store=store_id).update(
        health=Health.GOOD, trouble="", troubled_since=None, answered_at=at
    )


def failed(store_id: int, trouble: str, *, at: datetime, reconnect: bool = False) -> None:
    """The platform did not answer well. A new sign-in that is asked for stays asked for until it lets us in again."""
    rows = StoreConnection.objects.filter(store=store_id)
    if not reconnect:
        rows = rows.exclude(health=Health.RECONNECT)
    rows.update(
        health=Health.RECONNECT if reconnect else Health.TROUBLED,
        trouble=trouble,
        troubled_since=Coalesce(F("troubled_since"), Value(at)),
    )
