"""The clocks in the ticket's header: ours and the platform's side by side, each with why it says what it says."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from babel.dates import format_date
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from tresen.channels.cases import CRITICAL
from tresen.clock import duties
from tresen.clock.clocks import ClockKind
from tresen.sla.explaining import ExplainedClock, ExplainedStep, explained
from tresen.stores.channel_words import channel_title
from tresen.tickets.models import Ticket
from tresen.workspace.clocks import Face, face
from tresen.workspace.dates import day_and_time

DUTIES = frozenset(kind.value for kind in duties.DUTIES)
LIMITS = {"platform", "window"}
PLATFORMS = {*LIMITS, "average"}
OPEN = {"running", "breached", "paused"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One sentence of an explanation. `address`: where leads and admins set up what it names; mostly empty."""

    words: str
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockCard:
    """One clock: whose it is, how it stands, and its explanation line by line. `chip`: what its button says.

    `by_rules`: it counts by rules that can be changed for the store; `overridden`: they are changed. `first`: it is a
    claim's or chargeback's, which comes before all else, however much time is left.
    """

    key: str
    label: str
    chip: str
    title: str
    face: Face
    when: str
    lines: tuple[Line, ...]
    open: bool
    void: bool
    by_rules: bool
    overridden: bool
    first: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockCards:
    """The two that count now, a platform's limit that is lost already, open duties besides answers, and all the others.

    `unmarked`: messages whose platform clock still runs.
    """

    own: ClockCard | None
    lost: ClockCard | None
    platform: ClockCard | None
    duties: Sequence[ClockCard]
    others: Sequence[ClockCard]
    unmarked: Sequence[int]


def clock_cards(ticket: Ticket, *, at: datetime) -> ClockCards:
    """The ticket's clocks in the active language, as they stand at `at`."""
    channel = channel_title(ticket.store)
    clocks = explained(ticket.pk, at=at, moment=lambda moment: day_and_time(moment, at), day=_day, received_by=channel)
    own = _governing([clock for clock in clocks if clock.kind == "own"])
    platform = _governing([clock for clock in clocks if clock.kind in LIMITS])
    lost = _lost([clock for clock in clocks if clock.kind in LIMITS and clock != platform])
    waiting = [clock for clock in clocks if clock.kind in DUTIES and _waits(clock)]
    named = {clock.key for clock in (own, lost, platform) if clock is not None}
    rest = [clock for clock in clocks if clock.key not in named and clock.kind not in DUTIES and clock.outcome in OPEN]
    return ClockCards(
        own=_card(own, _("Our target"), at) if own else None,
        lost=_card(lost, channel, at) if lost else None,
        platform=_card(platform, channel, at) if platform else None,
        duties=[_card(clock, _duty_label(clock), at) for clock in sorted(waiting, key=_first_due)],
        others=[_card(clock, channel if clock.kind in PLATFORMS else _("Our target"), at) for clock in rest],
        unmarked=sorted({int(clock.key.split(":")[1]) for clock in clocks if _runs_on_platform(clock)}),
    )


def _duty_label(clock: ExplainedClock) -> str:
    return clock.title[:1].upper() + clock.title[1:]


def _first_due(clock: ExplainedClock) -> tuple[bool, datetime, str]:
    return clock.due is None, clock.due or clock.started_at, clock.key


def _waits(clock: ExplainedClock) -> bool:
    return _is_open(clock) and clock.waived_at is None


def _governing(clocks: Sequence[ExplainedClock]) -> ExplainedClock | None:
    """What can still be kept and is due first; else what is open; else how it went the last time."""
    running = [clock for clock in clocks if clock.outcome == "running" and clock.due is not None]
    if running:
        return min(running, key=lambda clock: (clock.due, clock.key))
    found = [clock for clock in clocks if _is_open(clock)] or clocks
    return found[-1] if found else None


def _lost(clocks: Sequence[ExplainedClock]) -> ExplainedClock | None:
    """What the next limit of the same cliff must not make forgotten."""
    return next((clock for clock in reversed(clocks) if clock.outcome == "breached" and _is_open(clock)), None)


def _is_open(clock: ExplainedClock) -> bool:
    return clock.outcome in OPEN and clock.met_at is None


def _runs_on_platform(clock: ExplainedClock) -> bool:
    return clock.kind == "platform" and _is_open(clock)


def _card(clock: ExplainedClock, label: str, at: datetime) -> ClockCard:
    return ClockCard(
        key=clock.key,
        label=label,
        chip=f"{label}: {clock.title}" if clock.kind in PLATFORMS else label,
        title=clock.title,
        face=face(
            due=clock.due,
            started_at=clock.started_at,
            at=at,
            outcome=clock.outcome,
            ended_at=clock.met_at or clock.waived_at,
        ),
        when=day_and_time(clock.due, at) if clock.due else "",
        lines=tuple(Line(words=step.sentence, address=_address(step)) for step in clock.steps),
        open=_is_open(clock),
        void=clock.outcome == "void",
        by_rules=clock.kind in PLATFORMS or clock.overridden,
        overridden=clock.overridden,
        first=clock.kind == ClockKind.CASE and clock.metric in CRITICAL and clock.due is not None,
    )


def _address(step: ExplainedStep) -> str:
    if step.timetable is not None:
        return reverse("setup-timetable", args=[step.timetable])
    return f"{reverse('setup-roster')}#on-call" if step.key == "on_call_hours" else ""


def _day(given: date) -> str:
    language = translation.get_language() or "en"
    return format_date(given, "full", locale="en_GB" if language == "en" else language)
