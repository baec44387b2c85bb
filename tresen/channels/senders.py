"""Who wrote or bought, as a channel knows him."""

from dataclasses import dataclass
from enum import StrEnum


class IdentityKind(StrEnum):
    """How a channel knows a customer. `SHARED` addresses stand for many buyers: never merge on them."""

    RELAY = "relay"
    EMAIL = "email"
    USERNAME = "username"
    PHONE = "phone"
    """A number in the form of E.164, "+49301234567": the same person on every channel that knows it."""
    SHARED = "shared"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Who wrote, as the channel knows him. `key` is stable; `reply_to` is where an answer goes, byte for byte.

    `channel` and its `realm` are given where another knows him than the one that the message came by.
    """

    kind: IdentityKind
    key: str
    name: str = ""
    reply_to: str = ""
    channel: str = ""
    realm: str = ""
