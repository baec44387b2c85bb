"""What the Message API tells: the fields that we read, by eBay's names (1.0.0)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec

type Text = str | None


class Media(msgspec.Struct, frozen=True, rename="camel"):
    """A file beside a message; it stays where it is."""

    media_name: Text = None
    media_type: Text = None
    media_url: Text = None


class Message(msgspec.Struct, frozen=True, rename="camel"):
    """One message; a list's `latestMessage` too."""

    message_id: str
    created_date: datetime
    sender_username: Text = None
    recipient_username: Text = None
    subject: Text = None
    message_body: Text = None
    message_media: Sequence[Media] | None = None


class MessagesPage(msgspec.Struct, frozen=True, rename="camel"):
    """A page of a conversation, each message not yet looked into. Which conversation, it does not say."""

    messages: Sequence[Any] | None = None
    conversation_type: Text = None
    conversation_title: Text = None
    total: int = 0


class Latest(msgspec.Struct, frozen=True, rename="camel"):
    """When a conversation was last written in."""

    created_date: datetime | None = None


class Conversation(msgspec.Struct, frozen=True, rename="camel"):
    """One conversation of a list. `reference_id` is the item's number where the type is LISTING."""

    conversation_id: str
    latest_message: Latest | None = None
    reference_id: Text = None
    reference_type: Text = None


class ConversationsPage(msgspec.Struct, frozen=True, rename="camel"):
    """A page of conversations."""

    conversations: Sequence[Conversation] | None = None
    total: int = 0


class SentMessage(msgspec.Struct, frozen=True, rename="camel"):
    """The answer to a message of ours."""

    message_id: str
    created_date: datetime | None = None
