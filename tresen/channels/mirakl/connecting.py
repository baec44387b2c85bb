"""How a shop is let in at a Mirakl operator: each marketplace on Mirakl's software is an interface of its own."""

from dataclasses import replace

import msgspec

from tresen.channels.answered import to_reader
from tresen.channels.connections import Connected, Connection, SetupStep
from tresen.channels.feeds import Stopped
from tresen.channels.http import HttpRequest
from tresen.channels.mirakl.reading import NO_SUCH_ORDER, request
from tresen.channels.outbound import StoreAccess
from tresen.channels.setup_fields import SetupField
from tresen.channels.typed_json import NotAsDocumented, read_json

KEY = "api_key"
SOMETHING_ELSE = "Something else answers there: check the operator’s address."
NOT_OPEN = "The operator says that the shop is not open."


class _Account(msgspec.Struct, frozen=True):
    """The shop, as A01 has it."""

    shop_name: str | None = None
    shop_id: int | None = None
    shop_state: str | None = None


def prove(asked: HttpRequest, access: StoreAccess, token: str) -> HttpRequest:
    """The key alone in the header Authorization, without a word before it."""
    del token
    return replace(asked, headers={**asked.headers, "Authorization": access.secret(KEY)})


def test(access: StoreAccess) -> Connected | Stopped:
    """Ask for the shop's own account."""
    answer = to_reader(access.http.send(request(access, "GET", "/account")))
    if isinstance(answer, Stopped):
        return answer
    try:
        account = read_json(answer.body, _Account)
    except NotAsDocumented:
        return Stopped(reason=SOMETHING_ELSE)
    closed = (NOT_OPEN,) if account.shop_state not in {None, "OPEN"} else ()
    return Connected(account=account.shop_name or str(account.shop_id or ""), lacks=closed)


CONNECTION = Connection(
    steps=(
        SetupStep(
            text="Sign in at the marketplace’s back office. Its address in the browser is the operator’s address.",
            fields=(
                SetupField(
                    name="address",
                    label="Address of the operator",
                    kind="url",
                    help_text="Like https://marketplace.example, up to the first single slash.",
                ),
            ),
        ),
        SetupStep(
            text="Choose your name at the top right, then API key, then Generate a new key, and paste it here.",
            fields=(SetupField(name=KEY, label="API key", kind="secret"),),
        ),
        SetupStep(
            text="If your user manages several shops there, say which: the number stands under Shop settings.",
            fields=(SetupField(name="shop_id", label="Number of the shop", required=False),),
        ),
    ),
    prove=prove,
    test=test,
    says=(SOMETHING_ELSE, NOT_OPEN, NO_SUCH_ORDER),
    allowances={"interface": "All requests"},
)
