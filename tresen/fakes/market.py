"""An invented seller's accounts at the fake platforms, filled with orders, and what lets a store in at each."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from tresen.channels.meta.account import FACEBOOK, INSTAGRAM
from tresen.channels.meta.account import Account as MetasAccount
from tresen.channels.tracking import TrackingState
from tresen.fakes import meta, sms, whatsapp
from tresen.fakes.amazon import KEYS as AMAZON_KEYS
from tresen.fakes.amazon import FakeAmazon
from tresen.fakes.ebay.platform import APP_ID, CERT_ID, REFRESH_TOKEN, Ebay
from tresen.fakes.kaufland import CLIENT_KEY, SECRET_KEY, FakeKaufland
from tresen.fakes.mirakl import FakeMirakl
from tresen.fakes.otto import CLIENT_ID as APPS_ID
from tresen.fakes.otto import CLIENT_SECRET as APPS_SECRET
from tresen.fakes.otto import FakeOtto
from tresen.fakes.sales import Buyer, By, Letter, Line, Parcel, Sale, Shelved, Talk
from tresen.fakes.serving import Fake
from tresen.fakes.shopify.platform import FakeShopify
from tresen.fakes.tiktok_shop import APP_KEY, APP_SECRET, SERVICE_ID, FakeTikTokShop
from tresen.fakes.tiktok_shop import REFRESH_TOKEN as TIKTOK_TOKEN
from tresen.fakes.walmart import CLIENT_ID, CLIENT_SECRET, FakeWalmart
from tresen.fakes.woocommerce.platform import FakeWooCommerce
from tresen.fakes.world import Clock, World

PLATFORMS = (
    "amazon",
    "ebay",
    "facebook",
    "instagram",
    "kaufland",
    "mirakl",
    "otto",
    "shopify",
    "sms",
    "tiktok_shop",
    "walmart",
    "whatsapp",
    "woocommerce",
)
OPERATORS_KEY, SHOPS_TOKEN = "invented-key", "shpat_invented"
_SHOPS_PAIR = {"consumer_key": "ck_invented", "consumer_secret": "cs_invented"}
GERMANY = "A1PA6795UKMFR9"
_PRODUCTS = (("LW-01", "Lampe Mira", 4990), ("LW-02", "Schirm Oda", 1990), ("LW-03", "Leuchte Fjord", 12900))
_FIRST = ("Ida", "Kai", "Nora", "Luca", "Greta", "Emil", "Alba", "Jon")
_LAST = ("Muster", "Beispiel", "Exempla", "Modell")
_QUESTIONS = ("Wo ist mein Paket?", "Passt der Schirm zur Lampe?", "Ein Glas ist gesprungen.", "Kann ich umtauschen?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What an administrator enters to connect a store there, by the names of the connector's fields."""

    fake: Fake
    entered: Callable[[str], Mapping[str, str]]


def a_market(platform: str, *, sales: int, clock: Clock, days: int = 30, seed: int = 1) -> Entry:
    """One account with so many orders of the last days. Raises LookupError for a platform that is none of these."""
    world = World(clock=clock)
    chance = Random(f"{platform}/{seed}")  # noqa: S311 - invented data
    made = [_sale(platform, index, chance, clock(), days=days) for index in range(1, sales + 1)]
    stock = [
        Shelved(sku=sku, item=f"P-{sku}", title=title, available=chance.randint(0, 40), changed_at=clock())
        for sku, title, _price in _PRODUCTS
    ]
    world.fill(sales=made, talks=_talks(platform, made, chance, clock()), stock=stock)
    return entry_at(platform, world)


def entry_at(platform: str, world: World, *, seller: str = "Birkenhof", marketplace: str = GERMANY) -> Entry:
    """The account that this world is told through; `marketplace` is Amazon's id. Raises LookupError."""
    account = _ACCOUNTS.get(platform)
    if account is None:
        raise LookupError(f"There is no fake {platform!r}; there are {', '.join(PLATFORMS)}.")
    return account(_Account(world=world, seller=seller, marketplace=marketplace))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Account:
    world: World
    seller: str
    marketplace: str


def _at_amazon(of: _Account) -> Entry:
    return Entry(fake=FakeAmazon(of.world, marketplace=of.marketplace, store_name=of.seller), entered=_amazon)


def _at_ebay(of: _Account) -> Entry:
    ebay = {"app_id": APP_ID, "cert_id": CERT_ID, "refresh_token": REFRESH_TOKEN}
    return Entry(fake=Ebay(of.world, seller=of.seller.lower()), entered=lambda base: {**ebay, "address": base})


