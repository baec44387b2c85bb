"""Eight accounts at the fake platforms, two at each, on bad days; and the stores that are connected to them."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from tests.factories.shops import a_store
from tresen.accounts.actors import SYSTEM
from tresen.fakes.amazon import FakeAmazon
from tresen.fakes.ebay.platform import Ebay
from tresen.fakes.faults import Bucket, Faults
from tresen.fakes.market import Entry, a_market
from tresen.fakes.mirakl import FakeMirakl
from tresen.fakes.serving import Account, running
from tresen.fakes.shopify.platform import FakeShopify
from tresen.fakes.world import World
from tresen.intake.feeds.starting import start_feeds
from tresen.stores.models import Store
from tresen.stores.platform_connecting import Entered, connect_store, connection_of
from tresen.stores.telling import keep_signing_secret
from tresen.timekeeping import wall

SOAKED = ("amazon", "ebay", "mirakl", "shopify")
"""Whose doings the reckoning at the end knows."""
MARKETPLACES = {"amazon": "amazon.de", "ebay": "ebay.de", "mirakl": "conrad", "shopify": ""}
WEBHOOK_SECRET = "invented-secret"
PAST = timedelta(days=10)


@dataclass(slots=True, kw_only=True)
class Shop:
    """One account and its store."""

    name: str
    platform: str
    entry: Entry
    faults: Faults
    store: Store = field(init=False)

    @property
    def world(self) -> World:
        return self.entry.fake.world

    @property
    def refused(self) -> int:
        """How often the platform's own count said that it was asked too often."""
        return sum(bucket.refused for bucket in _buckets(self.entry))


def shops(platforms: Sequence[str] = SOAKED, *, of_each: int, sales: int) -> list[Shop]:
    """So many accounts at each platform, each with so many orders of the last days."""
    return [
        Shop(
            name=f"{platform}{number}",
            platform=platform,
            entry=a_market(platform, sales=sales, clock=wall.now, days=PAST.days, seed=number),
            faults=Faults(seed=number, silence=2.0),
        )
        for platform in platforms
        for number in range(1, of_each + 1)
    ]


def bad_days(shops: Sequence[Shop]) -> None:
    """From now on requests fail, and lists come twice and in no order."""
    for shop in shops:
        shop.faults.too_many, shop.faults.broken, shop.faults.silent = 0.02, 0.02, 0.01
        shop.faults.twice, shop.faults.shuffled = 0.02, True


def good_days(shops: Sequence[Shop]) -> None:
    """From now on nothing goes wrong."""
    for shop in shops:
        shop.faults.too_many = shop.faults.broken = shop.faults.silent = shop.faults.twice = 0.0


@contextmanager
def open_market(shops: Sequence[Shop]) -> Iterator[str]:
    """All of them over HTTP, each with a store that is connected; gives their address."""
    with running(Account(name=shop.name, fake=shop.entry.fake, faults=shop.faults) for shop in shops) as base:
        for shop in shops:
            shop.store = a_store(shop.platform, MARKETPLACES[shop.platform])
            _connect(shop, f"{base}/{shop.name}", at=wall.now())
        yield base


def _connect(shop: Shop, address: str, *, at: datetime) -> None:
    connection = connection_of(shop.store)
    assert connection is not None
    secret = {asked.name for asked in connection.fields() if asked.kind == "secret"}
    entered = shop.entry.entered(address)
    connect_store(
        shop.store.pk,
        Entered(
            settings={name: value for name, value in entered.items() if name not in secret},
            secrets={name: value for name, value in entered.items() if name in secret},
        ),
        by=SYSTEM,
        at=at,
    )
    if shop.platform == "shopify":
        keep_signing_secret(shop.store.pk, WEBHOOK_SECRET, by=SYSTEM, at=at)
    start_feeds(shop.store.pk, past=PAST, at=at)


def _buckets(entry: Entry) -> Sequence[Bucket]:
    match entry.fake:
        case FakeAmazon() as amazon:
            return list(amazon.buckets.values())
        case Ebay() | FakeMirakl() | FakeShopify() as one:
            return [one.bucket]
        case other:
            raise LookupError(f"{other!r} counts in a way that is not known here.")
