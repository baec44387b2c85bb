"""How a notification of eBay's proves that it is one, and how its address proves to eBay that it is ours.

Source: eBay/event-notification-nodejs-sdk, read 2026-11-22. EBay signs the message as JavaScript writes it, without
spaces; whether that is always the body as it comes is not documented, so the body itself is tried first.
"""

import binascii
import json
import re
from base64 import b64decode
from collections.abc import Iterator, Mapping
from hashlib import sha256

import msgspec
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePublicKey
from cryptography.hazmat.primitives.hashes import SHA1, SHA256, SHA384, SHA512, HashAlgorithm
from cryptography.hazmat.primitives.serialization import load_der_public_key

from tresen.channels.answered import to_reader
from tresen.channels.ebay.interface import asking
from tresen.channels.ebay.interface.notifications import told
from tresen.channels.feeds import Stopped
from tresen.channels.http import APPLICATION, HttpRequest, HttpResponse
from tresen.channels.outbound import StoreAccess
from tresen.channels.setup_fields import SetupField
from tresen.channels.typed_json import NotAsDocumented, read_json
from tresen.channels.webhooks import PublishedKeys, SecretOf, Webhook, WebhookAnswer, WebhookDoor

SECRET = "verification_token"  # noqa: S105 - the name that it is sealed under
HEADER = "x-ebay-signature"
_DIGESTS: Mapping[str, HashAlgorithm] = {
    "SHA1": SHA1(),  # noqa: S303 - eBay's choice
    "SHA256": SHA256(),
    "SHA384": SHA384(),
    "SHA512": SHA512(),
}
_KEY = re.compile(r"-----BEGIN PUBLIC KEY-----(.+)-----END PUBLIC KEY-----", re.DOTALL)


class _Signature(msgspec.Struct, frozen=True):
    """The header, decoded: which key, which digest, and the signature in base64."""

    kid: str
    signature: str
    digest: str = "SHA1"


class _PublicKey(msgspec.Struct, frozen=True):
    """The answer of getPublicKey; the text of the key has no line breaks."""

    key: str


def is_genuine(webhook: Webhook, secret_of: SecretOf) -> bool:
    """Whether it was signed with the key of eBay's that it names. Raises LookupError where that key is not kept."""
    signature = _signature(webhook)
    if signature is None or not webhook.body:
        return False
    key, digest = _key(secret_of(f"published:{signature.kid}")), _DIGESTS.get(_bare(signature.digest))
    try:
        signed = b64decode(signature.signature, validate=True)
    except (binascii.Error, ValueError):
        return False
    if key is None or digest is None:
        return False
    return any(_verifies(key, signed, said, digest) for said in _messages(webhook.body))


def challenge(query: Mapping[str, str], address: str, secret_of: SecretOf) -> WebhookAnswer | None:
    """The answer that proves that the address is ours; eBay hashes the three in this order."""
    code = query.get("challenge_code", "")
    if not code:
        return None
    hashed = sha256(f"{code}{secret_of(SECRET)}{address}".encode()).hexdigest()
    return WebhookAnswer(body=json.dumps({"challengeResponse": hashed}).encode(), content_type="application/json")


def key_wanted(webhook: Webhook) -> str:
    """The id of the key that it names; empty where it names none."""
    signature = _signature(webhook)
    return signature.kid if signature else ""


def key_request(kid: str, access: StoreAccess) -> HttpRequest:
    """Ask eBay for one of its keys."""
    return asking.get(access, f"{asking.NOTIFICATIONS}/public_key/{asking.safe(kid)}", holder=APPLICATION)


def read_key(answer: HttpResponse) -> str | Stopped:
    """The text of the key."""
    told_key = to_reader(answer)
    found = told_key if isinstance(told_key, Stopped) else asking.understood(told_key, _PublicKey)
    if isinstance(found, Stopped):
        return found
    return found.key if _key(found.key) else Stopped(reason=asking.NO_KEY)


def _signature(webhook: Webhook) -> _Signature | None:
    try:
        return read_json(b64decode(webhook.headers.get(HEADER, ""), validate=True), _Signature)
    except (binascii.Error, ValueError, NotAsDocumented):
        return None


def _key(text: str) -> EllipticCurvePublicKey | None:
    found = _KEY.fullmatch(text.strip())
    try:
        key = load_der_public_key(b64decode("".join(found[1].split()), validate=True)) if found else None
    except (binascii.Error, ValueError, UnsupportedAlgorithm):
        return None
    return key if isinstance(key, EllipticCurvePublicKey) else None


def _messages(body: bytes) -> Iterator[bytes]:
    """What may have been signed: the body, and the same as JavaScript writes it."""
    yield body
    try:
        yield json.dumps(json.loads(body.decode()), separators=(",", ":"), ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        return


def _verifies(key: EllipticCurvePublicKey, signed: bytes, said: bytes, digest: HashAlgorithm) -> bool:
    try:
        key.verify(signed, said, ECDSA(digest))
    except InvalidSignature:
        return False
    return True


def _bare(digest: str) -> str:
    return digest.upper().replace("-", "")


SHAPE = "32 to 80 letters, digits, underscores and hyphens."
WEBHOOKS = WebhookDoor(
    is_genuine=is_genuine,
    told=told,
    secret=SECRET,
    where="Make up a verification token and keep it here first: eBay tries the address as soon as it is entered there, "
    "and asks for the same token.",
    asked=SetupField(
        name="secret",
        label="Verification token",
        kind="secret",
        help_text=SHAPE,
        pattern=r"[a-z0-9_-]{32,80}",
        unfit=SHAPE,
        readable=True,
    ),
    there="developer.ebay.com, Application Keys, Notifications: as the endpoint for account deletion, with the "
    "verification token beside it.",
    topics=("MARKETPLACE_ACCOUNT_DELETION",),
    published=PublishedKeys(wanted=key_wanted, request=key_request, read=read_key),
    challenge=challenge,
)
