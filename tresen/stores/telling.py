"""What a channel that tells by itself needs of a store: the secret it signs with, and how that goes."""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from tresen.accounts.actors import Actor
from tresen.accounts.auditing import record_change
from tresen.channels.registry import CONNECTORS
from tresen.channels.webhooks import WebhookDoor
from tresen.stores.connectors import connector_of
from tresen.stores.models import Store, StoreConnection
from tresen.stores.wording import Problem, SetupWrong
from tresen.vault.models import SealedSecret
from tresen.vault.sealing import open_secret, seal

NOTED_EVERY = timedelta(minutes=1)
"""A shop that tells much does not write into its store's row each time."""
LONGEST_SECRET = 500


def door_of(store: Store) -> WebhookDoor | None:
    """How the store's channel tells by itself; None where it does not."""
    return connector_of(store).webhooks


class StoreOfApp(NamedTuple):
    """A store that an app of the seller's serves, its account at the platform, and what holds that: see `AppDoor`."""

    store: Store
    account: str
    holder: str


def stores_of_app(family: str, app: str) -> Sequence[StoreOfApp]:
    """The connected stores, of all the family's channels, whose settings name this app."""
    shared = {one.key: one.webhooks.shared for one in CONNECTORS if one.webhooks and one.webhooks.shared}
    stores = Store.objects.filter(channel__in=[key for key, door in shared.items() if door.family == family])
    found = []
    for store in stores.filter(retired_at=None).select_related("connection").order_by("pk"):
        connected = getattr(store, "connection", None)
        settings, door = connected.settings if connected else {}, shared[store.channel]
        if app and settings.get(door.app) == app:
            found.append(StoreOfApp(store, settings.get(door.account, ""), settings.get(door.holder, "")))
    return found


def app_of(store: Store) -> tuple[str, str] | None:
    """The family and name of the app that serves the store, empty as long as it is not connected; None without one."""
    door = door_of(store)
    if door is None or door.shared is None:
        return None
    connected = StoreConnection.objects.filter(store=store).first()
    return door.shared.family, connected.settings.get(door.shared.app, "") if connected else ""


def secret_name(store_id: int, name: str) -> str:
    """The vault's name of a store's secret."""
    return f"store:{store_id}:{name}"


def own_webhook(store_id: int) -> str:
    """The whole address at which a store's own platform tells, as others reach it."""
    return f"{settings.BASE_URL.rstrip('/')}{reverse('webhook', args=[store_id])}"


def has_secret(store: Store, door: WebhookDoor) -> bool:
    """Whether the store can know who tells."""
    return SealedSecret.objects.filter(name=secret_name(store.pk, door.secret)).exists()


def shown_secret(store: Store, name: str) -> str:
    """A kept secret that an administrator made up and enters at the platform too; empty where none can be opened."""
    try:
        return open_secret(secret_name(store.pk, name))
    except LookupError:
        return ""


@transaction.atomic
def keep_signing_secret(store_id: int, secret: str, *, by: Actor, at: datetime) -> None:
    """What the platform signs with from now on. Raises SetupWrong."""
    store = Store.objects.select_for_update().get(pk=store_id)
    door = door_of(store)
    secret = secret.strip()
    if door is None or not secret or len(secret) > LONGEST_SECRET:
        raise SetupWrong([Problem("secret", _("Paste the secret that the platform shows."))])
    if door.asked and door.asked.pattern and not re.fullmatch(door.asked.pattern, secret, re.IGNORECASE):
        raise SetupWrong([Problem("secret", _(door.asked.unfit))])
    seal(secret_name(store_id, door.secret), secret, at=at)
    Store.objects.filter(pk=store_id).update(refused_at=None)
    record_change(f"store:{store_id}", "webhook_secret_kept", by=by, at=at)


def note_told(store_id: int, *, at: datetime) -> None:
    """The platform told something, and it was the platform."""
    long_ago = Q(told_at=None) | Q(told_at__lt=at - NOTED_EVERY)
    Store.objects.filter(long_ago, pk=store_id).update(told_at=at)


def note_refused(store_id: int, *, at: datetime) -> None:
    """Somebody told something that was not signed with the store's secret."""
    long_ago = Q(refused_at=None) | Q(refused_at__lt=at - NOTED_EVERY)
    Store.objects.filter(long_ago, pk=store_id).update(refused_at=at)
