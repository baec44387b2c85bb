"""What notices say outside of the house: which ticket, why, and the way to it.

No word of a buyer is in it, not even a subject or a name: mail servers and chats keep what they get, and the channels'
contracts give buyers' data to this installation alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from babel.dates import format_skeleton
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tresen.alerts.agreeing import TO_AGREE
from tresen.alerts.models import Posting
from tresen.alerts.wording import why
from tresen.clock.clocks import Outcome
from tresen.sla.models import Clock, Notice
from tresen.stores.channel_words import channel_title
from tresen.stores.granting import scope_of

WARNINGS = frozenset({"warning", "act_by_passed"})
MOST_LINES = 30
"""A letter names so many; the rest is counted."""


@dataclass(frozen=True, slots=True)
class Line:
    """One notice: where it belongs, why it came, and its address."""

    where: str
    why: str
    address: str


@dataclass(frozen=True, slots=True)
class Letter:
    """What a posting says; `more` notices are not named."""

    subject: str
    lines: tuple[Line, ...]
    more: int

    def text(self) -> str:
        """As a mail says it."""
        parts = [f"{line.where}\n{line.why}\n{line.address}" for line in self.lines]
        if self.more:
            parts.append(ngettext("and %(count)s more", "and %(count)s more", self.more) % {"count": self.more})
        return "\n\n".join([*parts, _address("/notices/")])


def letter_of(posting: Posting) -> Letter | None:
    """The letter in the recipient's language and zone, as things stand now; None where nothing is left to say.

    It may have waited for hours: what was answered since is no warning any more, and a scope may have shrunk.
    """
    language, zone = _reader(posting)
    lines = posting.lines.select_related("notice__ticket__store", "notice__by").order_by("notice__fell_due_at", "pk")
    told = _still_seen([line.notice for line in lines], posting)
    clocks = _clocks(told)
    notices = [one for one in told if not _is_stale(one, clocks.get((one.ticket_id, one.clock)))]
    if not notices:
        return None
    shown = notices[:MOST_LINES]
    with translation.override(language):
        return Letter(
            subject=_subject(notices),
            lines=tuple(_line(one, clocks.get((one.ticket_id, one.clock)), zone) for one in shown),
            more=len(notices) - len(shown),
        )


def _still_seen(notices: Sequence[Notice], posting: Posting) -> list[Notice]:
    if posting.agent is None:
        return list(notices)
    scope = scope_of(posting.agent)
    return [
        notice
        for notice in notices
        if scope.shows(team=notice.ticket.team_id, store=notice.ticket.store_id, brand=notice.ticket.brand_id)
    ]


def _is_stale(notice: Notice, clock: Clock | None) -> bool:
    """A warning, once its clock has stopped; a step of the ladder, once there was an answer; a limit declared void.

    What waits for somebody to agree, once it was read: whoever decides reads it for all.
    """
    if notice.kind == TO_AGREE:
        return notice.read_at is not None
    if clock is None:
        return False
    if notice.kind in WARNINGS:
        return clock.outcome != Outcome.RUNNING
    answered = clock.met_at is not None or clock.waived_at is not None
    return clock.outcome == Outcome.VOID or (notice.kind == "escalated" and answered)


def _subject(notices: Sequence[Notice]) -> str:
    if len(notices) == 1:
        return _("Tresen: ticket #%(number)s") % {"number": notices[0].ticket_id}
    return ngettext("Tresen: %(count)s notice", "Tresen: %(count)s notices", len(notices)) % {"count": len(notices)}


def _line(notice: Notice, clock: Clock | None, zone: ZoneInfo) -> Line:
    store = notice.ticket.store
    return Line(
        where=f"#{notice.ticket_id} · {channel_title(store)} · {store.name}",
        why=why(notice, clock, moment=lambda at: _moment(at, zone)),
        address=_address(f"/tickets/{notice.ticket_id}/"),
    )


def _moment(at: datetime, zone: ZoneInfo) -> str:
    """With its day and its zone: a letter is read at any time, anywhere."""
    language, there = translation.get_language() or "en", at.astimezone(zone)
    day = format_skeleton("MMMEd", there, tzinfo=zone, locale="en_GB" if language == "en" else language)
    return f"{day} {there:%H:%M %Z}"


def _reader(posting: Posting) -> tuple[str, ZoneInfo]:
    if posting.agent is not None:
        return posting.agent.language, ZoneInfo(posting.agent.zone)
    return (posting.webhook.language if posting.webhook is not None else settings.LANGUAGE_CODE), ZoneInfo("UTC")


def _clocks(notices: Sequence[Notice]) -> dict[tuple[int, str], Clock]:
    tickets, keys = {notice.ticket_id for notice in notices}, {notice.clock for notice in notices if notice.clock}
    found = Clock.objects.filter(ticket__in=tickets, key__in=keys)
    return {(clock.ticket_id, clock.key): clock for clock in found}


def _address(path: str) -> str:
    return f"{settings.BASE_URL.rstrip('/')}{path}"
