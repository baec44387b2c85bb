"""A notice as it is told on the screen: what it is about, and why it came."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from tresen.alerts.queries import Page
from tresen.alerts.wording import why
from tresen.channels.contract import Look
from tresen.sla.models import Clock, Notice
from tresen.stores.channel_words import channel_title
from tresen.stores.connectors import connector_of
from tresen.workspace.dates import day, day_and_time

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
    icon, tone = LOOKS.get(notice.kind, UNKNOWN)
    ticket = notice.ticket
    return NoticeShown(
        id=notice.pk,
        ticket=ticket.pk,
        subject=ticket.subject or _("No subject"),
        look=_look(ticket.store.channel),
        channel=f"{channel_title(ticket.store)} · {ticket.store.name}",
        why=why(notice, clock, moment=lambda moment: day_and_time(moment, at)),
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


def _since(clock: Clock | None) -> str:
    if clock is None or (clock.outcome not in ALREADY_OVER and clock.met_at is None):
        return ""
    return _("settled since")


LOOKS: Mapping[str, tuple[str, str]] = {
    "warning": ("alarm-clock", "soon"),
    "act_by_passed": ("user-x", "soon"),
    "breached": ("octagon-alert", "late"),
    "escalated": ("siren", "late"),
    "assigned": ("user-check", "accent"),
    "offered": ("arrow-right-left", "accent"),
    "accepted": ("check", ""),
    "handed_back": ("undo-2", "soon"),
    "not_accepted": ("arrow-right-left", "soon"),
    "left_unassigned": ("user-x", "soon"),
    "to_agree": ("banknote", "accent"),
    "agreed": ("circle-check", ""),
    "not_agreed": ("circle-x", "soon"),
}
"""The icon and the tone of each kind."""
UNKNOWN = ("bell", "")
