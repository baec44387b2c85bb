"""The seller's consent, and the tokens that come of it.

TikTok Shop sends the seller back with a code, gives a refresh token for it, and with each access token a refresh token
anew; until when an access token holds is told as a time, not as a span. Both are asked for with the app's secret in the
query. Source: the Partner Center's page on authorisation, as two SDKs have it (read 2026-11-22).
"""

from http import HTTPStatus
from urllib.parse import urlencode

import msgspec

from tresen.channels.answered import AFTER_A_FAULT, LATER, words
from tresen.channels.connections import ConsentDoor, Token, TokenDoor
from tresen.channels.feeds import Stopped
from tresen.channels.http import NOBODY, Allowance, HttpRequest, HttpResponse
from tresen.channels.outbound import StoreAccess
from tresen.channels.tiktok_shop.asking import INTERNAL_ERRORS, moment
from tresen.channels.tiktok_shop.proving import APP_KEY, APP_SECRET
from tresen.channels.typed_json import NotAsDocumented, read_json

REFRESH_TOKEN = "refresh_token"  # noqa: S105 - a field
SERVICE = "service_id"
HOST = "https://auth.tiktok-shops.com"
SIGN_IN, SIGN_IN_US = "https://services.tiktokshop.com", "https://services.us.tiktokshop.com"
NO_TOKEN = "TikTok Shop gave no token."  # noqa: S105 - a sentence
_ALLOWANCE = Allowance(name="token", per_second=0.2, burst=5.0)


class _Given(msgspec.Struct, frozen=True):
    """`access_token_expire_in` is seconds since 1970, whatever its name says, and so is `refresh_token_expire_in`."""

    access_token: str = ""
    access_token_expire_in: int = 0
    refresh_token: str = ""
    refresh_token_expire_in: int = 0


class _Answer(msgspec.Struct, frozen=True):
    """The envelope of the host for tokens."""

    code: int
    message: str = ""
    data: _Given | None = None


def _asked(access: StoreAccess, what: str, *said: tuple[str, str]) -> HttpRequest:
    app = (("app_key", access.secret(APP_KEY)), ("app_secret", access.secret(APP_SECRET)))
    host = (access.setting("token_address") or HOST).rstrip("/")
    return HttpRequest(
        method="GET",
        address=f"{host}/api/v2/token/{what}",
        allowance=_ALLOWANCE,
        query=(*app, *said),
        headers={"Accept": "application/json"},
        holder=NOBODY,
    )


def token_request(access: StoreAccess, holder: str) -> HttpRequest:
    """Ask for an access token. Raises LookupError where a credential is missing."""
    del holder
    said = (("refresh_token", access.secret(REFRESH_TOKEN)), ("grant_type", "refresh_token"))
    return _asked(access, "refresh", *said)


def read_token(answer: HttpResponse) -> Token | Stopped:
    """The token, the time for which it holds, and the refresh token that takes the place of the old one."""
    given = _given(answer)
    if isinstance(given, Stopped):
        return given
    if not given.access_token:
        return Stopped(reason=NO_TOKEN, after=AFTER_A_FAULT)
    renewed = {REFRESH_TOKEN: given.refresh_token} if given.refresh_token else {}
    try:
        until = moment(given.access_token_expire_in)
        ends = {REFRESH_TOKEN: moment(given.refresh_token_expire_in)} if given.refresh_token_expire_in else {}
    except NotAsDocumented as wrong:
        return Stopped(reason=str(wrong), after=AFTER_A_FAULT)
    return Token(value=given.access_token, until=until, renewed=renewed, ends=ends if renewed else {})


def _given(answer: HttpResponse) -> _Given | Stopped:
    if answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR or answer.status == HTTPStatus.TOO_MANY_REQUESTS:
        return Stopped(reason=words(answer), after=LATER)
    try:
        told = read_json(answer.body, _Answer)
    except NotAsDocumented as wrong:
        return Stopped(reason=f"{answer.status} {wrong}"[:300], after=AFTER_A_FAULT)
    if told.code in INTERNAL_ERRORS:
        return Stopped(reason=f"{told.message} ({told.code})"[:300], after=LATER)
    if told.code or told.data is None:
        return Stopped(reason=f"401 {told.message} ({told.code})"[:300], after=AFTER_A_FAULT, reconnect=True)
    return told.data


def _address(access: StoreAccess, state: str, callback: str) -> str:
    """Where the seller signs in: in the United States on a host of its own. The app's page knows our address."""
    del callback
    host = SIGN_IN_US if access.marketplace.endswith("/us") else SIGN_IN
    asked = {"service_id": access.setting(SERVICE), "state": state}
    return f"{host}/open/authorize?{urlencode(asked)}"


def _exchange(access: StoreAccess, code: str, callback: str) -> HttpRequest:
    del callback
    return _asked(access, "get", ("auth_code", code), ("grant_type", "authorized_code"))


def _refresh_token_in(answer: HttpResponse) -> str | Stopped:
    given = _given(answer)
    if isinstance(given, Stopped):
        return given
    return given.refresh_token or Stopped(reason=NO_TOKEN, after=AFTER_A_FAULT)


TOKEN = TokenDoor(request=token_request, read=read_token, renews=True)
CONSENT = ConsentDoor(
    title="Sign in at TikTok Shop",
    secret=REFRESH_TOKEN,
    needs=(APP_KEY, APP_SECRET, SERVICE),
    address=_address,
    exchange=_exchange,
    read=_refresh_token_in,
)
