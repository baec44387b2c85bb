"""Until when the credentials of stores hold, and of which an administrator is told."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from tresen.channels.connections import Connection
from tresen.channels.terms import Term
from tresen.stores.connectors import connector_of
from tresen.stores.models import CredentialTerm, StoreConnection
from tresen.stores.telling import secret_name
from tresen.vault.models import SealedSecret

FAILS_AFTER = timedelta(days=3)
"""A renewal that goes wrong for so long does not come right by itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TermStanding:
    """How long one credential holds. `label`: what its field is called, in English; `ends_at` None: it does not end.

    `at_latest`: the platform has not said when it ends; it does so then, or before. `renews`: it is renewed by itself,
    next at `next_at`; `failing_since` and `trouble`: since when that goes wrong, and why. `by_consent`: another one
    comes of signing in at the platform. `then`: what can't be done without it, in English; empty: nothing can.
    `pressing`: an administrator has to be told.
    """

    label: str
    ends_at: datetime | None
    at_latest: bool
    renews: bool
    by_consent: bool
    next_at: datetime | None
    failing_since: datetime | None
    trouble: str
    then: str
    pressing: bool


def terms_of(connected: Collection[StoreConnection], *, at: datetime) -> Mapping[int, tuple[TermStanding, ...]]:
    """Those of these connections of which that is known, by the store's number. Two queries, or none."""
    ending = {one.store_id: connection for one in connected if (connection := _with_terms(one)) is not None}
    if not ending:
        return {}
    rows = CredentialTerm.objects.filter(connection__store__in=ending).select_related("connection")
    told = {(row.connection.store_id, row.secret): row for row in rows}
    names = {
        secret_name(store, term.secret): (store, term.secret)
        for store, connection in ending.items()
        for term in connection.terms
    }
    sealed = SealedSecret.objects.filter(name__in=names).values_list("name", "changed_at")
    entered = {names[name]: changed_at for name, changed_at in sealed}
    return {store: tuple(_standings(store, connection, told, entered, at=at)) for store, connection in ending.items()}


def _with_terms(connected: StoreConnection) -> Connection | None:
    connection = connector_of(connected.store).connection
    return connection if connection and connection.terms else None


def _standings(
    store: int,
    connection: Connection,
    told: Mapping[tuple[int, str], CredentialTerm],
    entered: Mapping[tuple[int, str], datetime],
    *,
    at: datetime,
) -> Iterator[TermStanding]:
    labels = {asked.name: asked.label for asked in connection.fields()}
    for term in connection.terms:
        entered_at, row = entered.get((store, term.secret)), told.get((store, term.secret))
        is_told = row is not None and row.told_at is not None
        if entered_at is None or not (is_told or term.lasts):
            continue
        ends_at = row.ends_at if row and is_told else entered_at + term.lasts if term.lasts else None
        failing_since = row.failing_since if row else None
        yield TermStanding(
            label=labels[term.secret],
            ends_at=ends_at,
            at_latest=not is_told,
            renews=term.door is not None and term.door.renews,
            by_consent=connection.consent is not None and connection.consent.secret == term.secret,
            next_at=row.next_at if row else None,
            failing_since=failing_since,
            trouble=row.trouble if row else "",
            then=term.then,
            pressing=_is_pressing(term, ends_at, failing_since, at=at),
        )


def _is_pressing(term: Term, ends_at: datetime | None, failing_since: datetime | None, *, at: datetime) -> bool:
    if ends_at is not None and ends_at - at <= term.told_before:
        return True
    renews = term.door is not None and term.door.renews
    return renews and failing_since is not None and at - failing_since >= FAILS_AFTER
