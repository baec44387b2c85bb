"""How a request shows whose it is: HMAC-SHA256 over path, query and body, the app's secret at both ends and as the key.

Of the query all but the signature itself, sorted by name, each name before its value as it is before encoding; the body
is left out of forms with files. Checked against published values of two SDKs, 2026-11-22.
"""

import hmac
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from urllib.parse import urlsplit

from tresen.channels.http import HttpRequest
from tresen.channels.outbound import StoreAccess
from tresen.timekeeping import wall

APP_KEY, APP_SECRET = "app_key", "app_secret"
TOKEN_HEADER = "x-tts-access-token"  # noqa: S105 - a header
_UNSIGNED = frozenset({"sign", "access_token"})


def signature(secret: str, *, path: str, query: Iterable[tuple[str, str]], body: bytes) -> str:
    """What goes into the parameter "sign"."""
    said = "".join(f"{name}{value}" for name, value in sorted(query) if name not in _UNSIGNED)
    key = secret.encode()
    return hmac.digest(key, key + f"{path}{said}".encode() + body + key, sha256).hex()


def signed(asked: HttpRequest, *, base: str, key: str, secret: str, at: datetime) -> HttpRequest:
    """The request, signed at this time; `base` is what stands before the platform's own path in the address."""
    query = (*asked.query, ("app_key", key), ("timestamp", str(int(at.timestamp()))))
    path = urlsplit(asked.address).path.removeprefix(urlsplit(base).path.rstrip("/"))
    files = asked.headers.get("Content-Type", "").startswith("multipart/")
    sign = signature(secret, path=path, query=query, body=b"" if files else asked.body)
    return replace(asked, query=(*query, ("sign", sign)))


def prove(asked: HttpRequest, access: StoreAccess, token: str) -> HttpRequest:
    """The request with its signature and the seller's token."""
    once = signed(
        asked,
        base=access.setting("address"),
        key=access.secret(APP_KEY),
        secret=access.secret(APP_SECRET),
        at=wall.now(),
    )
    return replace(once, headers={**once.headers, TOKEN_HEADER: token})
