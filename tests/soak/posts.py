"""What platforms post to us of a change, and where: each in its own shape, signed as it signs."""

from collections.abc import Callable, Mapping
from typing import NamedTuple, Protocol

from tests.soak.market import WEBHOOK_SECRET, Shop
from tresen.fakes.meta import APP, FakeMeta
from tresen.fakes.meta import webhooks as of_pages
from tresen.fakes.sales import By, Letter, Sale, Shelved, Talk
from tresen.fakes.shopify.webhooks import order_webhook
from tresen.fakes.sms import FakeTwilio
from tresen.fakes.sms import webhooks as of_sms
from tresen.fakes.tiktok_shop import APP_KEY, APP_SECRET, SERVICE_ID, FakeTikTokShop
from tresen.fakes.tiktok_shop.telling import newest_message, order_changed
from tresen.fakes.whatsapp import FakeWhatsApp
from tresen.fakes.whatsapp import webhooks as of_numbers
from tresen.fakes.woocommerce import telling as of_wordpress
from tresen.fakes.woocommerce.platform import FakeWooCommerce
from tresen.fakes.woocommerce.webhooks import signed

FORM = "application/x-www-form-urlencoded"


class Told(Protocol):
    """A request as a fake signs it."""

    @property
    def headers(self) -> Mapping[str, str]: ...

    @property
    def body(self) -> bytes: ...


class Post(NamedTuple):
    """What is told, and where."""

    path: str
    headers: Mapping[str, str]
    body: bytes


type OfSale = Callable[[Shop, Sale], Post]
type OfStock = Callable[[Shop, Shelved], Post]
type OfLetter = Callable[[Shop, Talk, Letter, str], Post]
"""Its last argument is the beginning of our addresses, which one of them signs."""


def _at_store(shop: Shop) -> str:
    return f"/hooks/{shop.store.pk}/"


def _at_app(family: str, app: str, told: Told) -> Post:
    return Post(f"/hooks/{family}/{app}/", told.headers, told.body)


def _by_shopify(shop: Shop, sale: Sale) -> Post:
    told = order_webhook(sale, secret=WEBHOOK_SECRET)
    return Post(_at_store(shop), told.headers, told.body)


def _by_wordpress(shop: Shop, sale: Sale) -> Post:
    fake = shop.entry.fake
    assert isinstance(fake, FakeWooCommerce)
    told = signed("order.updated", fake.told(sale), secret=WEBHOOK_SECRET, at=sale.changed_at)
    return Post(_at_store(shop), told.headers, told.body)


def _of_product(shop: Shop, level: Shelved) -> Post:
    product = of_wordpress.product(level, of_wordpress.digits(level.item), pictures=shop.world.pictures)
    told = signed("product.updated", product, secret=WEBHOOK_SECRET, at=level.changed_at)
    return Post(_at_store(shop), told.headers, told.body)


def _of_tiktoks_order(shop: Shop, sale: Sale) -> Post:
    fake = shop.entry.fake
    assert isinstance(fake, FakeTikTokShop)
    told = order_changed(sale, shop=fake.shop_id, key=APP_KEY, secret=APP_SECRET)
    return _at_app("tiktok_shop", SERVICE_ID, told)


def _of_chat(shop: Shop, talk: Talk, _letter: Letter, _web: str) -> Post:
    """The newest message of the chat, as it stands."""
    fake = shop.entry.fake
    assert isinstance(fake, FakeTikTokShop)
    told = newest_message(fake, talk, shop=fake.shop_id, key=APP_KEY, secret=APP_SECRET)
    return _at_app("tiktok_shop", SERVICE_ID, told)


def _by_page(shop: Shop, talk: Talk, letter: Letter, _web: str) -> Post:
    page = shop.entry.fake
    assert isinstance(page, FakeMeta)
    told = of_pages.delivered(page, [of_pages.of_letter(page, letter, person=talk.buyer.key)])
    return _at_app("meta", APP, told)


def _by_number(shop: Shop, talk: Talk, letter: Letter, _web: str) -> Post:
    """What somebody wrote; of ours, that it arrived."""
    fake = shop.entry.fake
    assert isinstance(fake, FakeWhatsApp)
    told = (
        of_numbers.of_letter(letter, person=talk.buyer, number=fake.number)
        if letter.by is By.BUYER
        else of_numbers.of_status(letter, "delivered", at=letter.at, number=fake.number)
    )
    return _at_app("meta", APP, of_numbers.delivered([told]))


def _by_sms(shop: Shop, talk: Talk, letter: Letter, web: str) -> Post:
    """Likewise; Twilio signs the whole address."""
    fake, person = shop.entry.fake, talk.buyer.key
    assert isinstance(fake, FakeTwilio)
    form = (
        of_sms.of_letter(letter, person=person, account=fake.account, number=fake.number)
        if letter.by is By.BUYER
        else of_sms.of_status(letter, "delivered", person=person, account=fake.account, number=fake.number)
    )
    told = of_sms.posted(form, to=f"{web}{_at_store(shop)}")
    return Post(_at_store(shop), {**told.headers, "Content-Type": FORM}, told.body)


OF_SALES: Mapping[str, OfSale] = {
    "shopify": _by_shopify,
    "tiktok_shop": _of_tiktoks_order,
    "woocommerce": _by_wordpress,
}
OF_LETTERS: Mapping[str, OfLetter] = {
    "facebook": _by_page,
    "instagram": _by_page,
    "sms": _by_sms,
    "tiktok_shop": _of_chat,
    "whatsapp": _by_number,
}
OF_STOCK: Mapping[str, OfStock] = {"woocommerce": _of_product}
