"""What a platform tells by itself: known to be the platform's, kept raw, answered at once; understood later."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import structlog
from django.db import transaction

from tresen.channels.contract import Source
from tresen.channels.webhooks import SecretOf, Webhook, WebhookDoor
from tresen.intake.keeping import Arrived, keep_raw
from tresen.intake.models import PayloadState, StoredPayload
from tresen.stores.models import Store
from tresen.stores.published_keys import KeyNotHad, published_key
from tresen.stores.telling import door_of, note_refused, note_told, secret_name
from tresen.vault.sealing import open_secret

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Kept:
    """It is kept; `new`: it had not been before."""

    new: bool


@dataclass(frozen=True, slots=True)
class NotGenuine:
    """Its signature is not the store's: nothing is kept of it."""


@dataclass(frozen=True, slots=True)
class NotNow:
    """Whether it is genuine can't be said just now: the platform tells it once more."""


@dataclass(frozen=True, slots=True)
class NoDoor:
    """Nothing is expected there: no such store, or its channel does not tell by itself."""


def set_aside(store_id: int) -> tuple[int, str]:
    """How much of what was told of a store nobody could read, and why the newest."""
    aside = StoredPayload.objects.filter(store=store_id, state=PayloadState.QUARANTINED).order_by("-number")
    newest = aside.values_list("problem", flat=True).first()
    return (aside.count(), newest) if newest else (0, "")


PUBLISHED = "published:"
"""What stands before the name of a key that the platform publishes."""

type Outcome = Kept | NotGenuine | NotNow | NoDoor


def answer_challenge(store_id: int, query: Mapping[str, str], *, endpoint: str, at: datetime) -> bytes | None:
    """What a platform wants to hear that tries the address before it tells; None where nothing is expected there."""
    store = Store.objects.filter(pk=store_id, retired_at=None).first()
    door = door_of(store) if store else None
    if store is None or door is None or door.challenge is None:
        return None
    try:
        return door.challenge(query, endpoint, _secrets(store, door, at=at))
    except LookupError:
        return None


def _secrets(store: Store, door: WebhookDoor, *, at: datetime) -> SecretOf:
    """The store's sealed credentials, and the keys that its platform publishes."""

    def secret_of(name: str) -> str:
        if door.published is not None and name.startswith(PUBLISHED):
            return published_key(store, door.published, name.removeprefix(PUBLISHED), at=at)
        return open_secret(secret_name(store.pk, name))

    return secret_of


def receive_webhook(store_id: int, webhook: Webhook, *, at: datetime) -> Outcome:
    """Keep a webhook's bytes, once however often it is told."""
    store = Store.objects.filter(pk=store_id, retired_at=None).first()
    door = door_of(store) if store else None
    if store is None or door is None:
        return NoDoor()
    try:
        genuine = door.is_genuine(webhook, _secrets(store, door, at=at))
    except LookupError:
        genuine = False
    except KeyNotHad as trouble:
        log.warning("webhook_not_judged", store=store.pk, trouble=str(trouble))
        return NotNow()
    if not genuine:
        log.warning("webhook_refused", store=store.pk, size=len(webhook.body))
        note_refused(store.pk, at=at)
        return NotGenuine()
    told = door.told(webhook)
    arrived = Arrived(
        source=Source.WEBHOOK,
        external_key=f"webhook/{told.about}/{told.id}"[:300],
        body=webhook.body,
        size=len(webhook.body),
        received_at=at,
        store=store.pk,
        about=told.about,
        headers={name: value for name, value in webhook.headers.items() if name in door.keeps},
    )
    note_told(store.pk, at=at)
    with transaction.atomic():
        return Kept(new=keep_raw([arrived], at=at) > 0)
