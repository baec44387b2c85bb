"""Credentials that end are renewed long before, or their platform is asked until when they hold, by any worker.

Whoever renews holds the row for a while and asks outside of any transaction. Should it die between the answer and the
save, the new credential is lost and nothing else: the platform lets the old one in until its own end, and the next
round asks for another. Should two ask side by side after all, each is given one that holds, and the first one is kept.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

import structlog
from django.db import transaction
from django.db.models import Exists, OuterRef

from tresen.channels.answered import to_reader
from tresen.channels.feeds import Stopped
from tresen.channels.http import HttpResponse
from tresen.channels.terms import Holds, Term, TermDoor
from tresen.crashing.points import Point, reached
from tresen.stores.access import access_to
from tresen.stores.connectors import connector_of, connectors
from tresen.stores.models import CredentialTerm, Store, StoreConnection
from tresen.stores.telling import secret_name
from tresen.timekeeping.running import running_from
from tresen.vault.sealing import SecretMissing, open_secret, seal

log = structlog.get_logger()

type Clock = Callable[[], datetime]

A_DAY, A_WEEK = timedelta(days=1), timedelta(days=7)
LEFT_WHEN_RENEWED = 1 / 3
"""So much of its life is left when a credential is renewed: it may go wrong for many days, and nobody is shut out."""
AGAIN = timedelta(hours=6)
HOLD = timedelta(minutes=5)
"""Longer than one request may take."""
AFTER_A_FAULT = timedelta(hours=6)


def renew_due(at: datetime, *, most: int = 20) -> int:
    """Renew, or ask about, those that are due; gives how many turns ended, well or not: each is due later then."""
    _begin_new(at)
    clock = running_from(at)
    for done in range(most):
        row = claim(clock())
        if row is None:
            return done
        _turn(row, clock)
    return most


@transaction.atomic
def claim(at: datetime) -> CredentialTerm | None:
    """One that is due, held for a while: should its worker die, it is due again then."""
    rows = CredentialTerm.objects.select_for_update(skip_locked=True, of=("self",)).select_related("connection__store")
    row = rows.filter(next_at__lte=at, connection__store__retired_at=None).order_by("next_at", "pk").first()
    if row is not None:
        CredentialTerm.objects.filter(pk=row.pk).update(next_at=at + HOLD)
    return row


def _begin_new(at: datetime) -> None:
    """Credentials that were entered since, or whose connector has learned to renew them: nobody knows their age."""
    for connector in connectors():
        for term in connector.connection.terms if connector.connection else ():
            if term.door is None:
                continue
            known = CredentialTerm.objects.filter(connection=OuterRef("pk"), secret=term.secret)
            new = StoreConnection.objects.filter(~Exists(known), store__channel=connector.key, store__retired_at=None)
            rows = (CredentialTerm(connection=one, secret=term.secret, next_at=at) for one in new)
            CredentialTerm.objects.bulk_create(rows, ignore_conflicts=True)


def _turn(row: CredentialTerm, clock: Clock) -> None:
    store = row.connection.store
    door = _door_of(store, row.secret)
    if door is None:  # a later version had it, or an older one
        CredentialTerm.objects.filter(pk=row.pk).update(next_at=clock() + A_DAY)
        return
    try:
        asked_with = open_secret(secret_name(store.pk, row.secret))
        told = _asked(store, door, clock)
    except SecretMissing as missing:
        told = Stopped(reason=str(missing))
    except Exception as error:
        log.exception("renewal_failed", store=store.pk, channel=store.channel)
        told = Stopped(reason=f"{type(error).__name__}: {error}"[:500], after=AFTER_A_FAULT)
    if isinstance(told, Stopped):
        _stopped(row, told, at=clock())
        return
    reached(Point.RENEWED_NOT_KEPT)
    _keep(row, told, door, asked_with=asked_with, at=clock())


def _door_of(store: Store, secret: str) -> TermDoor | None:
    connection = connector_of(store).connection
    terms: tuple[Term, ...] = connection.terms if connection else ()
    return next((term.door for term in terms if term.secret == secret), None)


def _asked(store: Store, door: TermDoor, clock: Clock) -> Holds | Stopped:
    access = access_to(store, clock=clock)
    outcome = access.http.send(door.request(access))
    answer = outcome if isinstance(outcome, HttpResponse) else to_reader(outcome)
    return answer if isinstance(answer, Stopped) else door.read(answer, clock())


@transaction.atomic
def _keep(row: CredentialTerm, told: Holds, door: TermDoor, *, asked_with: str, at: datetime) -> None:
    """Keep what the platform gave, unless another one was entered or kept meanwhile: that one stays."""
    store = Store.objects.select_for_update().get(pk=row.connection.store_id)  # whoever enters one waits, or has
    name = secret_name(store.pk, row.secret)
    try:
        if open_secret(name) != asked_with:
            return
    except SecretMissing:  # the store was cut off
        return
    if told.renewed:
        seal(name, told.renewed, at=at)
        log.info("credential_renewed", store=store.pk, secret=row.secret, until=str(told.until))
    next_at = at + A_WEEK
    if door.renews and told.until is not None:
        next_at = max(told.until - (told.until - at) * LEFT_WHEN_RENEWED, at + A_DAY)
    CredentialTerm.objects.filter(pk=row.pk).update(
        told_at=at, ends_at=told.until, next_at=next_at, failing_since=None, trouble=""
    )


def _stopped(row: CredentialTerm, stopped: Stopped, *, at: datetime) -> None:
    rows = CredentialTerm.objects.filter(pk=row.pk)
    if stopped.held:
        rows.update(next_at=at + stopped.after)
        return
    log.warning("credential_not_renewed", store=row.connection.store_id, secret=row.secret, trouble=stopped.reason)
    rows.update(
        next_at=at + max(stopped.after, AGAIN),
        failing_since=row.failing_since or at,
        trouble=stopped.reason[:1000],
    )
