"""Files of messages: those that came along, and those that lie at the platform and are brought. Pure values."""

from collections.abc import Callable
from dataclasses import dataclass, field

from tresen.channels.feeds import Stopped
from tresen.channels.outbound import StoreAccess

LARGEST = 25_000_000
"""Bytes. What is larger stays at the platform: people are told so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InboundFile:
    """A file beside a message, fetched after the message was kept. `size` and `content_type`: only the platform's word.

    `reference` says in the connector's own words which one it is; never shown, never followed by a browser.
    """

    reference: str
    name: str
    content_type: str = ""
    size: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InboundAttachment:
    """A file that came with a message."""

    name: str
    content_type: str
    content: bytes
    content_id: str | None = None
    inline: bool = False


@dataclass(frozen=True, slots=True)
class FileBrought:
    """The file's bytes."""

    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class FileNotHad:
    """The platform will never give it to us; `reason` is a key for the interface."""

    reason: str


GONE, ELSEWHERE, TOO_LARGE = "gone", "elsewhere", "too_large"
"""Reasons: the platform has it no more; it lies at somebody else's, who would learn that we looked; it is too large."""

type FetchFile = Callable[[str, StoreAccess], FileBrought | FileNotHad | Stopped]
"""Bring the file of this reference, with the store's access and within its allowance."""
