"""Keys that a platform publishes to prove what it tells: fetched when first named, kept for a while."""

from datetime import datetime, timedelta

from tresen.channels.feeds import Stopped
from tresen.channels.http import HttpResponse
from tresen.channels.webhooks import PublishedKeys
from tresen.stores.access import access_to
from tresen.stores.models import PublishedKey, Store
from tresen.timekeeping.running import running_from

KEPT_FOR = timedelta(hours=1)
"""As long as eBay asks to keep its keys (its event notification SDK, read 2026-11)."""
LONGEST_NAME = 200


class KeyNotHad(Exception):
    """The platform did not give its key just now: what it tells can't be judged yet."""


def published_key(store: Store, keys: PublishedKeys, name: str, *, at: datetime) -> str:
    """The key of that name at the store's platform. Raises KeyNotHad, and LookupError for a name that is none."""
    if not name or len(name) > LONGEST_NAME:
        raise LookupError("The platform names no key.")
    kept = PublishedKey.objects.filter(channel=store.channel, name=name, read_at__gt=at - KEPT_FOR).first()
    if kept is not None:
        return kept.value
    access = access_to(store, clock=running_from(at))
    outcome = access.http.send(keys.request(name, access))
    if not isinstance(outcome, HttpResponse):
        raise KeyNotHad(outcome.reason)
    value = keys.read(outcome)
    if isinstance(value, Stopped):
        raise KeyNotHad(value.reason)
    PublishedKey.objects.update_or_create(channel=store.channel, name=name, defaults={"value": value, "read_at": at})
    return value
