"""Stores that are connected to fake platforms."""

from collections.abc import Iterator
from contextlib import contextmanager

from tests.factories.shops import MONDAY, a_store
from tresen.accounts.actors import SYSTEM
from tresen.fakes.amazon import KEYS, FakeAmazon
from tresen.fakes.ebay.platform import APP_ID, CERT_ID, REFRESH_TOKEN, Ebay
from tresen.fakes.faults import Faults
from tresen.fakes.mirakl import FakeMirakl
from tresen.fakes.serving import Account, running
from tresen.fakes.shopify.platform import FakeShopify
from tresen.fakes.woocommerce.platform import FakeWooCommerce
from tresen.fakes.world import World
from tresen.stores.models import Store
from tresen.stores.platform_connecting import Entered, connect_store

KEY = "invented-key"


@contextmanager
def a_mirakl_store(world: World, *, faults: Faults | None = None) -> Iterator[Store]:
    """A store at a fake operator that answers over HTTP on this machine."""
    with an_operator(world, faults=faults) as address:
        store = a_store("mirakl", "conrad")
        entered = Entered(settings={"address": address}, secrets={"api_key": KEY})
        connect_store(store.pk, entered, by=SYSTEM, at=MONDAY)
        yield store


@contextmanager
def an_amazon_store(fake: FakeAmazon, *, faults: Faults | None = None) -> Iterator[Store]:
    """A store at a fake Amazon that answers over HTTP on this machine, with a queue of its own."""
    account = Account(name="seller", fake=fake, faults=faults or Faults())
    with running([account]) as served:
        base = f"{served}/seller"
        store = a_store("amazon", "amazon.de")
        settings = {
            "client_id": KEYS["client_id"],
            "address": base,
            "token_address": f"{base}/auth/o2/token",
            "queue": f"{base}/queue/123456789012/orders",
            "queue_key": KEYS["queue_key"],
        }
        secrets = {name: KEYS[name] for name in ("client_secret", "refresh_token", "queue_secret")}
        connect_store(store.pk, Entered(settings=settings, secrets=secrets), by=SYSTEM, at=MONDAY)
        yield store


@contextmanager
def a_shopify_store(fake: FakeShopify, *, faults: Faults | None = None) -> Iterator[Store]:
    """A store at a fake shop that answers over HTTP on this machine."""
    account = Account(name="shop", fake=fake, faults=faults or Faults())
    with running([account]) as served:
        store = a_store("shopify", "shopify")
        settings = {"shop": "birkenhof", "address": f"{served}/shop"}
        connect_store(store.pk, Entered(settings=settings, secrets={"access_token": fake.token}), by=SYSTEM, at=MONDAY)
        yield store


@contextmanager
def an_ebay_store(fake: Ebay, *, faults: Faults | None = None) -> Iterator[Store]:
    """A store at a fake eBay that answers over HTTP on this machine."""
    account = Account(name="seller", fake=fake, faults=faults or Faults())
    with running([account]) as served:
        store = a_store("ebay", "ebay.de")
        settings = {"app_id": APP_ID, "address": f"{served}/seller"}
        secrets = {"cert_id": CERT_ID, "refresh_token": REFRESH_TOKEN}
        connect_store(store.pk, Entered(settings=settings, secrets=secrets), by=SYSTEM, at=MONDAY)
        yield store


@contextmanager
def an_operator(world: World, *, faults: Faults | None = None) -> Iterator[str]:
    """The address of a fake operator whose key is KEY."""
    account = Account(name="operator", fake=FakeMirakl(world, key=KEY), faults=faults or Faults())
    with running([account]) as served:
        yield f"{served}/operator"


def entered(operator: str, **other: str) -> dict[str, str]:
    """What an administrator enters on the page of a store's connection."""
    return {"address": operator, "api_key": KEY, "shop_id": "", "past": "30", **other}


@contextmanager
def a_woocommerce_store(fake: FakeWooCommerce, *, faults: Faults | None = None) -> Iterator[Store]:
    """A store at a fake shop on WordPress that answers over HTTP on this machine."""
    account = Account(name="shop", fake=fake, faults=faults or Faults())
    with running([account]) as served:
        store = a_store("woocommerce", "")
        secrets = {"consumer_key": fake.key, "consumer_secret": fake.secret}
        entered = Entered(settings={"address": f"{served}/shop"}, secrets=secrets)
        connect_store(store.pk, entered, by=SYSTEM, at=MONDAY)
        yield store
