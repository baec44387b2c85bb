"""What a platform tells by itself: known to be the platform's, kept raw, answered at once; understood later."""

from dataclasses import dataclass
from datetime import datetime

import structlog
from django.db import transaction

from tresen.channels.contract import Source
from tresen.channels.webhooks import Webhook
from tresen.intake.keeping import Arrived, keep_raw
from tresen.intake.models import PayloadState, StoredPayload
from tresen.stores.models import Store
from tresen.stores.telling import door_of, note_refused, note_told, secret_name
from tresen.vault.sealing import SecretMissing, open_secret

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Kept:
    """It is kept; `new`: it had not been before."""

    new: bool


@dataclass(frozen=True, slots=True)
class NotGenuine:
    """Its signature is not the store's: nothing is kept of it."""


@dataclass(frozen=True, slots=True)
class NoDoor:
    """Nothing is expected there: no such store, or its channel does not tell by itself."""


def set_aside(store_id: int) -> tuple[int, str]:
    """How much of what was told of a store nobody could read, and why the newest."""
    aside = StoredPayload.objects.filter(store=store_id, state=PayloadState.QUARANTINED).order_by("-number")
    newest = aside.values_list("problem", flat=True).first()
    return (aside.count(), newest) if newest else (0, "")


type Outcome = Kept | NotGenuine | NoDoor


def receive_webhook(store_id: int, webhook: Webhook, *, at: datetime) -> Outcome:
    """Keep a webhook's bytes, once however often it is told."""
    store = Store.objects.filter(pk=store_id, retired_at=None).first()
    door = door_of(store) if store else None
    if store is None or door is None:
        return NoDoor()
    try:
        genuine = door.is_genuine(webhook, lambda name: open_secret(secret_name(store.pk, name)))
    except SecretMissing:
        genuine = False
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
