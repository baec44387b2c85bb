"""Stores let in at their platform's interface: connected, tried, cut off. Secrets lie in the vault, never in a row."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import MappingProxyType
from urllib.parse import urlsplit

import structlog
from django.db import transaction
from django.utils.translation import gettext as _

from tresen.accounts.actors import Actor
from tresen.accounts.auditing import record_change
from tresen.channels.connections import Connected, Connection
from tresen.channels.feeds import Stopped
from tresen.channels.setup_fields import SetupField
from tresen.stores import allowances
from tresen.stores.access import access_to_try
from tresen.stores.connectors import connector_of
from tresen.stores.models import Health, Store, StoreConnection
from tresen.stores.telling import secret_name, shown_secret
from tresen.stores.terms.noting import forget_terms
from tresen.stores.tokens import forget_tokens, keep_successor, successor_of
from tresen.stores.wording import Problem, SetupWrong
from tresen.timekeeping.running import running_from
from tresen.vault.models import SealedSecret
from tresen.vault.sealing import seal

log = structlog.get_logger()

LONGEST_VALUE = 2_000
_THIS_MACHINE = {"localhost", "127.0.0.1", "::1"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered:
    """What an administrator entered: by the fields' names; `secrets` that are empty stay as they are kept."""

    settings: Mapping[str, str] = field(default_factory=dict)
    secrets: Mapping[str, str] = field(default_factory=dict, repr=False)


def connection_of(store: Store) -> Connection | None:
    """How the store's channel lets a store in; None where it has no interface for us."""
    return connector_of(store).connection


def kept_secrets(store_id: int) -> set[str]:
    """The names of the store's credentials that are kept."""
    rows = SealedSecret.objects.filter(name__startswith=secret_name(store_id, "")).values_list("name", flat=True)
    return {name.rpartition(":")[2] for name in rows}


def shown_secrets(store: Store) -> Mapping[str, str]:
    """Those kept credentials that administrators made up and need to read: they enter them at the platform too."""
    connection, kept = connection_of(store), kept_secrets(store.pk)
    asked = connection.fields() if connection else ()
    named = [one.name for one in asked if one.readable and one.name in kept]
    return {name: value for name in named if (value := shown_secret(store, name))}


def try_connection(store: Store, entered: Entered, *, at: datetime) -> Connected | Stopped:
    """Ask the platform whether it lets us in with what was entered and what is kept. Raises SetupWrong."""
    connection = _connection(store)
    values = checked(store, entered)
    newest = {name: successor_of(store.pk, name, value) for name, value in values.secrets.items()}
    access = access_to_try(store, settings=values.settings, entered=newest, clock=running_from(at))
    try:
        answer = connection.test(access)
    except Exception as error:
        log.exception("connection_test_failed", store=store.pk, channel=store.channel)
        answer = Stopped(reason=f"{type(error).__name__}: {error}"[:500])
    renewed = {name: value for name, value in access.entered.items() if value != values.secrets[name]}
    for name, value in renewed.items():
        keep_successor(store.pk, name, value, of=values.secrets[name], at=at)
    return replace(answer, learned={**answer.learned, **renewed}) if isinstance(answer, Connected) else answer


@transaction.atomic
def connect_store(
    store_id: int,
    entered: Entered,
    *,
    account: str = "",
    learned: Mapping[str, str] = MappingProxyType({}),
    by: Actor,
    at: datetime,
) -> StoreConnection:
    """Let the store in with these from now on; `learned`: what trying them told. Raises SetupWrong."""
    store = Store.objects.select_for_update().get(pk=store_id)
    values = _with_learned(store, checked(store, entered), learned)
    for name, value in values.secrets.items():
        seal(secret_name(store_id, name), value, at=at)
    forget_tokens(store_id)
    allowances.forget(store_id)
    connected, new = StoreConnection.objects.update_or_create(
        store=store,
        defaults={
            "settings": dict(values.settings),
            "account": account[:200],
            "health": Health.NEW,
            "trouble": "",
            "troubled_since": None,
        },
        create_defaults={"settings": dict(values.settings), "account": account[:200], "connected_at": at},
    )
    forget_terms(connected, values.secrets)
    told = {"settings": sorted(values.settings), "secrets": sorted(values.secrets)}
    record_change(
        f"store:{store_id}", "interface_connected" if new else "interface_changed", by=by, at=at, details=told
    )
    return connected


