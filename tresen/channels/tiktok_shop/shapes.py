"""What we read of TikTok Shop's answers and webhooks; times are whole seconds, sums decimals written as text."""

from collections.abc import Sequence
from typing import Any

import msgspec


class Sender(msgspec.Struct, frozen=True):
    """Who wrote: BUYER, SHOP, CUSTOMER_SERVICE, SYSTEM or ROBOT. `im_user_id` is his number in chats alone."""

    role: str
    im_user_id: str = ""
    nickname: str = ""


class ChatMessage(msgspec.Struct, frozen=True):
    """One message in a conversation. `content` is JSON in a text; `plaintext` is the same as Seller Center words it."""

    id: str
    type: str
    create_time: int
    sender: Sender
    content: str = ""
    is_visible: bool = True
    plaintext: str = ""


class ToldMessage(msgspec.Struct, frozen=True):
    """The same, as a webhook tells it."""

    message_id: str
    conversation_id: str
    type: str
    create_time: int
    sender: Sender
    content: str = ""
    is_visible: bool = True


class MessageWebhook(msgspec.Struct, frozen=True):
    """A webhook of type 14."""

    data: ToldMessage


class Messages(msgspec.Struct, frozen=True):
    """A page of a conversation; each message is read by itself."""

    messages: Sequence[Any] = ()
    next_page_token: str = ""
    unsupported_msg_tips: str = ""


class Latest(msgspec.Struct, frozen=True):
    """When the newest message of a conversation came."""

    create_time: int = 0


class Conversation(msgspec.Struct, frozen=True):
    """A buyer's chat with the shop."""

    id: str
    can_send_message: bool = True
    create_time: int = 0
    latest_message: Latest = Latest()


class Conversations(msgspec.Struct, frozen=True):
    """A page of chats."""

    conversations: Sequence[Conversation] = ()
    next_page_token: str = ""
