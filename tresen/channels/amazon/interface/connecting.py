"""How a store is let in at the Selling Partner API: a private app of the seller's own, and its refresh token."""

from dataclasses import replace
from datetime import timedelta
from http import HTTPStatus
from urllib.parse import urlencode

import msgspec

from tresen.channels.amazon.interface.notification_queue import NO_KEY
from tresen.channels.amazon.interface.order_reading import got
from tresen.channels.amazon.interface.places import (
    FORM,
    TOKENS,
    application_of,
    asked,
    asked_of_nobody,
    marketplace_of,
)
from tresen.channels.answered import AFTER_A_FAULT, LATER, to_reader, words
from tresen.channels.connections import Connected, Connection, SetupStep, Token, TokenDoor
from tresen.channels.feeds import Stopped
from tresen.channels.http import Allowance, HttpRequest, HttpResponse
from tresen.channels.order_door import OrderRef
from tresen.channels.outbound import StoreAccess
from tresen.channels.setup_fields import SetupField
from tresen.channels.terms import Term
from tresen.channels.typed_json import NotAsDocumented, read_json

CONSOLE = "https://sellercentral.amazon.com/sellingpartner/developerconsole"
TOKEN = Allowance(name="token", per_second=1, burst=5)
SELLERS = Allowance(name="sellers", per_second=0.016, burst=15)
NO_ORDER = OrderRef(number="000-0000000-0000000")
"""Amazon numbers none like this; whether it says so or that we may not ask shows which roles the app has."""
NOT_SOLD = "The account does not sell on %(host)s."
CLIENT_SECRET = "client_secret"  # noqa: S105 - a field
SECRET_LASTS = timedelta(days=180)
"""Amazon’s developer pages, “Rotate your application’s LWA credentials”, read 2026-12-01: then calls are refused. The
refresh token stays as it is, and that of a private app does not end (“Renew authorizations”: public ones, yearly)."""
INACTIVE = "The account’s listings on %(host)s are inactive."
NO_ORDERS = "Orders can’t be read: the app lacks “Inventory and Order Tracking” or the restricted role."
_REFUSED = frozenset({HTTPStatus.BAD_REQUEST, HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN})


class Granted(msgspec.Struct, frozen=True):
    """What Login with Amazon gives for a refresh token."""

    access_token: str
    expires_in: int = 3600


class Site(msgspec.Struct, frozen=True):
    """A marketplace, by its id."""

    id: str


class Taking(msgspec.Struct, frozen=True, rename="camel"):
    """Whether the seller takes part there."""

    is_participating: bool
    has_suspended_listings: bool = False


class Participation(msgspec.Struct, frozen=True, rename="camel"):
    """One marketplace of the account."""

    marketplace: Site
    participation: Taking
    store_name: str = ""


class Participations(msgspec.Struct, frozen=True):
    """All of them."""

    payload: list[Participation]


def prove(request: HttpRequest, access: StoreAccess, token: str) -> HttpRequest:
    """The request with the token that says for whom it is."""
    del access
    return replace(request, headers={**request.headers, "x-amz-access-token": token})


def token_request(access: StoreAccess, holder: str) -> HttpRequest:
    """Asks Login with Amazon for an hour's token."""
    del holder
    form = {
        "grant_type": "refresh_token",
        "refresh_token": access.secret("refresh_token").strip(),
        "client_id": access.setting("client_id").strip(),
        "client_secret": access.secret(CLIENT_SECRET).strip(),
    }
    address = access.setting("token_address").strip() or TOKENS
    allowance = TOKEN.of(application_of(access))
    return asked_of_nobody("POST", address, allowance, headers={"Content-Type": FORM}, body=urlencode(form).encode())


def token_read(answer: HttpResponse) -> Token | Stopped:
    """The token. A refusal means that the app's secret or the seller's authorisation is not valid any more."""
    if answer.status in _REFUSED:
        return Stopped(reason=words(answer), after=AFTER_A_FAULT, reconnect=True)
    if answer.status != HTTPStatus.OK:
        return Stopped(reason=words(answer), after=LATER)
    try:
        granted = read_json(answer.body, Granted)
    except NotAsDocumented as wrong:
        return Stopped(reason=str(wrong), after=LATER)
    return Token(value=granted.access_token, lasts=timedelta(seconds=max(0, granted.expires_in)))


