"""AWS's signature, version 4, of one request: what proves at a queue of the seller's own whose the request is.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html. Pure.
"""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from urllib.parse import parse_qsl, quote, urlsplit

ALGORITHM = "AWS4-HMAC-SHA256"


@dataclass(frozen=True, slots=True, kw_only=True)
class SigningKey:
    """Whose word it is, and for which service of which region."""

    id: str
    secret: str = field(repr=False)
    region: str
    service: str


def signed_headers(
    key: SigningKey, *, method: str, address: str, headers: Mapping[str, str], body: bytes, at: datetime
) -> dict[str, str]:
    """The headers with those that prove it; all of `headers` are signed, and so is the host."""
    stamp = at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    place = urlsplit(address)
    signed = {name.lower(): " ".join(value.split()) for name, value in headers.items()}
    signed |= {"host": place.netloc, "x-amz-date": stamp}
    names = ";".join(sorted(signed))
    canonical = "\n".join(
        (
            method,
            quote(place.path or "/", safe="/-_.~"),
            _query(place.query),
            *(f"{name}:{signed[name]}" for name in sorted(signed)),
            "",
            names,
            sha256(body).hexdigest(),
        )
    )
    scope = f"{stamp[:8]}/{key.region}/{key.service}/aws4_request"
    to_sign = "\n".join((ALGORITHM, stamp, scope, sha256(canonical.encode()).hexdigest()))
    signature = hmac.new(_derived(key, stamp[:8]), to_sign.encode(), sha256).hexdigest()
    proof = f"{ALGORITHM} Credential={key.id}/{scope}, SignedHeaders={names}, Signature={signature}"
    return {**headers, "X-Amz-Date": stamp, "Authorization": proof}


def _derived(key: SigningKey, day: str) -> bytes:
    found = f"AWS4{key.secret}".encode()
    for part in (day, key.region, key.service, "aws4_request"):
        found = hmac.digest(found, part.encode(), sha256)
    return found


def _query(query: str) -> str:
    pairs = sorted(
        (quote(name, safe="-_.~"), quote(value, safe="-_.~"))
        for name, value in parse_qsl(query, keep_blank_values=True)
    )
    return "&".join(f"{name}={value}" for name, value in pairs)
