"""How a webhook of TikTok Shop's proves that it is one, and what it is about.

The header Authorization holds, in lower-case hex and without a word before it, HMAC-SHA256 by the app's secret over the
app's key and the raw body; no time is in it. Two SDKs agree (EcomPHP/tiktokshop-php, tiktok-shop-api; read 2026-11-22).
An app has one address for all shops that let it in; each webhook says which shop it is about.
"""

import hmac
from collections.abc import Sequence
from hashlib import sha256

import msgspec

from tresen.channels.tiktok_shop.asking import SHOP
from tresen.channels.tiktok_shop.kinds import kind_of
from tresen.channels.tiktok_shop.proving import APP_KEY, APP_SECRET
from tresen.channels.tiktok_shop.tokens import SERVICE
from tresen.channels.typed_json import NotAsDocumented, read_json
from tresen.channels.webhooks import AppDoor, SecretOf, Webhook, WebhookTold

HEADER = "authorization"


class _Envelope(msgspec.Struct, frozen=True):
    """What every webhook has; an older one has no number of its own."""

    type: int
    shop_id: str = ""
    tts_notification_id: str = ""


def is_genuine(webhook: Webhook, secret_of: SecretOf) -> bool:
    """Whether the app's key and the body were signed with the app's secret. An empty body never is."""
    said = webhook.headers.get(HEADER, "").strip()
    if not webhook.body or not said:
        return False
    signed = hmac.digest(secret_of(APP_SECRET).encode(), secret_of(APP_KEY).encode() + webhook.body, sha256).hex()
    return hmac.compare_digest(signed.encode(), said.encode("utf-8", "replace"))


def told(webhook: Webhook) -> WebhookTold:
    """Its type's name, and its number; of one without, a number made of its bytes."""
    digest = sha256(webhook.body).hexdigest()
    try:
        envelope = read_json(webhook.body, _Envelope)
    except NotAsDocumented:
        return WebhookTold(about="", id=digest)
    return WebhookTold(about=kind_of(envelope.type), id=envelope.tts_notification_id or digest)


def _shop(webhook: Webhook) -> Sequence[str]:
    try:
        shop = read_json(webhook.body, _Envelope).shop_id
    except NotAsDocumented:
        return ()
    return (shop,) if shop else ()


SHARED = AppDoor(family="tiktok_shop", app=SERVICE, account=SHOP, accounts=_shop)
