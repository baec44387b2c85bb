"""Which feeds a store has, and how far back they are read."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import transaction

from tresen.channels.feeds import Brings
from tresen.intake.feeds.polling import WAKES_POLLING
from tresen.intake.models import StoreFeed
from tresen.intake.waking import wake
from tresen.stores.connectors import connector_of
from tresen.stores.models import Store, StoreConnection

USUAL_PAST = timedelta(days=90)
"""So far back a new store's orders are read: most of what buyers write about is younger."""


@transaction.atomic
def start_feeds(store_id: int, *, past: timedelta = USUAL_PAST, at: datetime) -> None:
    """Read the store's feeds from now on, and the past as far as `past`. What was begun before goes on at once."""
    store = Store.objects.get(pk=store_id)
    StoreFeed.objects.bulk_create(_feeds(store, past=past, at=at), ignore_conflicts=True)
    StoreFeed.objects.filter(store=store, next_at__gt=at).update(next_at=at, failures=0, trouble="", reconnect=False)
    wake(WAKES_POLLING)


def keep_feeds(at: datetime) -> int:
    """Give connected stores the feeds that a newer version of their connector has. Always 0: it is done at once."""
    for connected in StoreConnection.objects.filter(store__retired_at=None).select_related("store"):
        new = list(_feeds(connected.store, past=USUAL_PAST, at=at))
        StoreFeed.objects.bulk_create(new, ignore_conflicts=True)
    return 0


def _feeds(store: Store, *, past: timedelta, at: datetime) -> Iterator[StoreFeed]:
    for feed in connector_of(store).feeds:
        yield StoreFeed(store=store, key=feed.key, began_at=at, read_to=at - min(past, feed.first), next_at=at)
        reach = min(past, feed.reach)
        if feed.brings is Brings.CHANGES and reach:
            yield StoreFeed(
                store=store, key=feed.key, backwards=True, began_at=at, read_to=at, back_to=at - reach, next_at=at
            )
