"""What a channel that tells by itself needs of a store: the secret it signs with, and how that goes."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from tresen.accounts.actors import Actor
from tresen.accounts.auditing import record_change
from tresen.channels.webhooks import WebhookDoor
from tresen.stores.connectors import connector_of
from tresen.stores.models import Store
from tresen.stores.wording import Problem, SetupWrong
from tresen.vault.models import SealedSecret
from tresen.vault.sealing import seal

NOTED_EVERY = timedelta(minutes=1)
"""A shop that tells much does not write into its store's row each time."""
LONGEST_SECRET = 500


def door_of(store: Store) -> WebhookDoor | None:
    """How the store's channel tells by itself; None where it does not."""
    return connector_of(store).webhooks


def secret_name(store_id: int, name: str) -> str:
    """The vault's name of a store's secret."""
    return f"store:{store_id}:{name}"


def has_secret(store: Store, door: WebhookDoor) -> bool:
    """Whether the store can know who tells."""
    return SealedSecret.objects.filter(name=secret_name(store.pk, door.secret)).exists()


@transaction.atomic
def keep_signing_secret(store_id: int, secret: str, *, by: Actor, at: datetime) -> None:
    """What the platform signs with from now on. Raises SetupWrong."""
    store = Store.objects.select_for_update().get(pk=store_id)
    door = door_of(store)
    secret = secret.strip()
    if door is None or not secret or len(secret) > LONGEST_SECRET:
        raise SetupWrong([Problem("secret", _("Paste the secret that the platform shows."))])
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
