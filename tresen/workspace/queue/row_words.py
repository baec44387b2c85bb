"""From a row of the queue's read to what stands on the screen."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cache, lru_cache

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from msgspec.structs import replace

from tresen.channels.contract import Look
from tresen.routing.placing import NOT_ARRIVED
from tresen.routing.queue_rows import QueueRow
from tresen.routing.views import ViewKind
from tresen.stores.channel_words import channel_title
from tresen.stores.connectors import connector_of
from tresen.tickets.models import Status
from tresen.tickets.solving import SETTLED
from tresen.workspace import naming
from tresen.workspace.clocks import ClockState, face
from tresen.workspace.dates import day_and_time
from tresen.workspace.money import money
from tresen.workspace.naming import name_of
from tresen.workspace.queue.case_words import case_fact, case_timing
from tresen.workspace.queue.rows import Fact, RowShown, Timing

UNKNOWN = Look(mark="?", hue=0)


@dataclass(frozen=True, slots=True)
class Said:
    """What rows say over and over, looked up once a language: gettext is too slow for every row."""

    no_subject: str
    act_by: str
    at_once: str
    until: str
    was_due: str


def said() -> Said:
    """The words in the active language."""
    return _said(translation.get_language() or "en")


@cache
def _said(language: str) -> Said:
    del language
    return Said(_("No subject"), _("act by"), _("nobody works before it is due:"), _("until"), _("was due"))


def row_shown(row: QueueRow, *, view: str, at: datetime, pressing: Fact | None = None) -> RowShown:
    """The row as it is drawn at `at`, in the active language and zone; `pressing` is what its store's health says."""
    language = translation.get_language() or "en"
    look, title, place = _channel(row.channel, row.marketplace, row.store, language)
    subject = _subject(row) or said().no_subject
    timing, platform = _times_in(view, row, title, at)
    return RowShown(
        number=row.ticket,
        message=row.message,
        queue_tier=row.queue_tier,
        address=_address(view).replace("/0/", f"/{row.ticket}/", 1),
        label=f"{subject} – {row.customer}" if row.customer else subject,
        tier=row.tier,
        tier_name=naming.tier_name(row.tier, row.tier_reason),
        look=look,
        channel=title,
        place=place,
        subject=subject,
        excerpt=_excerpt(row.excerpt, row.subject),
        customer=row.customer,
        details=_details(row),
        facts=(*_resting(row, at), *_facts(row, timing, at), *([pressing] if pressing else [])),
        timing=timing,
        rested=_rested(row, at),
        platform=platform,
        assignee=row.assignee,
    )


@lru_cache(maxsize=1000)
def _channel(channel: str, marketplace: str, store: str, language: str) -> tuple[Look, str, str]:
    del language  # the key: the channel is called in it
    try:
        connector = connector_of(channel)
    except LookupError:  # a channel that was taken out still has tickets
        return UNKNOWN, channel, store
    country = marketplace.rpartition(".")[2].upper() if marketplace else ""
    return connector.look, f"{channel_title(channel)} · {store}", country or store


@cache
def _shortening(channel: str) -> Callable[[str, str], str] | None:
    try:
        return connector_of(channel).short_subject
    except LookupError:
        return None


def _subject(row: QueueRow) -> str:
    shorten = _shortening(row.channel)
    return shorten(row.subject, row.order_number) if shorten else row.subject


def _excerpt(text: str, subject: str) -> str:
    """The first words, but those that the subject says already."""
    return " ".join(text[:200].split()).removeprefix(subject).lstrip(" ,.;:")[:140]


@cache
def _address(view: str) -> str:
    return f"{reverse('ticket', args=[0])}?in={view}"


def _details(row: QueueRow) -> str:
    value = money(row.order_total, row.currency) if row.order_total is not None and row.currency else ""
    return f"{row.order_number} · {value}" if value and row.order_number else row.order_number or value


def _resting(row: QueueRow, at: datetime) -> tuple[Fact, ...]:
    """What is owed stays in the list while it is snoozed; the mark says that somebody put it aside, and until when."""
    if row.status != Status.SNOOZED or row.snoozed_until is None:
        return ()
    words = _("snoozed until %(when)s") % {"when": day_and_time(row.snoozed_until, at)}
    return (Fact(words=words, tone="waiting", icon="alarm-clock"),)


def _facts(row: QueueRow, timing: Timing | None, at: datetime) -> list[Fact]:
    facts = _missed_facts(row, timing)
    if row.in_danger:
        facts.append(Fact(words=_("in danger"), tone="soon", icon="triangle-alert"))
    if row.task == NOT_ARRIVED:
        facts.append(Fact(words=_("answer did not arrive"), tone="late", icon="undo-2"))
    if row.delivery in DELIVERY_FACTS and not (row.task == NOT_ARRIVED and row.delivery in {"bounced", "refused"}):
        facts.append(DELIVERY_FACTS[row.delivery]())
    if row.task == "mark_at_platform":
        facts.append(Fact(words=_("mark on the platform"), tone="accent", icon="square-check"))
    if row.case_kind:
        facts.append(case_fact(row, at))
    if row.task in DUTY_FACTS:
        facts.append(DUTY_FACTS[row.task]())
    if row.crossed:
        facts.append(Fact(words=_("crossed your answer"), tone="soon", icon="repeat"))
    if row.fact:
        facts.append(
            Fact(words=name_of(row.fact, naming.FACTS), tone="soon" if row.fact == "tracking_exception" else "")
        )
    return facts


