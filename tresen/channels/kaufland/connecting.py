"""How a seller is let in at Kaufland: two keys of the seller portal, and the site that the store sells at."""

from collections.abc import Sequence

import msgspec

from tresen.channels.connections import Connected, Connection, SetupStep
from tresen.channels.feeds import Stopped
from tresen.channels.kaufland.acting import SAYS
from tresen.channels.kaufland.asking import NO_SUCH_ORDER, Missing, read, storefront
from tresen.channels.kaufland.proving import CLIENT_KEY, PARTNER_KEY, PARTNER_SECRET, SECRET_KEY, prove
from tresen.channels.kaufland.pushing import NOT_REACHED
from tresen.channels.outbound import StoreAccess
from tresen.channels.setup_fields import SetupField

SOMETHING_ELSE = "Something else answers there: check the interface’s address."
NOT_THERE = "The account does not sell at this site of Kaufland’s."


class _Storefronts(msgspec.Struct, frozen=True):
    data: Sequence[str]


def test(access: StoreAccess) -> Connected | Stopped:
    """Ask at which sites the account sells."""
    found = read(access, _Storefronts, "/info/storefront")
    if isinstance(found, Missing):
        return Stopped(reason=SOMETHING_ELSE)
    if isinstance(found, Stopped):
        return found
    own = storefront(access)
    lacks = (NOT_THERE,) if own and own not in found.data else ()
    return Connected(account=", ".join(f"kaufland.{name}" for name in found.data), lacks=lacks)


CONNECTION = Connection(
    steps=(
        SetupStep(
            text="Sign in at Kaufland’s seller portal, open Settings, Shop settings, API, and choose Generate new API "
            "keys. They take the place of those that other software may use. Paste both here; the secret key is shown "
            "once only.",
            address="https://sellerportal.kaufland.de/settings/api",
            fields=(
                SetupField(name=CLIENT_KEY, label="Client key"),
                SetupField(name=SECRET_KEY, label="Secret key", kind="secret"),
            ),
        ),
        SetupStep(
            text="Once the store is connected, let Kaufland tell of orders at once: one button on the page of the "
            "store’s webhooks asks it to. Without it they come some minutes later.",
            leads_to_webhooks=True,
        ),
        SetupStep(
            text="Leave this empty, unless Kaufland gave you keys as a software partner.",
            fields=(
                SetupField(name=PARTNER_KEY, label="Partner client key", required=False),
                SetupField(name=PARTNER_SECRET, label="Partner secret key", kind="secret", required=False),
            ),
        ),
        SetupStep(
            text="Leave this empty, unless you try with Kaufland’s playground.",
            fields=(
                SetupField(
                    name="address",
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
    says=(SOMETHING_ELSE, NOT_THERE, NO_SUCH_ORDER, NOT_REACHED, *SAYS),
    allowances={"interface": "All requests", "files": "Files"},
)
