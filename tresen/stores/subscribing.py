"""Asking a platform by its interface to tell us by itself, at an address that only it knows."""

from datetime import datetime
from secrets import token_urlsafe

from tresen.accounts.actors import Actor
from tresen.accounts.auditing import record_change
from tresen.channels.feeds import Stopped
from tresen.channels.keyed_addresses import with_key
from tresen.channels.webhooks import WebhookDoor
from tresen.stores.access import access_to
from tresen.stores.models import Store
from tresen.stores.telling import door_of, has_secret, own_webhook, secret_name
from tresen.timekeeping.running import running_from
from tresen.vault.sealing import open_secret, seal

KEY_BYTES = 24


def subscribe(store_id: int, *, contact: str, by: Actor, at: datetime) -> Stopped | None:
    """Have the platform tell us from now on; None once it does. Whom nobody answers it writes a mail, to `contact`.

    The key is kept before the platform is asked: it may try the address at once. Asked again, it is told the same.
    Raises LookupError for a store whose platform can't be asked so.
    """
    store = Store.objects.get(pk=store_id)
    door = door_of(store)
    if door is None or door.subscribe is None:
        raise LookupError(f"The platform of {store.channel} is not asked by its interface.")
    address = with_key(own_webhook(store_id), _key(store, door, at=at))
    stopped = door.subscribe(access_to(store, clock=running_from(at)), address, contact)
    if stopped is None:
        Store.objects.filter(pk=store_id).update(refused_at=None)
        record_change(f"store:{store_id}", "webhook_subscribed", by=by, at=at)
    return stopped


def _key(store: Store, door: WebhookDoor, *, at: datetime) -> str:
    name = secret_name(store.pk, door.secret)
    if not has_secret(store, door):
        seal(name, token_urlsafe(KEY_BYTES), at=at)
    return open_secret(name)