def keep_learned(connected: StoreConnection, known: Connected) -> None:
    """What trying what is kept told of the account."""
    connected.account = known.account[:200]
    connected.settings = {**connected.settings, **known.learned}
    connected.save(update_fields=["account", "settings"])


def _with_learned(store: Store, values: Entered, learned: Mapping[str, str]) -> Entered:
    secret = {asked.name for asked in _connection(store).fields() if asked.kind == "secret"}
    return Entered(
        settings={**values.settings, **{name: value for name, value in learned.items() if name not in secret}},
        secrets={**values.secrets, **{name: value for name, value in learned.items() if name in secret}},
    )


@transaction.atomic
def cut_off_store(store_id: int, *, by: Actor, at: datetime) -> None:
    """Ask its platform no more, and forget what opened it. What was read stays."""
    if StoreConnection.objects.filter(store=store_id).delete()[0]:
        connection = connection_of(Store.objects.get(pk=store_id))
        names = [asked.name for asked in connection.fields() if asked.kind == "secret"] if connection else []
        SealedSecret.objects.filter(name__in=[secret_name(store_id, name) for name in names]).delete()
        forget_tokens(store_id)
        allowances.forget(store_id)
        record_change(f"store:{store_id}", "interface_cut_off", by=by, at=at)


def _connection(store: Store) -> Connection:
    connection = connection_of(store)
    if connection is None:
        raise SetupWrong([Problem("", _("This channel has no interface that a store could be connected to."))])
    return connection


def checked(store: Store, entered: Entered, *, without: str = "") -> Entered:
    """What was entered, tidied; `without`: a field that comes by another way. Raises SetupWrong."""
    fields = [asked for asked in _connection(store).fields() if asked.name != without]
    settings = {asked.name: entered.settings.get(asked.name, "").strip() for asked in fields if asked.kind != "secret"}
    secrets = {
        asked.name: value
        for asked in fields
        if asked.kind == "secret" and (value := entered.secrets.get(asked.name, "").strip())
    }
    kept = kept_secrets(store.pk)
    before = StoreConnection.objects.filter(store=store).values_list("settings", flat=True).first() or {}
    problems = [
        *_problems(fields, settings, secrets, kept=kept),
        *_asked_again(fields, settings, secrets, before, kept),
    ]
    if problems:
        raise SetupWrong(problems)
    return Entered(settings={name: value for name, value in settings.items() if value}, secrets=secrets)


def _problems(
    fields: Collection[SetupField], settings: Mapping[str, str], secrets: Mapping[str, str], *, kept: Collection[str]
) -> Iterator[Problem]:
    for asked in fields:
        value = settings.get(asked.name) or secrets.get(asked.name, "")
        if not value and asked.required and not (asked.kind == "secret" and asked.name in kept):
            yield Problem(asked.name, _("This is missing."))
        elif len(value) > LONGEST_VALUE:
            yield Problem(asked.name, _("This is too long."))
        elif value and asked.kind == "url" and not _is_safe(value):
            yield Problem(asked.name, _("The address must begin with https://."))
        elif value and asked.pattern and not re.fullmatch(asked.pattern, value, re.IGNORECASE):
            yield Problem(asked.name, _(asked.unfit))


def _asked_again(
    fields: Collection[SetupField],
    settings: Mapping[str, str],
    secrets: Mapping[str, str],
    before: Mapping[str, str],
    kept: Collection[str],
) -> Iterator[Problem]:
    """Where an address changes, kept secrets would go to somebody else: they are entered again."""
    moved = any(asked.kind == "url" and settings[asked.name] != before.get(asked.name, "") for asked in fields)
    if not before or not moved:
        return
    for asked in fields:
        if asked.kind == "secret" and asked.name in kept and asked.name not in secrets:
            yield Problem(asked.name, _("Enter this again, because an address is another one now."))


def _is_safe(address: str) -> bool:
    try:
        place = urlsplit(address)
    except ValueError:
        return False
    return (place.scheme == "https" and bool(place.hostname)) or place.hostname in _THIS_MACHINE