DUTY_FACTS = {
    "promise": lambda: Fact(words=_("keep your promise"), tone="accent", icon="handshake"),
    "legal": lambda: Fact(words=_("legal request"), tone="accent", icon="scale"),
}
DELIVERY_FACTS = {
    "queued": lambda: Fact(words=_("answer on its way"), tone="waiting", icon="send"),
    "sending": lambda: Fact(words=_("answer on its way"), tone="waiting", icon="send"),
    "uncertain": lambda: Fact(words=_("answer may have been sent"), tone="soon", icon="circle-question-mark"),
    "bounced": lambda: Fact(words=_("answer came back"), tone="late", icon="undo-2"),
    "refused": lambda: Fact(words=_("answer refused"), tone="late", icon="circle-x"),
    "held": lambda: Fact(words=_("held: the store only watches"), tone="waiting", icon="eye"),
}


def _missed_facts(row: QueueRow, timing: Timing | None) -> list[Fact]:
    """What is missed already while something else can still be kept; where nothing can, the row's time says it."""
    if timing is None or timing.face.state in {ClockState.BREACHED, ClockState.LOST}:
        return []
    if row.platform_missed:
        return [Fact(words=_("limit missed"), tone="late", icon="circle-x")]
    return [Fact(words=_("target missed"), tone="late", icon="circle-x")] if row.own_missed else []


def _rested(row: QueueRow, at: datetime) -> str:
    if row.status not in SETTLED or row.solved_at is None:
        return ""
    return _("solved %(when)s") % {"when": day_and_time(row.solved_at, at)}


def _times_in(view: str, row: QueueRow, title: str, at: datetime) -> tuple[Timing | None, Timing | None]:
    if view.partition(":")[0] == ViewKind.CASES:
        return case_timing(row, at), _platform(row, title, at)
    return (None, None) if row.status in SETTLED else _times(row, title, at)


def _times(row: QueueRow, title: str, at: datetime) -> tuple[Timing | None, Timing | None]:
    """The time that the row goes by, and beside it the platform's limit, or until when to act where it goes by that."""
    if not row.in_danger or row.sort_at <= at:
        return _timing(row, at), _platform(row, title, at)
    started = row.own_started_at or row.last_message_at
    prefix = title.partition(" · ")[0] if row.sort_at == row.platform_due else _("deadline")
    limit = replace(face(due=row.sort_at, started_at=started, at=at), state=ClockState.SOON, soon_at=started)
    return Timing(face=limit, prefix=prefix, when=day_and_time(row.sort_at, at)), _act_by(row, started, at)


def _act_by(row: QueueRow, started: datetime, at: datetime) -> Timing | None:
    if row.act_by is None or row.act_by <= at:
        return None
    return Timing(
        face=face(due=row.act_by, started_at=started, at=at),
        prefix=said().act_by,
        when=day_and_time(row.act_by, at),
    )


def _timing(row: QueueRow, at: datetime) -> Timing | None:
    started = row.own_started_at or row.last_message_at
    if row.snoozed_until is not None and not row.lost and not _pressing_before(row):
        return Timing(
            face=face(due=row.snoozed_until, started_at=None, at=at, outcome="snoozed"),
            prefix=said().until,
            when=day_and_time(row.snoozed_until, at),
        )
    if act_by := _act_by(row, started, at):
        return act_by
    due = min((due for due in (row.own_due, row.platform_due) if due is not None and due > at), default=None)
    if row.act_by is not None and due is not None:
        # Nobody works between now and then: whoever sees it answers at once.
        pressing = replace(face(due=due, started_at=started, at=at), state=ClockState.SOON, soon_at=started)
        return Timing(face=pressing, prefix=said().at_once, when=day_and_time(due, at))
    return _missed(row, started, at)


def _missed(row: QueueRow, started: datetime, at: datetime) -> Timing | None:
    """The platform's limit that is lost, else our own target, which is late and grows later."""
    for due, lost in ((row.platform_due, True), (row.own_due, False)):
        if due is not None and due <= at:
            shown = face(due=due, started_at=started, at=at, lost=lost)
            return Timing(face=shown, prefix=said().was_due, when=day_and_time(due, at))
    return None


def _pressing_before(row: QueueRow) -> bool:
    """What must be done before the ticket comes back is not hidden behind its rest."""
    return row.act_by is not None and row.snoozed_until is not None and row.act_by < row.snoozed_until


def _platform(row: QueueRow, title: str, at: datetime) -> Timing | None:
    if row.platform_due is None or (row.act_by is None and row.lost):
        return None
    return Timing(
        face=face(due=row.platform_due, started_at=row.last_message_at, at=at),
        prefix=title.partition(" · ")[0],
        when=day_and_time(row.platform_due, at),
    )
