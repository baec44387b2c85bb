"""Accounts at the fake platforms, some at each, on bad days; and the stores that are connected to them."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from tests.factories.shops import a_store
from tests.soak.channels import PLAYED, TALKING, Played
from tresen.accounts.actors import SYSTEM
from tresen.channels.connections import Connected
from tresen.fakes.amazon import FakeAmazon
from tresen.fakes.faults import Bucket, Faults
from tresen.fakes.market import Entry, a_market
from tresen.fakes.meta import FakeMeta
from tresen.fakes.serving import Account, running
from tresen.fakes.sms import FakeTwilio
from tresen.fakes.tiktok_shop import FakeTikTokShop
from tresen.fakes.whatsapp import FakeWhatsApp
from tresen.fakes.world import World
from tresen.intake.feeds.starting import start_feeds
from tresen.stores.models import Store
from tresen.stores.platform_connecting import Entered, connect_store, connection_of, try_connection
from tresen.stores.telling import keep_signing_secret
from tresen.timekeeping import wall

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
    def played(self) -> Played:
        return PLAYED[self.platform]

    @property
    def refused(self) -> int:
        """How often the platform's own count said that it was asked too often."""
        return sum(bucket.refused for bucket in _buckets(self.entry))


def shops(counts: Mapping[str, int], *, sales: int) -> list[Shop]:
    """So many accounts at each platform, each with so many orders of the last days."""
    return [
        _shop(platform, number, sales)
        for platform, count in counts.items()
        for number in range(1, count + 1)
        if platform in PLAYED
    ]


def _shop(platform: str, number: int, sales: int) -> Shop:
    entry = a_market(platform, sales=sales, clock=wall.now, days=PAST.days, seed=number)
    _named_apart(entry, platform, number)
    return Shop(name=f"{platform}{number}", platform=platform, entry=entry, faults=Faults(seed=number, silence=2.0))


def _named_apart(entry: Entry, platform: str, number: int) -> None:
    """Accounts that an app or a number tells apart must not be called alike."""
    match entry.fake:
        case FakeMeta() as page:
            page.account = f"{TALKING.index(platform) + 1}000000000{number:04}"
        case FakeWhatsApp() as one:
            one.number = f"{TALKING.index(platform) + 1}000000000{number:04}"
            _only_numbers(one.world)
        case FakeTwilio() as one:
            one.account, one.number = f"AC{number:032}", f"+4930{number:08}"
            _only_numbers(one.world)
        case FakeTikTokShop() as shop:
            shop.shop_id = f"749404964264{number:07}"


def _only_numbers(world: World) -> None:
    """Who writes there is known by a telephone; what was written before the store was connected, nobody tells."""
    for place, sale in enumerate(world.sales.values()):
        sale.buyer.key = f"+491510{place:07}"
    world.talks.clear()


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
            shop.store = a_store(shop.platform, shop.played.marketplace)
            _connect(shop, f"{base}/{shop.name}", at=wall.now())
        yield base


def _connect(shop: Shop, address: str, *, at: datetime) -> None:
    connection = connection_of(shop.store)
    assert connection is not None
    secret = {asked.name for asked in connection.fields() if asked.kind == "secret"}
    given = shop.entry.entered(address)
    entered = Entered(
        settings={name: value for name, value in given.items() if name not in secret},
        secrets={name: value for name, value in given.items() if name in secret},
    )
    tried = try_connection(shop.store, entered, at=at)
    assert isinstance(tried, Connected), tried
    connect_store(shop.store.pk, entered, learned=tried.learned, by=SYSTEM, at=at)
    if shop.played.signs:
        keep_signing_secret(shop.store.pk, WEBHOOK_SECRET, by=SYSTEM, at=at)
    start_feeds(shop.store.pk, past=PAST, at=at)


def _buckets(entry: Entry) -> Sequence[Bucket]:
    """Where none is, the platform names no number, or counts a day's."""
    if isinstance(entry.fake, FakeAmazon):
        return list(entry.fake.buckets.values())
    own = getattr(entry.fake, "bucket", None)
    return [own] if isinstance(own, Bucket) else []
