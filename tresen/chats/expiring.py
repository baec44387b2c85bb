"""Forgets who wrote in old chats: what was written stands in the tickets."""

from datetime import datetime

from django.db.models import Q

from tresen.chats.models import Chat
from tresen.chats.visiting import KEPT_FOR


def forget_old_chats(at: datetime) -> int:
    """Empty the chats that have been silent for KEPT_FOR, so that no browser opens them again; gives how many.

    One of which nothing was ever filed goes whole.
    """
    old = Chat.objects.filter(seen_at__lte=at - KEPT_FOR)
    gone, _by_model = old.filter(conversation=None).delete()
    known = old.filter(Q(key__isnull=False) | ~Q(email="") | ~Q(name=""))
    return gone + known.update(key=None, email="", name="")
