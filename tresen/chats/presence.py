"""Whether the visitor of a chat is there: then an answer reaches him on his page, and no mail leaves."""

from datetime import datetime, timedelta

from tresen.chats.models import Chat
from tresen.stores.chatting import ChatSettings, chat_of

IS_THERE = """(
    chat.left_at IS NULL AND chat.by_mail_since IS NULL AND chat.key IS NOT NULL
    AND coalesce((store.settings -> 'chat' ->> 'on')::boolean, false)
    AND chat.seen_at > %(at)s - make_interval(mins => coalesce((store.settings -> 'chat' ->> 'left_after')::int, 3))
)"""
"""The same as `is_there`, for statements about `chat` and its `store`."""


def is_there(chat: Chat, *, at: datetime) -> bool:
    """Whether what is written now reaches the visitor on his page. Reads the chat's store."""
    settings: ChatSettings = chat_of(chat.store)
    gone: timedelta = settings.gone_after
    closed = chat.left_at is not None or chat.by_mail_since is not None or chat.key is None
    return settings.on and not closed and chat.seen_at > at - gone


def chat_in(conversation_id: int) -> Chat | None:
    """The chat that a conversation is, with its store; None for one that is none."""
    return Chat.objects.filter(conversation=conversation_id).select_related("store", "agent").first()
