"""How a shop lets us in: a custom app of its own, whose token is pasted here.

Source: https://shopify.dev/docs/apps/build/authentication-authorization/access-tokens/generate-app-access-tokens-admin
and the scopes that the schema of 2026-10 names for each type, read 2026-11-30.
"""

from collections.abc import Sequence

import msgspec

from tresen.channels.connections import Connected, Connection, SetupStep
from tresen.channels.feeds import Stopped
from tresen.channels.outbound import StoreAccess
from tresen.channels.setup_fields import SetupField
from tresen.channels.shopify.admin.asking import (
    ADDRESS,
    FORGOTTEN,
    NO_DATA,
    SHOP,
    SHOP_PATTERN,
    TOKEN,
    Question,
    ask_to_read,
    prove,
)
from tresen.channels.typed_json import NotAsDocumented, read_value

_WHO = Question(
    document="""
query Who {
  shop { name myshopifyDomain }
  currentAppInstallation { accessScopes { handle } }
}
""",
    cost=3,
)
SCOPES = {
    "read_orders": "Orders cannot be read (access scope read_orders).",
    "read_all_orders": "Orders older than 60 days cannot be read (access scope read_all_orders).",
    "read_customers": "Buyers' names cannot be read (access scope read_customers).",
    "read_products": "Products and their pictures cannot be read (access scope read_products).",
    "read_inventory": "Stock cannot be read (access scope read_inventory).",
    "read_returns": "Returns cannot be read (access scope read_returns).",
    "read_shopify_payments_disputes": "Chargebacks cannot be read (access scope read_shopify_payments_disputes).",
    "write_orders": "Orders cannot be refunded or cancelled (access scope write_orders).",
    "write_returns": "Returns cannot be approved or refused (access scope write_returns).",
    "write_merchant_managed_fulfillment_orders": (
        "Orders cannot be marked as shipped (access scope write_merchant_managed_fulfillment_orders)."
    ),
}
"""What is lacking without each of them, in words for people."""


class _Shop(msgspec.Struct, frozen=True, rename="camel"):
    name: str
    myshopify_domain: str = ""


class _Scope(msgspec.Struct, frozen=True):
    handle: str


class _Installation(msgspec.Struct, frozen=True, rename="camel"):
    access_scopes: Sequence[_Scope] = ()


class _Who(msgspec.Struct, frozen=True, rename="camel"):
    shop: _Shop
    current_app_installation: _Installation


def test(access: StoreAccess) -> Connected | Stopped:
    """As which shop we are known, and what its app may not do."""
    answer = ask_to_read(access, _WHO, {})
    if isinstance(answer, Stopped):
        return answer
    try:
        said = read_value(dict(answer.data), _Who)
    except NotAsDocumented as wrong:
        return Stopped(reason=str(wrong))
    granted = {scope.handle for scope in said.current_app_installation.access_scopes}
    # Who may write may read: Shopify names only the wider of the two.
    granted |= {f"read_{name.removeprefix('write_')}" for name in granted if name.startswith("write_")}
    lacks = tuple(words for scope, words in SCOPES.items() if scope not in granted)
    return Connected(account=" · ".join(filter(None, (said.shop.name, said.shop.myshopify_domain))), lacks=lacks)


CONNECTION = Connection(
    steps=(
        SetupStep(
            text=(
                "In the Shopify admin open Settings, then Apps and sales channels, then Develop apps. "
                "Allow custom app development if Shopify asks for it, and create an app, for instance “Tresen”."
            ),
            address="https://admin.shopify.com/settings/apps/development",
            fields=(
                SetupField(
                    name=SHOP,
                    label="Shop domain",
                    help_text="As in birkenhof.myshopify.com; not the address that shoppers see.",
                    pattern=SHOP_PATTERN,
                    unfit="This is no shop domain. It looks like birkenhof.myshopify.com.",
                ),
            ),
        ),
        SetupStep(
            text=(
                "In the app choose Configuration, Admin API integration, and tick these access scopes: "
                "read_orders, read_all_orders, read_customers, read_products, read_inventory, read_returns, "
                "read_shopify_payments_disputes, write_orders, write_returns, "
                "write_merchant_managed_fulfillment_orders. Save. Those that write are only needed for refunding, "
                "cancelling, deciding returns and marking as shipped from here."
            ),
        ),
        SetupStep(
            text=(
                "Choose Install app, then API credentials, and reveal the Admin API access token. "
                "Shopify shows it once only. It begins with shpat_."
            ),
            fields=(
                SetupField(name=TOKEN, label="Admin API access token", kind="secret"),
                SetupField(
                    name=ADDRESS,
                    label="Address of the interface",
                    kind="url",
                    required=False,
                    help_text="Only where it is not the usual one.",
                ),
            ),
        ),
    ),
    prove=prove,
    test=test,
    says=(NO_DATA, FORGOTTEN, *SCOPES.values()),
    allowances={"graphql": "Points for all queries"},
)
