"""Tells the pages of visitors that something is new in their chat."""

from collections.abc import Collection
from datetime import datetime, timedelta

from tresen.chats.models import Chat
from tresen.live.announcing import announce_in_chats

AWAY = timedelta(hours=1)
"""Nobody waits any more on a page that has been silent for so long."""


def announce_to_visitors(tickets: Collection[int], *, at: datetime) -> None:
    """One announcement for all chats of these tickets, when this transaction commits."""
    there = Chat.objects.filter(conversation__ticket__in=tickets, seen_at__gt=at - AWAY)
    announce_in_chats(there.values_list("pk", flat=True))
