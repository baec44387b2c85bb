"""What a platform tells by itself: known to be the platform's, kept raw, answered at once; understood later."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import structlog
from django.db import transaction

from tresen.channels.contract import Source
from tresen.channels.webhooks import ACCOUNT, HOLDER, SecretOf, Webhook, WebhookAnswer, WebhookDoor
from tresen.intake.keeping import Arrived, keep_raw
from tresen.intake.models import PayloadState, StoredPayload
from tresen.stores.models import Store
from tresen.stores.published_keys import KeyNotHad, published_key
from tresen.stores.telling import StoreOfApp, door_of, note_refused, note_told, secret_name, stores_of_app
from tresen.vault.sealing import open_secret

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Kept:
    """It is kept; `new`: it had not been before. `answer` is what the platform is told in return."""

    new: bool
    answer: WebhookAnswer


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


def answer_challenge(store_id: int, query: Mapping[str, str], *, endpoint: str, at: datetime) -> WebhookAnswer | None:
    """What a platform wants to hear that tries the address before it tells; None where nothing is expected there."""
    store = _store(store_id)
    return _challenged(store, query, endpoint=endpoint, at=at) if store and _own_door(store) else None


def answer_apps_challenge(
    family: str, app: str, query: Mapping[str, str], *, endpoint: str, at: datetime
) -> WebhookAnswer | None:
    """The same at the address of an app: any of its stores may know what the platform wants to hear."""
    tried = (_challenged(one.store, query, endpoint=endpoint, at=at) for one in stores_of_app(family, app))
    return next((answer for answer in tried if answer is not None), None)


def receive_webhook(store_id: int, webhook: Webhook, *, at: datetime) -> Outcome:
    """Keep a webhook's bytes, once however often it is told. What an app tells of several stores is not taken here."""
    store = _store(store_id)
    door = _own_door(store) if store else None
    if store is None or door is None:
        return NoDoor()
    known = _is_genuine(webhook, store, door, at=at)
    if not isinstance(known, bool):
        return known
    if not known:
        log.warning("webhook_refused", store=store.pk, size=len(webhook.body))
        note_refused(store.pk, at=at)
        return NotGenuine()
    note_told(store.pk, at=at)
    return _keep([_arrived(webhook, store, door, share={}, at=at)], door, at=at)


def receive_of_app(family: str, app: str, webhook: Webhook, *, at: datetime) -> Outcome:
    """Keep what one app's webhook tells, once for each of its stores that it tells of.

    What is told of an account that no store has is none of our business: it is taken, and nothing is kept of it.
    """
    stores = stores_of_app(family, app)
    genuine = _first_that_knows(webhook, stores, at=at)
    if not isinstance(genuine, WebhookDoor):
        return genuine
    assert genuine.shared is not None  # only such stores have an app
    told = set(genuine.shared.accounts(webhook))
    meant = [(one, door) for one in stores if told & {one.account, one.holder} and (door := door_of(one.store))]
    if told - {number for one, _ in meant for number in (one.account, one.holder)}:
        log.info("webhook_of_nobody", app=app, family=family)
    for one, _ in meant:
        note_told(one.store.pk, at=at)
    arrived = [
        _arrived(webhook, one.store, door, share={ACCOUNT: one.account, HOLDER: one.holder}, at=at)
        for one, door in meant
    ]
    return _keep(arrived, genuine, at=at)


def _store(store_id: int) -> Store | None:
    return Store.objects.filter(pk=store_id, retired_at=None).first()


def _own_door(store: Store) -> WebhookDoor | None:
    """How it tells at the store's own address: what an app tells there would be taken for this store's alone."""
    door = door_of(store)
    return door if door is not None and door.shared is None else None


def _challenged(store: Store, query: Mapping[str, str], *, endpoint: str, at: datetime) -> WebhookAnswer | None:
    door = door_of(store)
    if door is None or door.challenge is None:
        return None
    try:
        return door.challenge(query, endpoint, _secrets(store, door, at=at))
    except LookupError:
        return None


def _first_that_knows(
    webhook: Webhook, stores: Sequence[StoreOfApp], *, at: datetime
) -> WebhookDoor | NotGenuine | NotNow | NoDoor:
    """The door of the first of these stores whose secret it is signed with; they share one, or did."""
    doors = [(one.store, door) for one in stores if (door := door_of(one.store)) is not None]
    for store, door in doors:
        known = _is_genuine(webhook, store, door, at=at)
        if known is True:
            return door
        if not isinstance(known, bool):
            return known
    for store, _ in doors:
        note_refused(store.pk, at=at)
    if doors:
        log.warning("webhook_refused", store=doors[0][0].pk, size=len(webhook.body))
    return NotGenuine() if doors else NoDoor()


def _is_genuine(webhook: Webhook, store: Store, door: WebhookDoor, *, at: datetime) -> bool | NotNow:
    try:
        return door.is_genuine(webhook, _secrets(store, door, at=at))
    except LookupError:
        return False
    except KeyNotHad as trouble:
        log.warning("webhook_not_judged", store=store.pk, trouble=str(trouble))
        return NotNow()


def _secrets(store: Store, door: WebhookDoor, *, at: datetime) -> SecretOf:
    """The store's sealed credentials, and the keys that its platform publishes."""

    def secret_of(name: str) -> str:
        if door.published is not None and name.startswith(PUBLISHED):
            return published_key(store, door.published, name.removeprefix(PUBLISHED), at=at)
        return open_secret(secret_name(store.pk, name))

    return secret_of


def _arrived(webhook: Webhook, store: Store, door: WebhookDoor, *, share: Mapping[str, str], at: datetime) -> Arrived:
    told = door.told(webhook)
    kept = {name: value for name, value in webhook.headers.items() if name in door.keeps - {ACCOUNT, HOLDER}}
    return Arrived(
        source=Source.WEBHOOK,
        external_key=f"webhook/{told.about}/{told.id}"[:300],
        body=webhook.body,
        size=len(webhook.body),
        received_at=at,
        store=store.pk,
        about=told.about,
        headers={**kept, **{name: value for name, value in share.items() if value}},
    )


@transaction.atomic
def _keep(arrived: Sequence[Arrived], door: WebhookDoor, *, at: datetime) -> Kept:
    return Kept(new=keep_raw(arrived, at=at) > 0, answer=door.taken)
