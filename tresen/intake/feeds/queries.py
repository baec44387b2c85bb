"""How stores stand with their platforms: connected, read how far, by whom held up. A few queries for all of them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Max

from tresen.channels.feeds import Feed
from tresen.intake.models import PayloadState, StoredPayload, StoreFeed
from tresen.orders.models import Order
from tresen.stores.connectors import connector_of
from tresen.stores.models import Health, Store, StoreConnection
from tresen.stores.terms.queries import TermStanding, terms_of
from tresen.tickets.models import Direction, Message

BEHIND_AFTER = 6
"""A feed is behind that was not read to its end for so many of its usual pauses."""
MOST_REASONS = 5
LOOKED_BACK = (timedelta(days=2), timedelta(days=30), None)
"""The newest message is mostly among the last: what is older is looked through only where it must be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """The past of a feed, read from `began_at` back to `back_to`; by now down to `read_to`."""

    began_at: datetime
    back_to: datetime
    read_to: datetime
    done: bool

    @property
    def share(self) -> float:
        """How much of it is read, from 0 to 1."""
        whole = (self.began_at - self.back_to).total_seconds()
        return 1.0 if self.done or not whole else (self.began_at - self.read_to).total_seconds() / whole

    @property
    def remains(self) -> timedelta:
        """How much of it is not read yet."""
        return timedelta(0) if self.done else self.read_to - self.back_to


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedStanding:
    """One feed: `checked_at`: last read to its end, `told`: so many answers with something new were kept.

    `lacks`: the trouble is that the account has no right to it. `due`: it is being read, or about to be.
    `behind_since`: then it was last read, and should have been since.
    """

    key: str
    title: str
    checked_at: datetime | None
    next_at: datetime | None
    told: int
    trouble: str
    reconnect: bool
    lacks: bool
    due: bool
    behind_since: datetime | None
    past: Past | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How one store stands with its platform. `terms`: of its credentials, how long they hold, where that is known."""

    store: Store
    connected: StoreConnection | None
    feeds: tuple[FeedStanding, ...]
    terms: tuple[TermStanding, ...] = ()

    @property
    def health(self) -> Health:
        """The connection's, unless one of its feeds does worse; what the account may not read is no trouble of that."""
        assert self.connected is not None, "nobody asks how a store does that is not connected"
        health = Health(self.connected.health)
        if health != Health.GOOD:
            return health
        troubled = any(feed.trouble and not feed.lacks for feed in self.feeds)
        nothing_is_allowed = bool(self.feeds) and all(feed.lacks for feed in self.feeds)
        return Health.TROUBLED if troubled or nothing_is_allowed else health

    @property
    def moves(self) -> bool:
        """Whether something of it is being read right now: the past, or what is new."""
        return self.connected is not None and any(
            feed.due or (feed.past is not None and not feed.past.done) for feed in self.feeds
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """What has come in of a store by its platform's own times."""

    orders: int
    newest_order: datetime | None
    newest_message: datetime | None


def standings(stores: Iterable[Store], *, at: datetime) -> Mapping[int, Standing]:
    """Of those stores whose channel can be connected, by the store's number. Two queries; four where any ends."""
    connectable = {store.pk: store for store in stores if connector_of(store).connection}
    found = StoreConnection.objects.filter(store__in=connectable).select_related("store")
    connected = {row.store_id: row for row in found}
    terms = terms_of(connected.values(), at=at)
    rows: dict[tuple[int, str, bool], StoreFeed] = {
        (row.store_id, row.key, row.backwards): row for row in StoreFeed.objects.filter(store__in=connected)
    }
    return {
        number: Standing(
            store=store,
            connected=connected.get(number),
            feeds=tuple(_feeds(store, rows, at=at)),
            terms=terms.get(number, ()),
        )
        for number, store in connectable.items()
    }


def brought(store_id: int, *, at: datetime) -> Brought:
    """The store's orders, and when the newest order and message of a buyer or operator came about."""
    orders = Order.objects.filter(store=store_id).aggregate(count=Count("pk"), newest=Max("ordered_at"))
    return Brought(
        orders=orders["count"], newest_order=orders["newest"], newest_message=_newest_message(store_id, at=at)
    )


def waits_to_be_understood(store_id: int) -> bool:
    """Whether something of the store is kept that nobody has tried to understand yet."""
    return StoredPayload.objects.filter(store=store_id, state=PayloadState.KEPT).exists()


def reasons_set_aside(store_id: int) -> list[tuple[str, int]]:
    """Why what came in of a store could not be read, each with how often; the most frequent first."""
    aside = StoredPayload.objects.filter(store=store_id, state=PayloadState.QUARANTINED)
    return list(aside.values_list("problem").annotate(count=Count("pk")).order_by("-count", "problem")[:MOST_REASONS])


def _newest_message(store_id: int, *, at: datetime) -> datetime | None:
    messages = Message.objects.filter(conversation__store=store_id, direction=Direction.IN)
    for back in LOOKED_BACK:
        among = messages.filter(occurred_at__gte=at - back) if back else messages
        newest: datetime | None = among.aggregate(newest=Max("occurred_at"))["newest"]
        if newest is not None:
            return newest
    return None


def _feeds(store: Store, rows: Mapping[tuple[int, str, bool], StoreFeed], *, at: datetime) -> Iterator[FeedStanding]:
    for feed in connector_of(store).feeds:
        row = rows.get((store.pk, feed.key, False))
        if row is not None:
            yield _standing(feed, row, rows.get((store.pk, feed.key, True)), at=at)


def _standing(feed: Feed, row: StoreFeed, backwards: StoreFeed | None, *, at: datetime) -> FeedStanding:
    worse = backwards if backwards and backwards.trouble and not row.trouble else row
    last = row.checked_at or row.began_at
    return FeedStanding(
        key=feed.key,
        title=feed.title,
        checked_at=row.checked_at,
        next_at=row.next_at,
        told=row.told + (backwards.told if backwards else 0),
        trouble=worse.trouble,
        reconnect=worse.reconnect,
        lacks=worse.lacks,
        due=not row.trouble and row.next_at is not None and row.next_at <= at,
        behind_since=last if at - last > BEHIND_AFTER * feed.every else None,
        past=_past(backwards) if backwards else None,
    )


def _past(row: StoreFeed) -> Past | None:
    if row.back_to is None:
        return None
    return Past(began_at=row.began_at, back_to=row.back_to, read_to=row.read_to, done=row.next_at is None)
