"""The seller agrees at eBay by signing in there: OAuth's authorization code, good for minutes, for a refresh token.

Source: developer.ebay.com/api-docs/static/oauth-authorization-code-grant.html, read 2026-11-30. EBay knows the address
that it comes back to by a name of its own, the RuName; it stands beside the keyset.
"""

from http import HTTPStatus
from urllib.parse import quote, urlencode, urlsplit

import msgspec

from tresen.channels.answered import AFTER_A_FAULT, LATER, words
from tresen.channels.connections import ConsentDoor
from tresen.channels.ebay.interface import asking
from tresen.channels.ebay.interface.proof import SCOPES, asked_for_token
from tresen.channels.feeds import Stopped
from tresen.channels.http import HttpRequest, HttpResponse
from tresen.channels.outbound import StoreAccess
from tresen.channels.typed_json import NotAsDocumented, read_json

RU_NAME = "ru_name"
REFRESH_TOKEN = "refresh_token"  # noqa: S105 - a field
NO_CONSENT = "eBay gave no refresh token for the consent."
_SIGN_IN = "/oauth2/authorize"


class _Given(msgspec.Struct, frozen=True):
    refresh_token: str = ""


def address(access: StoreAccess, state: str, callback: str) -> str:
    """Where the seller signs in. EBay's own sign-in is on a host beside the interface's."""
    del callback  # eBay has it by the RuName
    home = asking.address_of(access, "").rstrip("/")
    if urlsplit(home).netloc.startswith("api."):
        home = home.replace("://api.", "://auth.", 1)
    asked = {
        "client_id": access.setting("app_id").strip(),
        "redirect_uri": access.setting(RU_NAME).strip(),
        "response_type": "code",
        "scope": " ".join(SCOPES),
        "state": state,
        "prompt": "login",
    }
    return f"{home}{_SIGN_IN}?{urlencode(asked, quote_via=quote)}"


def exchange(access: StoreAccess, code: str, callback: str) -> HttpRequest:
    """The code for the token; eBay takes each once."""
    del callback
    said = {"grant_type": "authorization_code", "code": code, "redirect_uri": access.setting(RU_NAME).strip()}
    return asked_for_token(access, said)


def read(answer: HttpResponse) -> str | Stopped:
    """The refresh token."""
    if answer.status != HTTPStatus.OK:
        broken = answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR
        return Stopped(reason=words(answer), after=LATER if broken else AFTER_A_FAULT, reconnect=not broken)
    try:
        given = read_json(answer.body, _Given)
    except NotAsDocumented as wrong:
        return Stopped(reason=(asking.UNDOCUMENTED % {"what": wrong})[:300])
    return given.refresh_token or Stopped(reason=NO_CONSENT)


CONSENT = ConsentDoor(
    title="Sign in at eBay",
    secret=REFRESH_TOKEN,
    needs=("app_id", "cert_id", RU_NAME),
    address=address,
    exchange=exchange,
    read=read,
)
