"""Until when the channel takes an answer, as the composer says it: now, and by itself when that changes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from tresen.channels.answer_windows import AnswerWindow
from tresen.channels.contract import Author
from tresen.outbox.quiet import may_leave_at
from tresen.sla.answer_windows import windows_of
from tresen.stores.channel_words import channel_title
from tresen.stores.rule_words import rule_words
from tresen.tickets.models import Conversation
from tresen.workspace.dates import day_and_time

SOON = timedelta(hours=1)
"""So long before a window closes it is said in amber."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase:
    """What holds from `since` until `until`; None: from the beginning, and for good. `soon_at`: it ends soon.

    `closed`: a person can send no answer in it.
    """

    words: str
    since: datetime | None
    until: datetime | None
    soon_at: datetime | None
    closed: bool = False
    now: bool = False


def phases_of(conversation: Conversation, *, at: datetime) -> Sequence[Phase]:
    """One after the other, without gaps; none where the channel always takes answers."""
    found = windows_of(conversation, at=at)
    if found is None or not found.windows:
        return ()
    channel = channel_title(conversation.store)
    starts = [None, *(one.closes_at for one in found.windows[:-1])]
    phases = [_open(one, since, at) for one, since in zip(found.windows, starts, strict=True)]
    last = max((one.closes_at for one in found.windows if Author.PERSON in one.authors), default=None)
    words = _("Closed since %(when)s: %(channel)s takes no more answers here. Your text stays as a draft.")
    end = found.windows[-1].closes_at
    closed = Phase(
        words=words % {"when": day_and_time(last or end, at), "channel": channel},
        since=end,
        until=None,
        soon_at=None,
        closed=True,
        now=end <= at,
    )
    return [*phases, closed]


def waiting_words(conversation: Conversation, *, at: datetime) -> str:
    """When an agent's answer would leave that is sent now, where it would not at once; else empty."""
    leaves = may_leave_at(conversation, written_at=at, by_person=True, at=at)
    if leaves == at:
        return ""
    return _("It is night there: sent now, it leaves %(when)s.") % {"when": day_and_time(leaves, at)}


def _open(window: AnswerWindow, since: datetime | None, at: datetime) -> Phase:
    words = _("%(what)s: until %(when)s")
    return Phase(
        words=words % {"what": rule_words(window.title), "when": day_and_time(window.closes_at, at)},
        since=since,
        until=window.closes_at,
        soon_at=window.closes_at - SOON,
        closed=Author.PERSON not in window.authors,
        now=(since is None or since <= at) and at < window.closes_at,
    )
