"""Fresh access tokens for mailboxes that refuse passwords (RFC 6749 §6)."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import httpx
import msgspec

from tresen.mail.signing_in import TIMEOUT_SECONDS, ReconnectNeeded, Unreachable

# A token that would run out while a long fetch is under way is renewed before.
RENEW_BEFORE = timedelta(minutes=5)
_DEFAULT_LIFETIME = 3600
_MAX_ANSWER_BYTES = 100_000
_THIS_MACHINE = {"localhost", "127.0.0.1", "::1"}


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenEndpoint:
    """Where and as whom tokens are asked for. `scope` is sent only where the provider wants it repeated."""

    url: str
    client_id: str
    client_secret: str = field(repr=False)
    scope: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessToken:
    """A token for signing in, and the refresh token that is good from now on (providers may exchange it each time)."""

    token: str = field(repr=False)
    refresh_token: str = field(repr=False)
    expires_at: datetime

    def is_fresh(self, at: datetime) -> bool:
        """Whether it can still be used at `at`, with five minutes to spare."""
        return at < self.expires_at - RENEW_BEFORE


class _Answer(msgspec.Struct):
    access_token: str = ""
    refresh_token: str = ""
    expires_in: int | str | None = None
    error: str = ""
    error_description: str = ""


def refresh(endpoint: TokenEndpoint, *, refresh_token: str, at: datetime) -> AccessToken:
    """A new access token. Store its `refresh_token` before using it: the old one may be void already.

    Raises:
        ReconnectNeeded: the provider has withdrawn the consent, or does not know our client.
        Unreachable: the provider does not answer or has a passing trouble.
        ValueError: the address is not https (this machine excepted).
    """
    place = urlsplit(endpoint.url)
    if place.scheme != "https" and place.hostname not in _THIS_MACHINE:
        raise ValueError(f"The token address must begin with https: {endpoint.url}")
    form = {
        "grant_type": "refresh_token",
        "refresh_token": refresh_token,
        "client_id": endpoint.client_id,
        "client_secret": endpoint.client_secret,
        **({"scope": endpoint.scope} if endpoint.scope else {}),
    }
    try:
        answer = httpx.post(endpoint.url, data=form, timeout=TIMEOUT_SECONDS, follow_redirects=False)
    except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as error:
        raise Unreachable(f"{place.hostname} did not answer when asked for a new token: {error}") from error
    return _read(answer, refresh_token=refresh_token, at=at, host=place.hostname or "")


def _read(answer: httpx.Response, *, refresh_token: str, at: datetime, host: str) -> AccessToken:
    try:
        said = msgspec.json.decode(answer.content[:_MAX_ANSWER_BYTES], type=_Answer)
    except msgspec.MsgspecError as error:
        raise Unreachable(f"{host} answered {answer.status_code} without a token.") from error
    if answer.is_success and said.access_token:
        return AccessToken(
            token=said.access_token,
            refresh_token=said.refresh_token or refresh_token,
            expires_at=at + timedelta(seconds=_lifetime(said.expires_in)),
        )
    reason = (said.error_description or said.error or f"answer {answer.status_code}")[:300]
    passing = answer.status_code in {408, 429} or answer.is_server_error or said.error == "temporarily_unavailable"
    if passing or not said.error:
        raise Unreachable(f"{host} gave no new token: {reason}")
    raise ReconnectNeeded(f"{host} has withdrawn the access: {reason}")


def _lifetime(value: int | str | None) -> int:
    """Seconds; some providers write the number as text."""
    try:
        seconds = int(value or 0)
    except ValueError:
        seconds = 0
    return seconds if 0 < seconds <= 10 * 86_400 else _DEFAULT_LIFETIME
