"""Notices to a chat: a signed call that Slack, Mattermost and Rocket.Chat understand.

The signature lets the receiver know that it was we who called, and when: HMAC-SHA256 of "<time>.<body>".
"""

import hashlib
import hmac
from datetime import datetime

import httpx
import msgspec

from tresen.alerts.models import Posting, Webhook
from tresen.alerts.outward.letters import Letter, letter_of
from tresen.alerts.outward.outcomes import Again, Moot, Never, Outcome, Posted, Unknown
from tresen.stores.public_places import AddressForbidden, AddressUnknown, Place, place_of
from tresen.vault.sealing import SecretMissing, open_secret

TIMEOUT = httpx.Timeout(10.0, connect=5.0)
SIGNATURE, DELIVERY = "X-Tresen-Signature", "X-Tresen-Delivery"
LONGEST_ANSWER = 500
TOO_MANY, SERVER_TROUBLE = 429, 500
OK, REDIRECT = 200, 300
MOST_BLOCKS = 48
"""Slack takes fifty."""


def call(posting: Posting, *, at: datetime) -> Outcome:
    """One call of the webhook with what the posting says."""
    assert posting.webhook is not None
    letter = letter_of(posting)
    if letter is None:
        return Moot("What it was about was settled before it left.")
    return post(posting.webhook, payload_of(letter), delivery=f"notice-{posting.pk}", at=at)


def payload_of(letter: Letter) -> bytes:
    """The letter as Slack's incoming webhooks take it."""
    lines = [f"*{_plain(line.where)}*\n{_plain(line.why)}\n<{line.address}>" for line in letter.lines]
    blocks = [{"type": "section", "text": {"type": "mrkdwn", "text": line}} for line in lines[:MOST_BLOCKS]]
    text = f"{letter.subject}: {letter.lines[0].why}" if len(letter.lines) == 1 else letter.subject
    return msgspec.json.encode({"text": _plain(text), "blocks": blocks})


def signature(secret: str, body: bytes, *, at: datetime) -> str:
    """What stands in the header: the time, and the HMAC of time and body."""
    time = int(at.timestamp())
    proof = hmac.new(secret.encode(), f"{time}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={time},v1={proof}"


def post(webhook: Webhook, body: bytes, *, delivery: str, at: datetime) -> Outcome:
    """Call it once. Nothing is followed, nothing private is called unless allowed."""
    try:
        place = place_of(webhook.url, allows_private=webhook.allows_private)
        secret = open_secret(secret_name(webhook.pk))
    except (AddressForbidden, SecretMissing) as wrong:
        return Never(str(wrong))
    except AddressUnknown as trouble:
        return Again(str(trouble))
    headers = {
        "Host": place.host_header,
        "Content-Type": "application/json",
        "User-Agent": "Tresen",
        "Accept-Encoding": "identity",
        SIGNATURE: signature(secret, body, at=at),
        DELIVERY: delivery,
    }
    return _called(place, body, headers)


def secret_name(webhook_id: int) -> str:
    """The vault's name of a webhook's secret."""
    return f"webhook:{webhook_id}"


def _called(place: Place, body: bytes, headers: dict[str, str]) -> Outcome:
    try:
        with (
            httpx.Client(timeout=TIMEOUT, trust_env=False, follow_redirects=False) as client,
            client.stream(
                "POST", place.url, content=body, headers=headers, extensions={"sni_hostname": place.host}
            ) as answer,
        ):
            return _judged(answer.status_code, _first_words(answer))
    except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol) as trouble:
        return Again(f"{type(trouble).__name__}: {trouble}"[:LONGEST_ANSWER])
    except httpx.HTTPError as trouble:  # the request was on its way: whether it arrived, nobody knows
        return Unknown(f"{type(trouble).__name__}: {trouble}"[:LONGEST_ANSWER])


def _first_words(answer: httpx.Response) -> str:
    """What came first, as it came: whoever drips, or packs a gigabyte into a kilobyte, holds up no other notice."""
    for piece in answer.iter_raw():
        return piece[:LONGEST_ANSWER].decode("utf-8", "replace").replace("\x00", "")
    return ""


def _judged(status: int, words: str) -> Outcome:
    said = f"{status} {words}".strip()[:LONGEST_ANSWER]
    if OK <= status < REDIRECT:
        return Posted(said)
    return Again(said) if status >= SERVER_TROUBLE or status == TOO_MANY else Never(said)


def _plain(text: str) -> str:
    """Slack reads &, < and > as its own marks."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
