"""The only list of channels. A mail is offered in this order; `email` takes what nobody claims, so it stands last."""

from tresen.channels.amazon import CONNECTOR as AMAZON
from tresen.channels.console import CONNECTOR as CONSOLE
from tresen.channels.contract import Claim, Connector, MailHeaders
from tresen.channels.ebay import CONNECTOR as EBAY
from tresen.channels.email import CONNECTOR as EMAIL
from tresen.channels.facebook import CONNECTOR as FACEBOOK
from tresen.channels.instagram import CONNECTOR as INSTAGRAM
from tresen.channels.kaufland import CONNECTOR as KAUFLAND
from tresen.channels.mirakl import CONNECTOR as MIRAKL
from tresen.channels.otto import CONNECTOR as OTTO
from tresen.channels.shopify import CONNECTOR as SHOPIFY
from tresen.channels.sms import CONNECTOR as SMS
from tresen.channels.tiktok_shop import CONNECTOR as TIKTOK_SHOP
from tresen.channels.walmart import CONNECTOR as WALMART
from tresen.channels.website import CONNECTOR as WEBSITE
from tresen.channels.whatsapp import CONNECTOR as WHATSAPP
from tresen.channels.woocommerce import CONNECTOR as WOOCOMMERCE

CONNECTORS: tuple[Connector, ...] = (
    AMAZON,
    EBAY,
    WALMART,
    SHOPIFY,
    WOOCOMMERCE,
    MIRAKL,
    KAUFLAND,
    OTTO,
    TIKTOK_SHOP,
    FACEBOOK,
    INSTAGRAM,
    WHATSAPP,
    SMS,
    WEBSITE,
    CONSOLE,
    EMAIL,
)


def connector_of(key: str) -> Connector:
    """The connector of that key. Raises `LookupError` for a channel that does not exist."""
    found = next((connector for connector in CONNECTORS if connector.key == key), None)
    if found is None:
        raise LookupError(f"There is no channel {key!r}; there are {', '.join(each.key for each in CONNECTORS)}.")
    return found


def claimed_by(headers: MailHeaders) -> Claim:
    """Whose mail it is: the first claim in the list's order."""
    claims = (connector.claims(headers) for connector in CONNECTORS if connector.claims)
    return next(claim for claim in claims if claim)
