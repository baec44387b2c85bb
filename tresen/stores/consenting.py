"""A seller agrees at his platform by signing in there: sent with a word that is good once, here, for this session."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from secrets import token_urlsafe

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from tresen.channels.answered import to_reader
from tresen.channels.connections import ConsentDoor
from tresen.channels.feeds import Stopped
from tresen.channels.http import HttpResponse
from tresen.stores.access import access_to_try
from tresen.stores.models import Store, StoreConsent
from tresen.stores.platform_connecting import Entered, checked, connection_of, kept_secrets
from tresen.stores.wording import Problem, SetupWrong
from tresen.timekeeping.running import running_from
from tresen.vault.models import SealedSecret
from tresen.vault.sealing import open_secret, seal

LASTS = timedelta(minutes=30)
"""So long signing in at the platform may take."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asker:
    """Who sends the seller there: only the same agent in the same session may come back."""

    agent: int
    session: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed:
    """The seller came back. `past`: how far back is to be read."""

    store: Store
    past: timedelta
    entered: Entered


def consent_of(store: Store) -> ConsentDoor | None:
    """How the store's seller can agree by signing in; None where he can't."""
    connection = connection_of(store)
    return connection.consent if connection else None


@transaction.atomic
def ask_consent(store: Store, entered: Entered, *, asker: Asker, past: timedelta, callback: str, at: datetime) -> str:
    """Where the seller signs in. What was entered waits for him, sealed. Raises SetupWrong."""
    door = consent_of(store)
    if door is None:
        raise SetupWrong([Problem("", _("This platform has no sign-in that could be used here."))])
    values = checked(store, entered, without=door.secret)
    given = {*values.settings, *values.secrets, *kept_secrets(store.pk)}
    if missing := [name for name in door.needs if name not in given]:
        raise SetupWrong([Problem(name, _("This is missing.")) for name in missing])
    _forget(StoreConsent.objects.filter(store=store) | StoreConsent.objects.filter(begun_at__lt=at - LASTS))
    state = token_urlsafe(32)
    row = StoreConsent.objects.create(
        store=store,
        agent_id=asker.agent,
        session=_hash(asker.session),
        state=_hash(state),
        settings=dict(values.settings),
        past_days=past.days,
        begun_at=at,
    )
    for name, value in values.secrets.items():
        seal(_secret(row, name), value, at=at)
    access = access_to_try(store, settings=values.settings, entered=values.secrets, clock=running_from(at))
    return door.address(access, state, callback)


@transaction.atomic
def take_consent(state: str, *, asker: Asker, at: datetime) -> Agreed | None:
    """What waited for this word; None where it is none of ours, was used, is too old or another session's."""
    known = StoreConsent.objects.select_for_update().filter(
        state=_hash(state),
        agent=asker.agent,
        session=_hash(asker.session),
        begun_at__gt=at - LASTS,
        store__retired_at=None,
    )
    row = known.select_related("store").first()
    if row is None:
        return None
    names = [name.rpartition(":")[2] for name in _sealed(row).values_list("name", flat=True)]
    secrets = {name: open_secret(_secret(row, name)) for name in names}
    agreed = Agreed(
        store=row.store,
        past=timedelta(days=row.past_days),
        entered=Entered(settings=row.settings, secrets=secrets),
    )
    _forget(StoreConsent.objects.filter(pk=row.pk))
    return agreed


def redeem(agreed: Agreed, code: str, *, callback: str, at: datetime) -> Entered | Stopped:
    """What was entered, with what the platform gives for the code. It gives it once: it is to be sealed at once."""
    door = consent_of(agreed.store)
    assert door is not None, "it was asked by one"
    entered = agreed.entered
    access = access_to_try(agreed.store, settings=entered.settings, entered=entered.secrets, clock=running_from(at))
    outcome = access.http.send(door.exchange(access, code, callback))
    answer = outcome if isinstance(outcome, HttpResponse) else to_reader(outcome)
    secret = answer if isinstance(answer, Stopped) else door.read(answer)
    if isinstance(secret, Stopped):
        return secret
    return Entered(settings=entered.settings, secrets={**entered.secrets, door.secret: secret})


def _forget(rows: QuerySet[StoreConsent]) -> None:
    for row in rows:
        _sealed(row).delete()
        row.delete()


def _sealed(row: StoreConsent) -> QuerySet[SealedSecret]:
    return SealedSecret.objects.filter(name__startswith=_secret(row, ""))


def _secret(row: StoreConsent, name: str) -> str:
    return f"consent:{row.pk}:{name}"


def _hash(word: str) -> str:
    return sha256(word.encode()).hexdigest()
