"""What Meta tells in webhooks, as far as it is used. Older versions of the Graph API give ids as numbers."""

from collections.abc import Sequence
from datetime import UTC, datetime

import msgspec

from tresen.channels.typed_json import NotAsDocumented, instant

type Id = str | int
_MILLISECONDS_FROM = 100_000_000_000
"""A larger number counts milliseconds, a smaller one seconds: Meta uses both."""


class Party(msgspec.Struct, frozen=True):
    """A person or a page."""

    id: Id = ""


class Coordinates(msgspec.Struct, frozen=True):
    """A place on the globe."""

    lat: float
    long: float


class Content(msgspec.Struct, frozen=True):
    """What an attachment holds."""

    url: str | None = None
    title: str | None = None
    sticker_id: Id | None = None
    coordinates: Coordinates | None = None


class Attached(msgspec.Struct, frozen=True):
    """Something beside a message's text."""

    type: str = ""
    title: str | None = None
    url: str | None = None
    payload: Content | str | None = None


class Story(msgspec.Struct, frozen=True):
    """A story that is answered."""

    url: str | None = None


class Answered(msgspec.Struct, frozen=True):
    """What a message answers."""

    mid: str | None = None
    story: Story | None = None


class Words(msgspec.Struct, frozen=True):
    """A message. `metadata`: of an echo, what its sender gave along."""

    mid: str = ""
    text: str | None = None
    metadata: str | None = None
    attachments: Sequence[Attached] | None = None
    is_echo: bool = False
    is_deleted: bool = False
    is_unsupported: bool = False
    reply_to: Answered | None = None


class Pressed(msgspec.Struct, frozen=True):
    """A button that was pressed."""

    title: str | None = None
    mid: str | None = None


class Seen(msgspec.Struct, frozen=True):
    """A message that was read."""

    mid: str | None = None


class Arrived(msgspec.Struct, frozen=True):
    """Messages that arrived."""

    mids: Sequence[str] | None = None


class Edited(msgspec.Struct, frozen=True):
    """A message that was written anew."""

    mid: str
    text: str | None = None
    num_edit: int = 0


class Enforced(msgspec.Struct, frozen=True):
    """What Meta does against a page."""

    action: str = ""
    reason: str | None = None


class Event(msgspec.Struct, frozen=True):
    """One thing that happened in a conversation."""

    sender: Party | None = None
    recipient: Party | None = None
    timestamp: int | None = None
    message: Words | None = None
    postback: Pressed | None = None
    read: Seen | None = None
    delivery: Arrived | None = None
    message_edit: Edited | None = None
    enforced: Enforced | None = msgspec.field(default=None, name="policy-enforcement")


class Author(msgspec.Struct, frozen=True):
    """Who wrote below a post."""

    id: Id = ""
    name: str | None = None
    username: str | None = None


class Post(msgspec.Struct, frozen=True):
    """What a comment stands below."""

    id: Id = ""
    permalink_url: str | None = None


class Change(msgspec.Struct, frozen=True):
    """A change of a page's feed, or a comment at Instagram, which has `id` and `text` in the place of long names."""

    item: str | None = None
    verb: str | None = None
    id: Id | None = None
    comment_id: Id | None = None
    post_id: Id | None = None
    parent_id: Id | None = None
    open_graph_story_id: Id | None = None
    message: str | None = None
    text: str | None = None
    photo: str | None = None
    video: str | None = None
    created_time: int | None = None
    by: Author | None = msgspec.field(default=None, name="from")
    sender_id: Id | None = None
    sender_name: str | None = None
    reviewer_id: Id | None = None
    reviewer_name: str | None = None
    rating: int | None = None
    review_text: str | None = None
    recommendation_type: str | None = None
    media: Post | None = None
    post: Post | None = None


def moment(told: int | None, fallback: datetime) -> datetime:
    """In UTC; `fallback` where none is told. Raises NotAsDocumented for what is no time of this world."""
    if told is None:
        return fallback
    try:
        return datetime.fromtimestamp(told / 1000 if told >= _MILLISECONDS_FROM else told, UTC)
    except (ValueError, OverflowError, OSError):
        raise NotAsDocumented(f"{told} is no time of this world.") from None


def written_at(told: str) -> datetime:
    """A time as the Graph API writes it, "2026-11-20T18:40:00+0000", in UTC. Raises NotAsDocumented."""
    try:
        return instant(datetime.fromisoformat(told))
    except ValueError:
        raise NotAsDocumented(f"{told[:40]} is no time.") from None
