"""Stores that are connected to fake platforms."""

from collections.abc import Iterator
from contextlib import contextmanager

from tests.factories.shops import MONDAY, a_store
from tresen.accounts.actors import SYSTEM
from tresen.fakes.amazon import KEYS, FakeAmazon
from tresen.fakes.ebay.platform import APP_ID, CERT_ID, REFRESH_TOKEN, Ebay
from tresen.fakes.faults import Faults
from tresen.fakes.meta import ACCESS_TOKEN, APP, APP_SECRET, VERIFY_TOKEN, FakeMeta
from tresen.fakes.mirakl import FakeMirakl
from tresen.fakes.otto import CLIENT_ID, CLIENT_SECRET, FakeOtto
from tresen.fakes.serving import Account, running
from tresen.fakes.shopify.platform import FakeShopify
from tresen.fakes.sms import ACCOUNT as TWILIOS_ACCOUNT
from tresen.fakes.sms import AUTH_TOKEN, FakeTwilio
from tresen.fakes.whatsapp import ACCESS_TOKEN as NUMBERS_TOKEN
from tresen.fakes.whatsapp import BUSINESS, NUMBER, FakeWhatsApp
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
def a_meta_store(fake: FakeMeta, channel: str) -> Iterator[Store]:
    """A page or account at a fake Meta that answers over HTTP on this machine."""
    with running([Account(name="meta", fake=fake)]) as served:
        yield a_connected_page(channel, address=f"{served}/meta", account=fake.account)


@contextmanager
def a_whatsapp_store(fake: FakeWhatsApp) -> Iterator[Store]:
    """A number at a fake WhatsApp that answers over HTTP on this machine, served by the invented app."""
    with running([Account(name="meta", fake=fake)]) as served:
        store = a_store("whatsapp", "")
        settings = {"app_id": APP, "account_id": NUMBER, "business_id": BUSINESS, "address": f"{served}/meta"}
        secrets = {"app_secret": APP_SECRET, "access_token": NUMBERS_TOKEN, "verify_token": VERIFY_TOKEN}
        connect_store(store.pk, Entered(settings=settings, secrets=secrets), by=SYSTEM, at=MONDAY)
        yield store


@contextmanager
def an_sms_store(fake: FakeTwilio) -> Iterator[Store]:
    """A number at a fake Twilio that answers over HTTP on this machine."""
    with running([Account(name="twilio", fake=fake)]) as served:
        store = a_store("sms", "")
        settings = {"account_sid": TWILIOS_ACCOUNT, "address": f"{served}/twilio"}
        connect_store(store.pk, Entered(settings=settings, secrets={"auth_token": AUTH_TOKEN}), by=SYSTEM, at=MONDAY)
        yield store


def a_connected_page(channel: str, *, address: str, account: str) -> Store:
    """A store at a page or account of the invented app, reached at this address."""
    store = a_store(channel, "")
    settings = {"app_id": APP, "account_id": account, "address": address}
    secrets = {"app_secret": APP_SECRET, "access_token": ACCESS_TOKEN, "verify_token": VERIFY_TOKEN}
    connect_store(store.pk, Entered(settings=settings, secrets=secrets), by=SYSTEM, at=MONDAY)
    return store


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


@contextmanager
def an_otto_store(fake: FakeOtto, *, faults: Faults | None = None) -> Iterator[Store]:
    """A store at a fake OTTO that answers over HTTP on this machine."""
    account = Account(name="seller", fake=fake, faults=faults or Faults())
    with running([account]) as served:
        store = a_store("otto", "otto.de")
        settings = {
            "client_id": CLIENT_ID,
            "address": f"{served}/seller",
            "ship_from_city": "Musterstadt",
            "ship_from_postcode": "12345",
            "ship_from_country": "DEU",
        }
        entered = Entered(settings=settings, secrets={"client_secret": CLIENT_SECRET})
        connect_store(store.pk, entered, by=SYSTEM, at=MONDAY)
        yield store
