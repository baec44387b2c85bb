"""The Notification API: eBay's public keys, and notifications that are signed as eBay signs them."""

import json
from base64 import b64encode
from collections.abc import Mapping

from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, SECP256R1, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from werkzeug.wrappers import Request, Response

from tresen.channels.webhooks import Webhook
from tresen.fakes.ebay.telling import Refusal, said, stamp
from tresen.fakes.world import World


class Notifying:
    """One key, made when the fake is; `spaced`: the body comes with spaces that were not signed."""

    def __init__(self, world: World, *, key_id: str = "f0e1d2c3-0000-4000-8000-000000000001") -> None:
        self.world, self.key_id = world, key_id
        self._key = generate_private_key(SECP256R1())

    def public_key(self, request: Request, number: str) -> Response:
        """The key, its text without line breaks."""
        del request
        if number != self.key_id:
            raise Refusal(404, 195001, "The specified key id is invalid.", domain="API_NOTIFICATION")
        pem = self._key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
        return said({"key": pem.decode().replace("\n", ""), "algorithm": "ECDSA", "digest": "SHA1"})

    def notification(self, topic: str, data: Mapping[str, object], *, spaced: bool = False) -> Webhook:
        """What eBay tells our address."""
        at = stamp(self.world.now())
        message = {
            "metadata": {"topic": topic, "schemaVersion": "1.0", "deprecated": False},
            "notification": {
                "notificationId": self.world.number("n-"),
                "eventDate": at,
                "publishDate": at,
                "publishAttemptCount": 1,
                "data": data,
            },
        }
        compact = json.dumps(message, separators=(",", ":"), ensure_ascii=False).encode()
        signed = self._key.sign(compact, ECDSA(SHA1()))  # noqa: S303 - as eBay does
        header = {"alg": "ecdsa", "kid": self.key_id, "signature": b64encode(signed).decode(), "digest": "SHA1"}
        body = json.dumps(message, indent=2, ensure_ascii=False).encode() if spaced else compact
        return Webhook(body=body, headers={"x-ebay-signature": b64encode(json.dumps(header).encode()).decode()})
