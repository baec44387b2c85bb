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
SOONER = 1 / 3
LONGEST_WAIT = timedelta(minutes=5)
"""Whoever wants a feed read now waits for a third of its usual pause since it last was, and no longer than this."""
A_DAY = timedelta(days=1)


@transaction.atomic
def start_feeds(store_id: int, *, past: timedelta = USUAL_PAST, at: datetime) -> None:
    """Read the store's feeds from now on, and the past as far as `past`. What was begun before goes on at once."""
    store = Store.objects.get(pk=store_id)
    StoreFeed.objects.bulk_create(_feeds(store, past=past, at=at), ignore_conflicts=True)
    StoreFeed.objects.filter(store=store, next_at__gt=at).update(
        next_at=at, failures=0, trouble="", reconnect=False, lacks=False
    )
    _reach_further(store, past=past, at=at)
    wake(WAKES_POLLING)


@transaction.atomic
def read_now(store_id: int, key: str, *, at: datetime) -> datetime | None:
    """Read one of the store's feeds as soon as its platform allows: gives when; None where there is no such feed.

    A feed that was read a moment ago waits: platforms say how often each may be asked.
    """
    store = Store.objects.get(pk=store_id)
    feed = next((one for one in connector_of(store).feeds if one.key == key), None)
    rows = StoreFeed.objects.filter(store=store, key=key, next_at__isnull=False)
    if feed is None or not rows.exists():
        return None
    forward = rows.filter(backwards=False).first()
    read = forward.checked_at if forward and forward.checked_at and not forward.trouble else None
    moment = max(at, read + min(feed.every * SOONER, LONGEST_WAIT)) if read else at
    rows.filter(next_at__gt=moment).update(next_at=moment, failures=0)
    wake(WAKES_POLLING)
    return moment


def _reach_further(store: Store, *, past: timedelta, at: datetime) -> None:
    """Who wants more of the past than was wanted before gets it; whoever reads it at this moment begins anew."""
    for feed in connector_of(store).feeds:
        back_to = at - min(past, feed.reach)
        shorter = StoreFeed.objects.filter(store=store, key=feed.key, backwards=True, back_to__gt=back_to + A_DAY)
        shorter.update(
            back_to=back_to,
            next_at=at,
            held_by=None,
            held_until=None,
            failures=0,
            trouble="",
            reconnect=False,
            lacks=False,
        )


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
