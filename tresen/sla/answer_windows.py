"""Until when a channel takes answers in a conversation, as its rules and the store's word on them say."""

from datetime import datetime
from typing import NamedTuple

from django.db.models import Max

from tresen.channels.answer_windows import AnswerWindow
from tresen.sla.packs import edition_at, send_windows
from tresen.tickets.models import Conversation, Direction, Message, MessageKind


class AnswerWindows(NamedTuple):
    """The windows of a conversation, the first to close first; none are open where the customer has not written."""

    windows: tuple[AnswerWindow, ...]
    heard_at: datetime | None


def windows_of(conversation: Conversation, *, at: datetime) -> AnswerWindows | None:
    """Until when answers are taken in it; None where its channel always takes them. Needs its store beside it."""
    rules = send_windows(edition_at(conversation.store, at, conversation.surface))
    if not rules:
        return None
    theirs = Message.objects.filter(conversation=conversation, direction=Direction.IN, kind=MessageKind.MESSAGE)
    heard_at: datetime | None = theirs.aggregate(newest=Max("occurred_at"))["newest"]
    if heard_at is None:
        return AnswerWindows((), None)
    windows = [
        AnswerWindow(key=one.key, title=one.title, authors=one.limit.authors, closes_at=heard_at + one.limit.open_for)
        for one in rules
    ]
    return AnswerWindows(tuple(sorted(windows, key=lambda one: one.closes_at)), heard_at)
