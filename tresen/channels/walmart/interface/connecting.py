"""How a store is let in at Walmart: a key of the seller's own, for a token of fifteen minutes."""

from base64 import b64encode
from dataclasses import replace
from datetime import timedelta
from http import HTTPStatus
from urllib.parse import urlencode

import msgspec

from tresen.channels.answered import AFTER_A_FAULT, LATER, words
from tresen.channels.connections import Connected, Connection, SetupStep, Token, TokenDoor
from tresen.channels.feeds import Stopped
from tresen.channels.http import NOBODY, HttpRequest, HttpResponse
from tresen.channels.outbound import StoreAccess
from tresen.channels.setup_fields import SetupField
from tresen.channels.walmart.interface import acting, asking, performance

EMPTY = "Walmart gave an empty token."
_KEYS = "https://developer.walmart.com/generateKey"
_REFUSED = frozenset({HTTPStatus.BAD_REQUEST, HTTPStatus.UNAUTHORIZED})
_DOORS = (
    ("Orders cannot be read: the key does not allow it.", "/orders"),
    ("Returns cannot be read: the key does not allow it.", "/returns"),
    ("Stock cannot be read: the key does not allow it.", "/inventories"),
)


class _TokenTold(msgspec.Struct, frozen=True):
    """The token endpoint's answer; `expires_in` is seconds."""

    access_token: str
    expires_in: int


def prove(asked: HttpRequest, access: StoreAccess, token: str) -> HttpRequest:
    """The token in a header of Walmart's own."""
    del access
    return replace(asked, headers={**asked.headers, "wm_sec.access_token": token})


def token_request(access: StoreAccess, holder: str) -> HttpRequest:
    """Ask for the seller's token. Raises LookupError where a credential is missing."""
    del holder
    credentials = f"{access.setting('client_id').strip()}:{access.secret('client_secret').strip()}"
    return HttpRequest(
        method="POST",
        address=f"{asking.home(access)}/v3/token",
        allowance=asking.allowance(access, "token"),
        headers={
            **asking.headers(),
            "authorization": f"Basic {b64encode(credentials.encode()).decode()}",
            "content-type": "application/x-www-form-urlencoded",
        },
        body=urlencode({"grant_type": "client_credentials"}).encode(),
        holder=NOBODY,
    )


def read_token(answer: HttpResponse) -> Token | Stopped:
    """The token, or why there is none: a refused key wants an administrator."""
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
    """Whether the key is known, and what it does not allow. Walmart does not say whose it is."""
    lacks = []
    for missing, path in _DOORS:
        answer = asking.listed(access.http.send(asking.request(access, path, ("limit", "1"))))
        if isinstance(answer, Stopped) and not answer.lacks:
            return answer
        if isinstance(answer, Stopped):
            lacks.append(missing)
    return Connected(lacks=tuple(lacks))


CONNECTION = Connection(
    steps=(
        SetupStep(
            text="Sign in at Walmart’s developer portal with the seller’s account, open My API Key, choose Production "
            "Keys, and copy both.",
            address=_KEYS,
            fields=(
                SetupField(name="client_id", label="Client ID"),
                SetupField(name="client_secret", label="Client Secret", kind="secret"),
            ),
        ),
        SetupStep(
            text="Leave this empty, unless you try with Walmart’s sandbox.",
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
    says=(EMPTY, asking.UNDOCUMENTED, performance.NO_RATE, *(missing for missing, _path in _DOORS), *acting.SAYS),
    allowances={
        "orders": "Orders",
        "returns": "Returns",
        "inventories": "Stock",
        "insights": "Performance",
        "token": "Tokens",
    },
)
