"""Ties a chat to the conversation that its messages are filed in, and lets it go once its customer writes by mail."""

from collections.abc import Sequence
from datetime import datetime

from django.db import connection

from tresen.tickets.events import MessageReceived
from tresen.tickets.recorded import RecordedEvent


def bind_chats(events: Sequence[RecordedEvent], at: datetime) -> None:
    """Runs in the transaction that files the messages: one statement, whatever their number."""
    received = [entry.event.message for entry in events if isinstance(entry.event, MessageReceived)]
    if received:
        with connection.cursor() as cursor:
            cursor.execute(_BIND, {"messages": received})
            cursor.execute(_GOES_BY_MAIL, {"messages": received, "at": at})


# `facts` say the chat's number: only our own endpoint makes such payloads.
_BIND = """
    UPDATE chats_chat chat SET conversation_id = message.conversation_id FROM tickets_message message
    WHERE message.id = ANY(%(messages)s) AND message.facts ? 'chat' AND chat.id = (message.facts ->> 'chat')::bigint
      AND chat.conversation_id IS DISTINCT FROM message.conversation_id
"""
# Anybody can type anybody's address into a chat: from his first mail on it is between us and that address alone.
_GOES_BY_MAIL = """
    UPDATE chats_chat chat SET by_mail_since = %(at)s FROM tickets_message message
    WHERE message.id = ANY(%(messages)s) AND message.kind = 'message' AND NOT message.facts ? 'chat'
      AND chat.by_mail_since IS NULL AND chat.conversation_id = message.conversation_id
"""
