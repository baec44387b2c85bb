"""From a row of the queue's read to what stands on the screen."""

from collections.abc import Callable
from datetime import datetime
from functools import cache, lru_cache

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from tresen.channels.cards import card_in
from tresen.channels.contract import Look
from tresen.routing.placing import NOT_ARRIVED, PARTNER_ANSWERED
from tresen.routing.queue_rows import QueueRow
from tresen.routing.views import UNDIVIDED, ViewKind
from tresen.stores.channel_words import channel_title
from tresen.stores.connectors import connector_of
from tresen.tickets.first_words import without_first_words
from tresen.tickets.models import Status
from tresen.tickets.solving import SETTLED
from tresen.workspace import naming
from tresen.workspace.card_words import card_words
from tresen.workspace.clocks import ClockState
from tresen.workspace.dates import day_and_time
from tresen.workspace.money import money
from tresen.workspace.naming import name_of
from tresen.workspace.queue.case_words import case_fact
from tresen.workspace.queue.row_times import times_in
from tresen.workspace.queue.rows import Fact, RowShown, Timing

UNKNOWN = Look(mark="?", hue=0)


def row_shown(
    row: QueueRow, *, view: str, at: datetime, pressing: Fact | None = None, chase: Fact | None = None
) -> RowShown:
    """The row as it is drawn at `at`, in the active language and zone.

    `pressing` is what its store's health says; `chase` whom to chase, where its promise is a question's date.
    """
    language = translation.get_language() or "en"
    look, title, place = _channel(row.channel, row.marketplace, row.store, language)
    subject = _subject(row) or _("No subject")
    kind, _colon, argument = view.partition(":")
    timing, platform = times_in(ViewKind(kind), argument, row, title, at)
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
        excerpt=_excerpt(row),
        customer=row.customer,
        details=_details(row),
        facts=(*_resting(row, at), *_facts(kind, row, timing, at, chase), *([pressing] if pressing else [])),
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


def _excerpt(row: QueueRow) -> str:
    """The first words, but those that the subject says already; or the card that was sent instead of words."""
    card = card_in({"card": row.card, "card_number": row.card_number})
    return card_words(card) if card else without_first_words(row.excerpt, row.subject)[:140]


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


def _facts(kind: str, row: QueueRow, timing: Timing | None, at: datetime, chase: Fact | None) -> list[Fact]:
    facts = _missed_facts(row, timing)
    if row.in_danger and kind in UNDIVIDED:  # elsewhere the part of the queue is called so
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
        facts.append(chase or DUTY_FACTS[row.task]())
    if row.crossed:
        facts.append(Fact(words=_("crossed your answer"), tone="soon", icon="repeat"))
    if row.fact:
        tone, icon = ORDER_FACTS[row.fact]
        facts.append(Fact(words=name_of(row.fact, naming.FACTS), tone=tone, icon=icon))
    return facts


ORDER_FACTS = {
    "tracking_exception": ("soon", "package-x"),
    "vip": ("", "star"),
    "returned": ("", "undo-2"),
    "fulfilled_by_platform": ("", "warehouse"),
}


DUTY_FACTS = {
    "promise": lambda: Fact(words=_("keep your promise"), tone="accent", icon="handshake"),
    PARTNER_ANSWERED: lambda: Fact(words=_("a partner answered"), tone="accent", icon="mail-check"),
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