def _at_kaufland(of: _Account) -> Entry:
    keys = {"client_key": CLIENT_KEY, "secret_key": SECRET_KEY}
    return Entry(fake=FakeKaufland(of.world), entered=lambda base: {**keys, "address": base})


def _at_facebook(of: _Account) -> Entry:
    return _at_meta(of, FACEBOOK)


def _at_instagram(of: _Account) -> Entry:
    return _at_meta(of, INSTAGRAM)


def _at_meta(of: _Account, account: MetasAccount) -> Entry:
    app = {"app_id": meta.APP, "app_secret": meta.APP_SECRET, "verify_token": meta.VERIFY_TOKEN}
    own = {"access_token": meta.ACCESS_TOKEN}
    fake = meta.FakeMeta(world=of.world, of=account, name=of.seller, title=account.title)
    return Entry(fake=fake, entered=lambda base: {**app, **own, "account_id": fake.account, "address": base})


def _at_mirakl(of: _Account) -> Entry:
    operator = FakeMirakl(of.world, key=OPERATORS_KEY)
    return Entry(fake=operator, entered=lambda base: {"address": base, "api_key": OPERATORS_KEY})


def _at_otto(of: _Account) -> Entry:
    app = {"client_id": APPS_ID, "client_secret": APPS_SECRET}
    warehouse = {"ship_from_city": "Musterstadt", "ship_from_postcode": "12345", "ship_from_country": "DEU"}
    return Entry(fake=FakeOtto(of.world), entered=lambda base: {**app, **warehouse, "address": base})


def _at_shopify(of: _Account) -> Entry:
    shop = {"shop": of.seller.lower(), "access_token": SHOPS_TOKEN}
    fake = FakeShopify(world=of.world, token=SHOPS_TOKEN)
    fake.shop.name, fake.shop.domain = of.seller, f"{of.seller.lower()}.myshopify.com"
    return Entry(fake=fake, entered=lambda base: {**shop, "address": base})


def _at_tiktok_shop(of: _Account) -> Entry:
    keys = {"app_key": APP_KEY, "app_secret": APP_SECRET, "service_id": SERVICE_ID, "refresh_token": TIKTOK_TOKEN}
    fake = FakeTikTokShop(of.world, name=of.seller)
    return Entry(fake=fake, entered=lambda base: {**keys, "address": base, "token_address": base})


def _at_walmart(of: _Account) -> Entry:
    keys = {"client_id": CLIENT_ID, "client_secret": CLIENT_SECRET}
    return Entry(fake=FakeWalmart(of.world), entered=lambda base: {**keys, "address": base})


def _at_twilio(of: _Account) -> Entry:
    fake = sms.FakeTwilio(world=of.world, name=of.seller)
    token = {"auth_token": sms.AUTH_TOKEN}
    return Entry(fake=fake, entered=lambda base: {**token, "account_sid": fake.account, "address": base})


def _at_whatsapp(of: _Account) -> Entry:
    app = {"app_id": meta.APP, "app_secret": meta.APP_SECRET, "verify_token": meta.VERIFY_TOKEN}
    own = {"business_id": whatsapp.BUSINESS, "access_token": whatsapp.ACCESS_TOKEN}
    fake = whatsapp.FakeWhatsApp(world=of.world, name=of.seller)
    return Entry(fake=fake, entered=lambda base: {**app, **own, "account_id": fake.number, "address": base})


def _at_woocommerce(of: _Account) -> Entry:
    key, secret = _SHOPS_PAIR.values()
    remarks = {talk.sale: talk.letters[0].text for talk in of.world.talks.values() if talk.sale and talk.letters}
    shop_on_wordpress = FakeWooCommerce(world=of.world, key=key, secret=secret, remarks=remarks)
    return Entry(fake=shop_on_wordpress, entered=lambda base: {**_SHOPS_PAIR, "address": base})


_ACCOUNTS: Mapping[str, Callable[[_Account], Entry]] = {
    "amazon": _at_amazon,
    "ebay": _at_ebay,
    "facebook": _at_facebook,
    "instagram": _at_instagram,
    "kaufland": _at_kaufland,
    "mirakl": _at_mirakl,
    "otto": _at_otto,
    "shopify": _at_shopify,
    "sms": _at_twilio,
    "tiktok_shop": _at_tiktok_shop,
    "walmart": _at_walmart,
    "whatsapp": _at_whatsapp,
    "woocommerce": _at_woocommerce,
}


