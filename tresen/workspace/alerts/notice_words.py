"""A notice as it is told on the screen: what it is about, and why it came."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from tresen.alerts.queries import Page
from tresen.channels.contract import Look
from tresen.sla.models import Clock, Notice
from tresen.stores.channel_words import channel_title
from tresen.stores.connectors import connector_of
from tresen.workspace.dates import day, day_and_time

PERCENT = "%"
ALREADY_OVER = {"met", "met_provisional", "waived", "void"}


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeShown:
    """`why` tells what came about, `now` what has become of it since; `tone` and `icon` go with `why`."""

    id: int
    ticket: int
    subject: str
    look: Look
    channel: str
    why: str
    now: str
    icon: str
    tone: str
    at: datetime
    when: str
    day: str
    unread: bool


def notices_shown(page: Page, *, at: datetime) -> list[NoticeShown]:
    """The notices of a page, in the active language and zone."""
    return [_shown(notice, page.clock_of(notice), at) for notice in page.notices]


def _shown(notice: Notice, clock: Clock | None, at: datetime) -> NoticeShown:
    icon, tone, words = KINDS.get(notice.kind, UNKNOWN)
    ticket = notice.ticket
    return NoticeShown(
        id=notice.pk,
        ticket=ticket.pk,
        subject=ticket.subject or _("No subject"),
        look=_look(ticket.store.channel),
        channel=f"{channel_title(ticket.store)} · {ticket.store.name}",
        why=words(notice, clock, at),
        now=_since(clock),
        icon=icon,
        tone=tone,
        at=notice.shown_from,
        when=day_and_time(notice.shown_from, at),
        day=day(notice.shown_from, at),
        unread=notice.read_at is None,
    )


def _look(channel: str) -> Look:
    try:
        return connector_of(channel).look
    except LookupError:  # a channel that was taken out still has tickets
        return Look(mark="?", hue=0)


def _warning(notice: Notice, clock: Clock | None, at: datetime) -> str:
    name = notice.key.rpartition(":")[2]
    if clock is None or clock.due is None:
        return _("The time for an answer is running out")
    due = day_and_time(clock.due, at)
    if name.endswith(PERCENT):
        return _("%(percent)s of the time are used up: due %(when)s") % {"percent": name, "when": due}
    return _("The time for an answer is running out: due %(when)s") % {"when": due}


def _act_by(notice: Notice, clock: Clock | None, at: datetime) -> str:
    del notice
    if clock is None or clock.due is None:
        return _("The last minute in which somebody works has passed")
    return _("Nobody works any more before it is due %(when)s") % {"when": day_and_time(clock.due, at)}


def _breached(notice: Notice, clock: Clock | None, at: datetime) -> str:
    due = day_and_time(notice.fell_due_at, at)
    if clock is not None and clock.kind == "platform":
        return _("The platform’s limit passed without an answer, %(when)s") % {"when": due}
    if clock is not None and clock.kind == "resolution":
        return _("Not solved by our target, %(when)s") % {"when": due}
    return _("Our target was missed, %(when)s") % {"when": due}


def _left_unassigned(notice: Notice, clock: Clock | None, at: datetime) -> str:
    del notice, clock, at
    return _("Somebody is away, and nobody who is there can take this over: it is unassigned")


def _since(clock: Clock | None) -> str:
    if clock is None or (clock.outcome not in ALREADY_OVER and clock.met_at is None):
        return ""
    return _("settled since")


def _unknown(notice: Notice, clock: Clock | None, at: datetime) -> str:
    del clock, at
    return notice.kind.replace("_", " ").capitalize()


type Words = Callable[[Notice, Clock | None, datetime], str]

KINDS: Mapping[str, tuple[str, str, Words]] = {
    "warning": ("alarm-clock", "soon", _warning),
    "act_by_passed": ("user-x", "soon", _act_by),
    "breached": ("octagon-alert", "late", _breached),
    "left_unassigned": ("user-x", "soon", _left_unassigned),
}
UNKNOWN: tuple[str, str, Words] = ("bell", "", _unknown)
