"""How a webhook of Meta's proves that it is one, whose accounts it tells of, and how its address is tried.

The signature covers the bytes as they came: Meta escapes what is not ASCII, and the same JSON written anew is another
text. Source: Meta's pages on webhooks, read 2026-11.
"""

import hmac
import json
from collections.abc import Mapping, Sequence
from hashlib import sha256

from tresen.channels.meta.account import ACCOUNT, APP, APP_SECRET, FAMILY, VERIFY_TOKEN, Account
from tresen.channels.webhooks import AppDoor, SecretOf, Webhook, WebhookAnswer, WebhookDoor, WebhookTold

HEADER = "x-hub-signature-256"
_SCHEME = "sha256="
_SUBSCRIBE = "subscribe"


def is_genuine(webhook: Webhook, secret_of: SecretOf) -> bool:
    """Whether the body was signed with the app's secret. An empty body never is."""
    said = webhook.headers.get(HEADER, "").strip()
    if not webhook.body or not said.startswith(_SCHEME):
        return False
    signed = hmac.new(secret_of(APP_SECRET).encode(), webhook.body, sha256).hexdigest()
    return hmac.compare_digest(signed.encode(), said.removeprefix(_SCHEME).encode("utf-8", "replace"))


def told(webhook: Webhook) -> WebhookTold:
    """What tells, and the bytes: Meta gives a webhook no id, and tells the same once more in the same bytes."""
    envelope = _envelope(webhook.body)
    return WebhookTold(about=str(envelope.get("object", ""))[:40] or "unknown", id=sha256(webhook.body).hexdigest())


def accounts(webhook: Webhook) -> Sequence[str]:
    """The pages, accounts and WhatsApp numbers that it tells of, each once; of businesses what names no number."""
    entries = _envelope(webhook.body).get("entry")
    told = [one for one in entries if isinstance(one, dict)] if isinstance(entries, list) else []
    found = [name for entry in told for name in _named(entry)]
    return list(dict.fromkeys(str(one) for one in found if isinstance(one, str | int)))


def _named(entry: Mapping[str, object]) -> Sequence[object]:
    """WhatsApp tells under a business that may have several numbers: each of them is a store."""
    changes = entry.get("changes")
    values = [one.get("value") for one in changes if isinstance(one, dict)] if isinstance(changes, list) else []
    told = [value.get("metadata") if isinstance(value, dict) else None for value in values]
    return [one.get("phone_number_id") if isinstance(one, dict) else entry.get("id") for one in told] or [
        entry.get("id")
    ]


def challenge(query: Mapping[str, str], _address: str, secret_of: SecretOf) -> WebhookAnswer | None:
    """The bare challenge, for who knows the word that was agreed on."""
    said, wanted = query.get("hub.verify_token", ""), query.get("hub.challenge", "")
    if query.get("hub.mode") != _SUBSCRIBE or not said or not wanted:
        return None
    known = hmac.compare_digest(said.encode(), secret_of(VERIFY_TOKEN).encode())
    return WebhookAnswer(body=wanted[:1000].encode()) if known else None


def door(of: Account) -> WebhookDoor:
    """How this channel tells."""
    return WebhookDoor(
        is_genuine=is_genuine,
        told=told,
        secret=APP_SECRET,
        where="developers.facebook.com, your app, App settings, Basic: App secret.",
        there=of.webhooks_at,
        topics=of.fields,
        challenge=challenge,
        shared=AppDoor(family=FAMILY, app=APP, account=ACCOUNT, accounts=accounts, holder=of.holder),
    )


def _envelope(body: bytes) -> Mapping[str, object]:
    try:
        read = json.loads(body.decode("utf-8", "replace"))
    except (ValueError, RecursionError):
        return {}
    return read if isinstance(read, dict) else {}
