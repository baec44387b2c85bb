"""How a store is let in at OTTO Market: by an app of the seller's own, for a token that names what it may ask."""

from dataclasses import replace
from datetime import timedelta
from http import HTTPStatus
from urllib.parse import urlencode

import msgspec

from tresen.channels.answered import AFTER_A_FAULT, LATER, to_reader, words
from tresen.channels.connections import Connected, Connection, SetupStep, Token, TokenDoor
from tresen.channels.feeds import Stopped
from tresen.channels.http import NOBODY, HttpRequest, HttpResponse
from tresen.channels.otto.interface import acting, asking, shipping, today
from tresen.channels.outbound import StoreAccess
from tresen.channels.setup_fields import SetupField

EMPTY = "OTTO gave an empty token."
USUAL_SCOPES = "orders shipments returns receipts availability price-reduction"
"""As other public clients ask for them; OTTO's own list stands in its portal."""
_GUIDE = "https://api.otto.market/docs/sellers-integration"
_DOORS = {
    "/v4/orders": "Orders cannot be read: the app does not allow it.",
    "/v1/shipments": "Parcels cannot be read: the app does not allow it.",
    "/v3/returns": "Returns cannot be read: the app does not allow it.",
    "/v3/receipts": "Receipts cannot be read: the app does not allow it.",
    "/v1/availability/quantities": "Stock cannot be read: the app does not allow it.",
}
_REFUSED = frozenset({HTTPStatus.BAD_REQUEST, HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN})


class _TokenTold(msgspec.Struct, frozen=True):
    """The token endpoint's answer; `expires_in` is seconds."""

    access_token: str
    expires_in: int


def prove(asked: HttpRequest, access: StoreAccess, token: str) -> HttpRequest:
    """The token, as OAuth has it."""
    del access
    return replace(asked, headers={**asked.headers, "authorization": f"Bearer {token}"})


def token_request(access: StoreAccess, holder: str) -> HttpRequest:
    """Ask for the seller's token. Raises LookupError where a credential is missing."""
    del holder
    form = {
        "grant_type": "client_credentials",
        "client_id": access.setting("client_id").strip(),
        "client_secret": access.secret("client_secret").strip(),
        "scope": " ".join(access.setting("scopes").split()) or USUAL_SCOPES,
    }
    return HttpRequest(
        method="POST",
        address=f"{asking.home(access)}/oauth2/token",
        allowance=asking.allowance(access, "token"),
        headers={"accept": "application/json", "content-type": "application/x-www-form-urlencoded"},
        body=urlencode(form).encode(),
        holder=NOBODY,
    )


def read_token(answer: HttpResponse) -> Token | Stopped:
    """The token, or why there is none: a refused app or scope wants an administrator."""
    if answer.status in _REFUSED:
        return Stopped(reason=words(answer), after=AFTER_A_FAULT, reconnect=True)
    if answer.status >= HTTPStatus.MULTIPLE_CHOICES:
        return Stopped(reason=words(answer), after=LATER)
    told = asking.understood(answer, _TokenTold)
    if isinstance(told, Stopped):
        return told
    if not told.access_token or told.expires_in <= 0:
        return Stopped(reason=EMPTY)
    return Token(value=told.access_token, lasts=timedelta(seconds=told.expires_in))


def test(access: StoreAccess) -> Connected | Stopped:
    """Whether the app is known, and what it does not allow. OTTO does not say whose it is."""
    lacks = []
    for path, missing in _DOORS.items():
        since = (("datefrom", today.parcels_since()),) if path.endswith("/shipments") else ()
        answer = to_reader(access.http.send(asking.request(access, path, *since, ("limit", "1"))))
        if isinstance(answer, Stopped) and not answer.lacks:
            return answer
        if isinstance(answer, Stopped):
            lacks.append(missing)
    return Connected(lacks=tuple(lacks))


CONNECTION = Connection(
    steps=(
        SetupStep(
            text="Sign in at OTTO Partner Connect, create an app of your own (self-app) for the interfaces Orders, "
            "Shipments, Returns, ReturnShipments, Receipts, PriceReductions and Availability, and copy both.",
            address=_GUIDE,
            fields=(
                SetupField(name="client_id", label="Client ID"),
                SetupField(name="client_secret", label="Client Secret", kind="secret"),
                SetupField(
                    name="scopes",
                    label="Scopes",
                    required=False,
                    help_text="As they stand in the app’s overview, with spaces between them. Empty: orders shipments "
                    "returns receipts availability price-reduction.",
                ),
            ),
        ),
        SetupStep(
            text="Say where your parcels leave from. OTTO wants to know it with each order that is marked as shipped.",
            fields=shipping.ORIGIN,
        ),
        SetupStep(
            text="Leave this empty, unless you try with OTTO’s sandbox: https://sandbox.api.otto.market",
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
    token=TokenDoor(request=token_request, read=read_token),
    says=(EMPTY, asking.UNDOCUMENTED, *_DOORS.values(), *acting.SAYS),
    allowances={
        "orders": "Orders",
        "shipments": "Parcels",
        "returns": "Returns",
        "return-shipments": "Parcels that come back",
        "receipts": "Receipts",
        "price-reductions": "Price reductions",
        "availability": "Stock",
        "token": "Tokens",
    },
)