def test(access: StoreAccess) -> Connected | Stopped:
    """As whom we are known, whether the account sells in the store's marketplace, and whether orders may be read."""
    answer = to_reader(access.http.send(asked(access, "/sellers/v1/marketplaceParticipations", SELLERS)))
    if isinstance(answer, Stopped):
        return answer
    try:
        taking = read_json(answer.body, Participations).payload
    except NotAsDocumented as wrong:
        return Stopped(reason=str(wrong), after=LATER)
    wanted = marketplace_of(access)
    here = next((one for one in taking if one.marketplace.id == wanted.id), None)
    lacks = []
    if here is None or not here.participation.is_participating:
        lacks.append(NOT_SOLD % {"host": wanted.host})
    elif here.participation.has_suspended_listings:
        lacks.append(INACTIVE % {"host": wanted.host})
    asked_for = got(NO_ORDER, access)
    if isinstance(asked_for, HttpResponse) and asked_for.status == HTTPStatus.FORBIDDEN:
        lacks.append(NO_ORDERS)
    names = [one.store_name for one in ((here,) if here else taking) if one.store_name]
    return Connected(account=next(iter(names), ""), lacks=tuple(lacks))


CONNECTION = Connection(
    steps=(
        SetupStep(
            text="In Seller Central, choose Apps and Services, then Develop Apps, and register as a private developer."
            " Ask for the roles Inventory and Order Tracking, Direct-to-Consumer Delivery, Buyer Communication,"
            " Buyer Solicitation, Amazon Fulfillment and Selling Partner Insights.",
            address=CONSOLE,
        ),
        SetupStep(
            text="Once Amazon has agreed, choose Add new app client, take the type SP API, and tick the same roles."
            " Then choose View beside the app’s LWA credentials and copy both values.",
            fields=(
                SetupField(name="client_id", label="Client identifier"),
                SetupField(name=CLIENT_SECRET, label="Client secret", kind="secret"),
            ),
            address=CONSOLE,
        ),
        SetupStep(
            text="Beside the app, open the menu of Edit App, choose Authorise, then Authorise app in the line of your"
            " marketplace’s region. Copy the refresh token: Amazon shows it once.",
            fields=(SetupField(name="refresh_token", label="Refresh token", kind="secret"),),
            address=CONSOLE,
        ),
        SetupStep(
            text="Where Amazon’s notifications go to a queue of your own at AWS (SQS), enter its address and the key of"
            " an IAM user who may receive and delete its messages. Leave this empty where there is none.",
            fields=(
                SetupField(name="queue", label="Address of the queue", kind="url", required=False),
                SetupField(name="queue_key", label="AWS access key id", required=False),
                SetupField(name="queue_secret", label="AWS secret access key", kind="secret", required=False),
            ),
        ),
        SetupStep(
            text="Leave these empty, unless you want to try Tresen with Amazon’s sandbox.",
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
                    label="Address that gives tokens",
                    kind="url",
                    required=False,
                    help_text="Only where it is not the usual one.",
                ),
            ),
        ),
    ),
    prove=prove,
    test=test,
    token=TokenDoor(request=token_request, read=token_read),
    terms=(Term(secret=CLIENT_SECRET, lasts=SECRET_LASTS),),
    says=(NOT_SOLD, INACTIVE, NO_ORDERS, NO_KEY),
    allowances={
        "token": "Tokens",
        "sellers": "The seller’s marketplaces",
        "searchOrders": "Orders that changed",
        "getOrder": "Single orders",
        "confirmShipment": "Marking as shipped",
        "messaging": "Messages",
        "solicitations": "Requests for feedback",
        "createReport": "Ordering reports",
        "getReport": "Asking for reports",
        "getReportDocument": "Finding reports that are ready",
        "documents": "Fetching reports",
        "queue": "Notifications",
        "getInventorySummaries": "Stock",
    },
)
