"""How a webhook of Shopify's proves that it is one, and what it is about.

Source: Shopify/shopify-app-js, read 2026-11-22. The signature covers the body alone. Two forms of header names are in
use: the older with X- and the newer without.
"""

import hmac
from base64 import b64encode
from hashlib import sha256

from tresen.channels.webhooks import SecretOf, Webhook, WebhookTold

SECRET = "webhook_secret"  # noqa: S105 - the name that it is sealed under


def is_genuine(webhook: Webhook, secret_of: SecretOf) -> bool:
    """Whether the body was signed with the store's secret. An empty one never is."""
    said = _header(webhook, "hmac-sha256")
    if not webhook.body or not said:
        return False
    signed = b64encode(hmac.digest(secret_of(SECRET).encode(), webhook.body, sha256))
    return hmac.compare_digest(signed, said.encode("utf-8", "replace"))


def told(webhook: Webhook) -> WebhookTold:
    """The topic, and the event's id; the delivery's own where there is none of the event."""
    number = _header(webhook, "event-id") or _header(webhook, "webhook-id")
    return WebhookTold(about=_header(webhook, "topic"), id=number or sha256(webhook.body).hexdigest())


def _header(webhook: Webhook, name: str) -> str:
    return (webhook.headers.get(f"x-shopify-{name}") or webhook.headers.get(f"shopify-{name}") or "").strip()
