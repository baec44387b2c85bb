"""The first reading: all orders, returns and stock, as the worker would have read them by the time the story ends."""

from datetime import datetime, timedelta

from django.db.models import Min, Q

from tresen.intake.feeds.polling import poll_due
from tresen.intake.models import StoreFeed
from tresen.intake.parsing import parse_kept
from tresen.stores.models import AllowanceLeft

BEGAN_BEFORE = timedelta(hours=2)
"""So long it may take: platforms prepare reports in their own time."""
A_MOMENT = timedelta(seconds=10)
ORDERS = "orders"
"""What all platforms' connectors call this feed."""
_IS_UNREAD = Q(checked_at=None) | Q(backwards=True) | ~Q(trouble="")
"""On a machine that has much to do, a platform of ours may answer too late, and is asked again."""


def read_all(*, until: datetime) -> None:
    """Read the feeds that began at `until - BEGAN_BEFORE`, in as little time as it takes: nobody waits for a clock.

    What a platform does not give by then, the worker goes on with.
    """
    at = until - BEGAN_BEFORE
    while at < until:
        _read_due(at)
        unread = StoreFeed.objects.filter(_IS_UNREAD, next_at__isnull=False)
        following = unread.aggregate(next=Min("next_at"))["next"]
        if following is None:
            break
        at = max(at + A_MOMENT, following)
    StoreFeed.objects.filter(key=ORDERS, backwards=False, next_at__gt=until).update(next_at=until)
    _read_due(until)  # what changed while all the rest was read


def _read_due(at: datetime) -> None:
    while StoreFeed.objects.filter(next_at__lte=at).exists():
        # Our own platforms count nobody's questions, so nobody waits until we may ask again.
        AllowanceLeft.objects.all().delete()
        poll_due(at, most=1, patience=timedelta(0))
    while parse_kept(at):
        pass
