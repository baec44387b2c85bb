"""How a store is let in at TikTok Shop: an app of the seller's own, his consent to it, and which of his shops it is."""

from collections.abc import Iterator, Sequence

import msgspec

from tresen.channels.connections import Connected, Connection, SetupStep
from tresen.channels.feeds import Stopped
from tresen.channels.outbound import StoreAccess
from tresen.channels.setup_fields import SetupField
from tresen.channels.terms import Term
from tresen.channels.tiktok_shop.acting import SAYS
from tresen.channels.tiktok_shop.asking import (
    CIPHER,
    NO_MESSAGES,
    NO_SUCH_ORDER,
    SHOP,
    ask,
    meant,
    read,
    request,
    without_shop,
)
from tresen.channels.tiktok_shop.performance import NO_RATE
from tresen.channels.tiktok_shop.proving import APP_KEY, APP_SECRET, prove
from tresen.channels.tiktok_shop.tokens import CONSENT, NO_TOKEN, REFRESH_TOKEN, SERVICE, TOKEN

CODE = "shop_code"
NO_SHOP = "The seller’s account has no shop of this code."
WHICH_SHOP = "The seller’s account has several shops: enter the code of this store’s own."
ELSEWHERE = "The shop sells in %(region)s, and the store is set up for another country."


class _Shop(msgspec.Struct, frozen=True):
    """A shop that has let the app in. `code` is what Seller Center shows, `cipher` what requests name it by."""

    id: str
    cipher: str
    code: str = ""
    name: str = ""
    region: str = ""


class _Shops(msgspec.Struct, frozen=True):
    shops: Sequence[_Shop] = ()


def test(access: StoreAccess) -> Connected | Stopped:
    """Which shop it is, and what the app may not do there."""
    shops = read(access, _Shops, without_shop(access, "GET", "/authorization/202309/shops"))
    if isinstance(shops, Stopped):
        return shops
    shop = _own(shops.shops, access.setting(CODE).strip().casefold())
    if isinstance(shop, Stopped):
        return shop
    messages = ask(access, request(_Known(access, shop), "GET", "/customer_service/202309/conversations", _ONE))
    if isinstance(messages, Stopped) and not messages.lacks:
        return messages
    return Connected(
        account=" ".join(filter(None, (shop.name or shop.code or shop.id, shop.region))),
        lacks=tuple(_lacks(access, shop, messages=not isinstance(messages, Stopped))),
        learned={CIPHER: shop.cipher, SHOP: shop.id},
    )


_ONE = ("page_size", "1")


class _Known:
    """The same access, with what was just learned of the shop."""

    def __init__(self, access: StoreAccess, shop: _Shop) -> None:
        self.marketplace, self.mail, self.http = access.marketplace, access.mail, access.http
        self.secret, self.webhook = access.secret, access.webhook
        self._access, self._shop = access, shop

    def setting(self, name: str) -> str:
        return self._shop.cipher if name == CIPHER else self._access.setting(name)


def _own(shops: Sequence[_Shop], code: str) -> _Shop | Stopped:
    found = [shop for shop in shops if not code or code in {shop.code.casefold(), shop.id}]
    if len(found) > 1:
        return Stopped(reason=WHICH_SHOP)
    return found[0] if found else Stopped(reason=NO_SHOP)


def _lacks(access: StoreAccess, shop: _Shop, *, messages: bool) -> Iterator[str]:
    if not messages:
        yield NO_MESSAGES
    sold_in = access.marketplace.rpartition("/")[2]
    if sold_in and shop.region and shop.region.casefold() != sold_in:
        yield ELSEWHERE % {"region": shop.region}


CONNECTION = Connection(
    steps=(
        SetupStep(
            text="Register as a developer in TikTok Shop’s Partner Center and create an app for your own shop. Enter "
            "the callback address shown below as its redirect URL. Ask for access to shop information, orders, "
            "fulfilment, logistics, returns and refunds, products and customer service. Customer service is approved "
            "by itself; without it messages stay in Seller Center, and all else works.",
            address="https://partner.tiktokshop.com",
        ),
        SetupStep(
            text="Copy these from the app’s page. The service ID stands in the authorisation link. Then enter the "
            "webhook address shown here as the app’s webhook URL: the service ID is a part of it.",
            address="https://partner.tiktokshop.com",
            needs_webhook=True,
            fields=(
                SetupField(name=APP_KEY, label="App key", kind="secret"),
                SetupField(name=APP_SECRET, label="App secret", kind="secret"),
                SetupField(name=SERVICE, label="Service ID"),
            ),
        ),
        SetupStep(
            text="Sign in as the seller. Whoever has a refresh token already pastes it instead. TikTok Shop gives a "
            "new one with each access token, so use it nowhere else.",
            fields=(SetupField(name=REFRESH_TOKEN, label="Refresh token", kind="secret"),),
        ),
        SetupStep(
            text="Only if the account has several shops: enter the code of this one, as Seller Center shows it.",
            fields=(SetupField(name=CODE, label="Shop code", required=False),),
        ),
        SetupStep(
            text="Leave these empty, unless you try with another server than TikTok Shop’s.",
            fields=(
                SetupField(
                    name="address",
                    label="Address of the interface",
                    kind="url",
                    required=False,
                    help_text="Only where it is not the usual one.",
                ),
                SetupField(
                    name="token_address",
                    label="Address for tokens",
                    kind="url",
                    required=False,
                    help_text="Only where it is not the usual one.",
                ),
            ),
        ),
    ),
    prove=prove,
    test=test,
    token=TOKEN,
    consent=CONSENT,
    meant=meant,
    terms=(Term(secret=REFRESH_TOKEN),),
    says=(NO_MESSAGES, NO_SUCH_ORDER, NO_TOKEN, NO_SHOP, WHICH_SHOP, ELSEWHERE, NO_RATE, *SAYS),
    allowances={"interface": "All requests", "token": "Tokens", "files": "Files"},
)