def _amazon(base: str) -> Mapping[str, str]:
    return {
        **AMAZON_KEYS,
        "address": base,
        "token_address": f"{base}/auth/o2/token",
        "queue": f"{base}/queue/123456789012/orders",
    }


_NUMBERS: Mapping[str, Callable[[int], tuple[str, str]]] = {
    "amazon": lambda index: (f"302-{1_000_000 + index}-{2_000_000 + index}",) * 2,
    "ebay": lambda index: (f"27-{10_000 + index}-{20_000 + index}", str(index)),
    "otto": lambda index: (f"kx7b{index:06}", f"00000000-0000-4000-8000-{index:012}"),
    "shopify": lambda index: (f"#{1_000 + index}", str(820_000_000 + index)),
    "tiktok_shop": lambda index: (str(576_486_316_948_490_000 + index),) * 2,
    "walmart": lambda index: (str(2_000_010_000_000 + index), str(1_796_270_000_000 + index)),
    "woocommerce": lambda index: (f"#{1_000 + index}", str(1_000 + index)),
}
"""What people call an order by, and what the interface does, each in its platform's shape."""


def numbered(platform: str, index: int) -> tuple[str, str]:
    """What people call an account's order of this place by, and what the interface does."""
    return _NUMBERS.get(platform, _usual_number)(index)


def _usual_number(index: int) -> tuple[str, str]:
    return (f"ORD-{1_000 + index}-A",) * 2


def _sale(platform: str, index: int, chance: Random, now: datetime, *, days: int) -> Sale:
    number, internal = numbered(platform, index)
    name = f"{chance.choice(_FIRST)} {chance.choice(_LAST)}"
    ordered_at = now - timedelta(minutes=chance.randint(30, 60 * 24 * days))
    buyer = Buyer(key=f"buyer{index}", name=name, email=f"buyer{index}@mail.example")
    lines = [
        Line(id=str(index * 10 + place), sku=sku, item=_item(platform, place), title=title, quantity=1, price=price)
        for place, (sku, title, price) in enumerate(chance.sample(_PRODUCTS, chance.randint(1, 2)))
    ]
    sale = Sale(
        number=number,
        id=internal,
        buyer=buyer,
        lines=lines,
        currency="USD" if platform in {"tiktok_shop", "walmart"} else "EUR",
        ordered_at=ordered_at,
        changed_at=ordered_at,
        ship_by=ordered_at + timedelta(days=2),
    )
    if now - ordered_at > timedelta(days=2):
        _shipped(sale, index, delivered=now - ordered_at > timedelta(days=5))
    return sale


def _item(platform: str, place: int) -> str:
    return {"amazon": f"B0EXAMPLE{place}", "shopify": str(632_910_392 + place), "woocommerce": str(90 + place)}.get(
        platform, f"11000000000{place}"
    )


def _shipped(sale: Sale, index: int, *, delivered: bool) -> None:
    sent = sale.ordered_at + timedelta(days=1)
    arrived = sent + timedelta(days=2) if delivered else None
    state = TrackingState.DELIVERED if delivered else TrackingState.IN_TRANSIT
    for line in sale.lines:
        line.shipped = line.quantity
    sale.parcels.append(
        Parcel(
            id=str(index * 100),
            carrier="DHL",
            tracking=f"003404341610940{index:05}",
            state=state,
            shipped_at=sent,
            delivered_at=arrived,
        )
    )
    sale.changed_at = arrived or sent


def _talks(platform: str, sales: Sequence[Sale], chance: Random, now: datetime) -> Sequence[Talk]:
    """Questions where the platform has an inbox; one in five buyers writes."""
    if platform not in {"ebay", "facebook", "instagram", "kaufland", "mirakl", "tiktok_shop", "woocommerce"}:
        return []
    asking = [sale for sale in sales if chance.random() < 0.2] or sales[:1]  # noqa: PLR2004 - one in five
    return [
        Talk(
            id=f"{900_000 + place}",
            buyer=sale.buyer,
            topic="Frage zur Bestellung",
            sale=sale.number,
            item=sale.lines[0].item,
            letters=[
                Letter(
                    id=f"{700_000 + place}",
                    by=By.BUYER,
                    text=chance.choice(_QUESTIONS),
                    at=now - timedelta(minutes=chance.randint(5, 60 * 20)),
                )
            ],
        )
        for place, sale in enumerate(asking)
    ]
