"""How Twilio proves that it was Twilio: HMAC-SHA1 over the address and the form, keyed with the account's token.

Source: twilio-python's RequestValidator (306691e). Names are sorted, each value of a name stands once, sorted too, and
blank ones count. A port may stand in the signed address or not, whatever stands in the one that was asked.
"""

import hmac
from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha1
from urllib.parse import parse_qsl, urlsplit, urlunsplit

from tresen.channels.webhooks import SecretOf, Webhook, WebhookAnswer, WebhookDoor, WebhookTold

AUTH_TOKEN = "auth_token"  # noqa: S105 - the name of the credential
MESSAGE, STATUS = "message", "status"
NO_REPLY = WebhookAnswer(body=b"<Response></Response>", content_type="text/xml")
_PORTS = {"https": 443, "http": 80}


def form_of(body: bytes) -> dict[str, list[str]]:
    """The form's values by their names, blank ones too."""
    found: dict[str, list[str]] = {}
    for name, value in parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True):
        found.setdefault(name, []).append(value)
    return found


def is_genuine(webhook: Webhook, secret_of: SecretOf) -> bool:
    """Whether this form was signed with the account's token for this very address."""
    given = webhook.headers.get("x-twilio-signature", "").encode()
    key = secret_of(AUTH_TOKEN).encode()
    signed = "".join(
        f"{name}{value}" for name, values in sorted(form_of(webhook.body).items()) for value in _once(values)
    )
    # All of them are compared: which one fits is nobody's business.
    fits = [hmac.compare_digest(given, _signature(key, address + signed)) for address in _addresses(webhook.address)]
    return any(fits)


def told(webhook: Webhook) -> WebhookTold:
    """A message by its own id; what became of one of ours by its id and how far it came."""
    form = {name: values[0] for name, values in form_of(webhook.body).items()}
    number = form.get("MessageSid", "")
    if state := form.get("MessageStatus", ""):
        return WebhookTold(about=STATUS, id=f"{number}/{state}")
    return WebhookTold(about=MESSAGE, id=number)


ENTERED = (
    "Enter this address at each number, Messaging configuration, A message comes in, as webhook with "
    "HTTP POST; for a Messaging Service under Integration, Send a webhook. Exactly this: Twilio signs it."
)
DOOR = WebhookDoor(
    is_genuine=is_genuine,
    told=told,
    secret=AUTH_TOKEN,
    where="The account’s Auth Token, on the first page of Twilio’s Console.",
    there=ENTERED,
    chosen=False,
    topics=(MESSAGE, STATUS),
    taken=NO_REPLY,
)


def _once(values: list[str]) -> list[str]:
    return sorted(set(values))


def _signature(key: bytes, signed: str) -> bytes:
    return b64encode(hmac.digest(key, signed.encode("utf-8", "replace"), sha1))


def _addresses(asked: str) -> Iterator[str]:
    """As it was asked, without a port, and with one."""
    try:
        parts = urlsplit(asked)
        port = parts.port
    except ValueError:
        return
    host = parts.netloc if port is None else parts.netloc.rpartition(":")[0]
    yield asked
    yield urlunsplit(parts._replace(netloc=host))
    yield urlunsplit(parts._replace(netloc=f"{host}:{port or _PORTS.get(parts.scheme, 443)}"))
