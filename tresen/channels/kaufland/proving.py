"""How a request shows whose it is: HMAC-SHA256 over method, address, body and time, each on a line of its own.

The key is the secret as text, the signature is written in lower-case hex. The address is signed as it is sent, with its
query, and so are the body's bytes.
"""

import hmac
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from hashlib import sha256

from tresen.channels.http import HttpRequest
from tresen.channels.outbound import StoreAccess
from tresen.timekeeping import wall

CLIENT_KEY, SECRET_KEY = "client_key", "secret_key"
PARTNER_KEY, PARTNER_SECRET = "partner_client_key", "partner_secret_key"


def signature(secret: str, *, method: str, uri: str, body: bytes, timestamp: int) -> str:
    """What goes into Shop-Signature."""
    message = b"\n".join((method.encode(), uri.encode(), body, str(timestamp).encode()))
    return hmac.digest(secret.encode(), message, sha256).hex()


def headers_of(asked: HttpRequest, keys: Mapping[str, str], *, at: datetime) -> Mapping[str, str]:
    """The headers that prove a request, by the keys that there are; a software partner's stand beside the seller's."""
    timestamp = int(at.timestamp())

    def signed(secret: str) -> str:
        return signature(secret, method=asked.method, uri=asked.address, body=asked.body, timestamp=timestamp)

    headers = {
        "Shop-Client-Key": keys[CLIENT_KEY],
        "Shop-Timestamp": str(timestamp),
        "Shop-Signature": signed(keys[SECRET_KEY]),
    }
    if keys.get(PARTNER_KEY) and keys.get(PARTNER_SECRET):
        headers["Shop-Partner-Client-Key"] = keys[PARTNER_KEY]
        headers["Shop-Partner-Signature"] = signed(keys[PARTNER_SECRET])
    return headers


def prove(asked: HttpRequest, access: StoreAccess, token: str) -> HttpRequest:
    """The request with its signature; its query stands in its address already."""
    del token
    keys = {CLIENT_KEY: access.setting(CLIENT_KEY), SECRET_KEY: access.secret(SECRET_KEY)}
    partner = access.setting(PARTNER_KEY)
    if partner:
        keys |= {PARTNER_KEY: partner, PARTNER_SECRET: access.secret(PARTNER_SECRET)}
    return replace(asked, headers={**asked.headers, **headers_of(asked, keys, at=wall.now())})
