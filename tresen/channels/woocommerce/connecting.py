"""How a shop lets us in: a REST API key of its own, which proves by HTTP Basic who asks."""

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from tresen.channels.connections import Connected, Connection, SetupStep
from tresen.channels.feeds import Stopped
from tresen.channels.http import HttpRequest
from tresen.channels.outbound import StoreAccess
from tresen.channels.setup_fields import SetupField
from tresen.channels.typed_json import NotAsDocumented, read_json
from tresen.channels.woocommerce.asking import ADDRESS, KEY, NO_SUCH_ORDER, SECRET, ask, host_of

SOMETHING_ELSE = "Something else answers there: check the shop’s address, and that its permalinks are not plain ones."
OPEN_WAY = "The shop’s address must begin with https://: over http anybody on the way could read the key."
_HERE = frozenset({"127.0.0.1", "localhost", "::1"})
"""What never leaves this machine needs no encryption."""


def prove(asked: HttpRequest, access: StoreAccess, _token: str) -> HttpRequest:
    """The request with key and secret. Raises LookupError where the way is not secret."""
    if not is_secret(asked.address):
        raise LookupError(OPEN_WAY)
    pair = f"{access.secret(KEY)}:{access.secret(SECRET)}".encode()
    return replace(asked, headers={**asked.headers, "Authorization": f"Basic {b64encode(pair).decode()}"})


def is_secret(address: str) -> bool:
    """Whether nobody on the way can read what is sent there."""
    parts = urlsplit(address)
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _HERE)


def test(access: StoreAccess) -> Connected | Stopped:
    """Ask for one order, and look at none."""
    if not is_secret(access.setting(ADDRESS).strip()):
        return Stopped(reason=OPEN_WAY)
    answer = ask(access, "/orders", ("per_page", "1"))
    if isinstance(answer, Stopped):
        return answer
    try:
        read_json(answer.body, Sequence[Any])  # type: ignore[type-abstract]
    except NotAsDocumented:
        return Stopped(reason=SOMETHING_ELSE)
    return Connected(account=host_of(access.setting(ADDRESS)))


CONNECTION = Connection(
    steps=(
        SetupStep(
            text="Open the shop in your browser. Its address is what stands before /shop or /wp-admin.",
            fields=(
                SetupField(
                    name=ADDRESS,
                    label="Address of the shop",
                    kind="url",
                    help_text="Like https://shop.example. It must begin with https.",
                ),
            ),
        ),
        SetupStep(
            text=(
                "In WordPress open WooCommerce, Settings, Advanced, REST API and choose Add key. Take a user who may "
                "edit orders, and Read/Write as permissions; with Read alone nothing can be refunded, cancelled, "
                "completed or written to buyers from here. Choose Generate API key and paste both; "
                "they are shown once only."
            ),
            fields=(
                SetupField(name=KEY, label="Consumer key", kind="secret", help_text="It begins with ck_."),
                SetupField(name=SECRET, label="Consumer secret", kind="secret", help_text="It begins with cs_."),
            ),
        ),
        SetupStep(
            text="Once the shop is connected, let it tell of orders at once: the page of the store’s webhooks says "
            "what to enter in WordPress. Without it they come some minutes later.",
            leads_to_webhooks=True,
        ),
    ),
    prove=prove,
    test=test,
    says=(SOMETHING_ELSE, OPEN_WAY, NO_SUCH_ORDER),
    allowances={"interface": "All requests"},
)
