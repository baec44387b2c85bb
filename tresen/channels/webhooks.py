"""What a channel declares that tells us by itself: how to know that it was the platform, and what it told."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from tresen.channels.feeds import Stopped
from tresen.channels.http import HttpRequest, HttpResponse
from tresen.channels.outbound import StoreAccess

type SecretOf = Callable[[str], str]
"""The store's sealed credential of this name, opened. Raises LookupError where none is kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Webhook:
    """A platform's request as it came: the bytes, never read and written again; `headers` by names in lower case."""

    body: bytes = field(repr=False)
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookTold:
    """`about` is the topic; `id` stays when the platform tells the same once more."""

    about: str
    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedKeys:
    """A platform that signs with a key of its own, which it publishes.

    `wanted` is the key's id that a webhook names, empty where it names none. `request` asks the platform for that key
    and `read` takes it from its answer. `is_genuine` then finds it as the secret "published:<id>".
    """

    wanted: Callable[[Webhook], str]
    request: Callable[[str, StoreAccess], HttpRequest]
    read: Callable[[HttpResponse], str | Stopped]


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookDoor:
    """`is_genuine` compares in constant time; `keeps` names the headers that parsing wants to see again.

    `secret` is what the platform signs with, or knows the address by, as it is sealed; `where` says where the platform
    shows or asks for that, and `topics` what it should be told to send, as few as bring every change. `challenge`
    answers, as JSON, a platform that tries the address before it tells: its query, the address, the secrets.
    """

    is_genuine: Callable[[Webhook, SecretOf], bool]
    told: Callable[[Webhook], WebhookTold]
    secret: str
    where: str
    topics: tuple[str, ...]
    keeps: frozenset[str] = frozenset()
    published: PublishedKeys | None = None
    challenge: Callable[[Mapping[str, str], str, SecretOf], bytes | None] | None = None
