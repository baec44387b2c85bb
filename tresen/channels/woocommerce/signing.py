"""How a webhook of WooCommerce's proves that it is one, and what it is about.

Source: WooCommerce's class-wc-webhook.php, read 2026-11-30. The signature covers the body alone. A delivery's id is
made of the webhook and the second: two of one second have the same, so the body tells them apart.
"""

import hmac
from base64 import b64encode
from hashlib import sha256

from tresen.channels.webhooks import SecretOf, Webhook, WebhookTold

SECRET = "webhook_secret"  # noqa: S105 - the name that it is sealed under


def is_genuine(webhook: Webhook, secret_of: SecretOf) -> bool:
    """Whether the body was signed with the store's secret. An empty one never is."""
    said = _header(webhook, "signature")
    if not webhook.body or not said:
        return False
    signed = b64encode(hmac.digest(secret_of(SECRET).encode(), webhook.body, sha256))
    return hmac.compare_digest(signed, said.encode("utf-8", "replace"))


def told(webhook: Webhook) -> WebhookTold:
    """The topic, and the delivery with what it brought."""
    body = sha256(webhook.body).hexdigest()
    return WebhookTold(about=_header(webhook, "topic"), id=f"{_header(webhook, 'delivery-id')[:100]}/{body}")


def _header(webhook: Webhook, name: str) -> str:
    return webhook.headers.get(f"x-wc-webhook-{name}", "").strip()
