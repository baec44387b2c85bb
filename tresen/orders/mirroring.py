"""From what platforms tell of orders to our mirror of them: set-based, in the caller's transaction, twice without harm.

An older telling never overrules a newer one, and what a telling leaves out stays as another told it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from tresen.channels.order_news import OrderSnapshot, ReturnNotice, StockNotice
from tresen.customers.matching import Contact, IdentityKey, identity_key, match_customers
from tresen.orders import order_rows, part_rows, return_rows

type OrderKey = tuple[int, str]
"""Store and the channel's number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """Where what is told belongs: a store, and how its channel knows buyers."""

    store: int
    brand: int
    channel: str
    marketplace: str


@dataclass(frozen=True, slots=True)
class Told[T]:
    """One thing told of one store."""

    shelf: Shelf
    news: T


@dataclass(frozen=True, slots=True)
class Mirrored:
    """`orders` are all that were told, by store and number; `changed` those of them whose telling was news."""

    orders: Mapping[OrderKey, int]
    changed: frozenset[OrderKey]


def mirror_orders(told: Sequence[Told[OrderSnapshot]], *, at: datetime) -> Mirrored:
    """Take these over. An order of which too little is told to stand alone is left out until more is."""
    buyers = match_customers(list(_contacts(told)), at=at)
    known: dict[OrderKey, int] = {}
    changed: set[OrderKey] = set()
    for round_ in _rounds(told):
        orders, news = order_rows.take_orders(
            [(one.shelf.store, one.shelf.brand, _buyer(one, buyers), one.news) for one in round_], at=at
        )
        known |= orders
        changed |= news
        parts = [(orders[key], one.news) for one in round_ if (key := _key(one)) in news]
        part_rows.take_lines(parts)
        part_rows.take_fulfilments(parts)
        part_rows.take_refunds(parts)
        part_rows.take_documents(parts)
    return Mirrored(known, frozenset(changed))


def mirror_returns(told: Sequence[Told[ReturnNotice]]) -> None:
    """Take these returns over; those of orders that are not known yet wait for them."""
    newest = _newest((one.shelf.store, one.news.external_id, one) for one in told)
    return_rows.take_returns([(one.shelf.store, one.shelf.brand, one.news) for one in newest])


def mirror_stock(told: Sequence[Told[StockNotice]]) -> None:
    """Take these levels over."""
    newest = {(one.shelf.store, one.news.sku): one for one in sorted(told, key=lambda one: one.news.at)}
    return_rows.take_stock([(store, newest[store, sku].news) for store, sku in sorted(newest)])


def _key(one: Told[OrderSnapshot]) -> OrderKey:
    return one.shelf.store, one.news.number


def _rounds(told: Sequence[Told[OrderSnapshot]]) -> Iterable[Sequence[Told[OrderSnapshot]]]:
    """Parts in which each order is told of once, in the order in which the platform changed them.

    Within a part by store and number, so that two batches never wait for each other in a circle.
    """
    left = sorted(told, key=lambda one: (*_key(one), one.news.changed_at))
    while left:
        first = {_key(one): one for one in reversed(left)}
        yield [first[key] for key in sorted(first)]
        taken = set(map(id, first.values()))
        left = [one for one in left if id(one) not in taken]


def _newest(told: Iterable[tuple[int, str, Told[ReturnNotice]]]) -> list[Told[ReturnNotice]]:
    newest: dict[tuple[int, str], Told[ReturnNotice]] = {}
    for store, external_id, one in told:
        known = newest.get((store, external_id))
        if known is None or known.news.changed_at <= one.news.changed_at:
            newest[store, external_id] = one
    return [newest[key] for key in sorted(newest)]


def _contacts(told: Iterable[Told[OrderSnapshot]]) -> Iterable[Contact]:
    for one in told:
        key, buyer = _identity(one), one.news.buyer
        if key is not None and buyer is not None:
            yield Contact(channel=key[0], realm=key[1], key=key[2], kind=buyer.kind, name=buyer.name[:200])


def _identity(one: Told[OrderSnapshot]) -> IdentityKey | None:
    if one.news.buyer is None:
        return None
    return identity_key(one.news.buyer, channel=one.shelf.channel, marketplace=one.shelf.marketplace)


def _buyer(one: Told[OrderSnapshot], buyers: Mapping[IdentityKey, int]) -> int | None:
    key = _identity(one)
    return None if key is None else buyers.get(key)
