"""Webhooks as WooCommerce sends them: the interface's own answer, signed with the webhook's secret."""

import hmac
import json
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import md5, sha256
from typing import Any

HOOK = "7"


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One request to our address."""

    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)


def signed(topic: str, told: Mapping[str, Any], *, secret: str, at: datetime) -> Delivery:
    """A webhook about a topic ("order.updated"). Its delivery's id is the same for all of one second."""
    body = json.dumps(told, separators=(",", ":")).encode()
    resource, _, event = topic.partition(".")
    number = md5(f"{HOOK}{int(at.timestamp())}".encode(), usedforsecurity=False).hexdigest()
    headers = {
        "Content-Type": "application/json",
        "X-WC-Webhook-Source": "https://shop.example/",
        "X-WC-Webhook-Topic": topic,
        "X-WC-Webhook-Resource": resource,
        "X-WC-Webhook-Event": event,
        "X-WC-Webhook-Signature": b64encode(hmac.digest(secret.encode(), body, sha256)).decode(),
        "X-WC-Webhook-ID": HOOK,
        "X-WC-Webhook-Delivery-ID": number,
    }
    return Delivery(headers=headers, body=body)
