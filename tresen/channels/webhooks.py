"""What a channel declares that tells us by itself: how to know that it was the platform, and what it told."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

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
class WebhookDoor:
    """`is_genuine` compares in constant time; `keeps` names the headers that parsing wants to see again.

    `secret` is what the platform signs with, by the name it is sealed under; `where` says where it shows that, and
    `topics` what it should be told to send, as few as bring every change.
    """

    is_genuine: Callable[[Webhook, SecretOf], bool]
    told: Callable[[Webhook], WebhookTold]
    secret: str
    where: str
    topics: tuple[str, ...]
    keeps: frozenset[str] = frozenset()
