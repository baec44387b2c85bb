"""Signatures that eBay wants of sellers in the EU and the UK, checked as RFC 9421 says."""

import re
from base64 import b64decode, b64encode
from dataclasses import dataclass, field
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from werkzeug.wrappers import Request

from tresen.fakes.ebay.telling import Refusal

SIGNED = ("/issue_refund", "/decide", "/cancellation", "/approve", "/reject")
_INPUT = re.compile(r'sig1=(\((?P<names>"[^)]*")\);created=\d+)')
_DOMAIN = "ACCESS"


@dataclass(slots=True)
class Signer:
    """A key that eBay made for an application; `token` is what it gave for it."""

    token: str = "example.jwe"  # noqa: S105 - invented
    _key: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)

    @property
    def private_key(self) -> str:
        """As eBay shows it, once."""
        return b64encode(self._key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())).decode()

    def check(self, request: Request) -> None:
        """Refuses a request that is not signed with this key, or is another one than was signed."""
        if request.headers.get("x-ebay-signature-key") != self.token:
            raise Refusal(403, 215001, "Missing x-ebay-signature-key header.", domain=_DOMAIN)
        body = request.get_data()
        digest = f"sha-256=:{b64encode(sha256(body).digest()).decode()}:"
        if body and request.headers.get("content-digest") != digest:
            raise Refusal(403, 215120, "Content-Digest is missing or wrong.", domain=_DOMAIN)
        said = _INPUT.fullmatch(request.headers.get("signature-input", ""))
        signature = request.headers.get("signature", "").removeprefix("sig1=:").removesuffix(":")
        if said is None or not signature:
            raise Refusal(403, 215002, "Missing signature.", domain=_DOMAIN)
        names = [name.strip('"') for name in said["names"].split()]
        own = {"@method": request.method, "@path": f"{request.script_root}{request.path}", "@authority": request.host}
        lines = [f'"{name}": {own.get(name) or request.headers.get(name, "")}' for name in names]
        base = "\n".join((*lines, f'"@signature-params": {said[1]}'))
        try:
            self._key.public_key().verify(b64decode(signature), base.encode())
        except InvalidSignature:
            raise Refusal(403, 215122, "Signature validation failed.", domain=_DOMAIN) from None
