"""Requests that eBay wants signed by sellers of the EU and the UK: refunds, cancellations, decisions about returns.

HTTP message signatures (RFC 9421, RFC 9530) with a key of the application's own, which eBay makes and wraps into a
token that goes with each request (developer.ebay.com, "Digital Signatures for APIs", read 2026-11-30). EBay takes no
notice of a signature that it did not want.
"""

from base64 import b64decode, b64encode
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from urllib.parse import urlsplit

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import load_der_private_key

from tresen.channels.http import HttpRequest
from tresen.channels.outbound import StoreAccess
from tresen.timekeeping import wall

PRIVATE_KEY, KEY_TOKEN = "signing_key", "signing_jwe"
"""What eBay's Key Management API gives: the names that they are sealed under."""
_USUAL_PORTS = {"https": 443, "http": 80}
_FRAME = ("-----BEGIN PRIVATE KEY-----", "-----END PRIVATE KEY-----")


def signed(request: HttpRequest, access: StoreAccess) -> HttpRequest:
    """The request with its signature, if it changes something and a key is kept; one that is none cannot sign."""
    text, token = secret_of(access, PRIVATE_KEY), secret_of(access, KEY_TOKEN)
    key = key_in(text) if request.method == "POST" and text and token else None
    return with_signature(request, key=key, token=token, at=wall.now()) if key else request


def with_signature(request: HttpRequest, *, key: Ed25519PrivateKey, token: str, at: datetime) -> HttpRequest:
    """The request, signed at this time."""
    place = urlsplit(request.address)
    port = f":{place.port}" if place.port and place.port != _USUAL_PORTS.get(place.scheme) else ""
    digest = f"sha-256=:{b64encode(sha256(request.body).digest()).decode()}:" if request.body else ""
    covered = [
        *([("content-digest", digest)] if digest else []),
        ("x-ebay-signature-key", token),
        ("@method", request.method),
        ("@path", place.path),
        ("@authority", f"{(place.hostname or '').lower()}{port}"),
    ]
    names = " ".join(f'"{name}"' for name, _value in covered)
    parameters = f"({names});created={int(at.timestamp())}"
    signature = b64encode(key.sign(signature_base(covered, parameters))).decode()
    added = {
        "x-ebay-signature-key": token,
        "signature-input": f"sig1={parameters}",
        "signature": f"sig1=:{signature}:",
        **({"content-digest": digest} if digest else {}),
    }
    return replace(request, headers={**request.headers, **added})


def signature_base(covered: Sequence[tuple[str, str]], parameters: str) -> bytes:
    """What is signed: a line for each part of the request, and what they are (RFC 9421, 2.5)."""
    lines = [f'"{name}": {value}' for name, value in (*covered, ("@signature-params", parameters))]
    return "\n".join(lines).encode()


def key_in(text: str) -> Ed25519PrivateKey | None:
    """The key, as eBay shows it, with or without the lines that frame it; None for what is none."""
    bare = text.strip()
    for line in _FRAME:
        bare = bare.replace(line, "")
    try:
        key = load_der_private_key(b64decode("".join(bare.split()), validate=True), password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        return None
    return key if isinstance(key, Ed25519PrivateKey) else None


def secret_of(access: StoreAccess, name: str) -> str:
    """A credential that a store may do without."""
    try:
        return access.secret(name).strip()
    except LookupError:
        return ""
