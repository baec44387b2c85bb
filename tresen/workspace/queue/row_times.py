"""When: the time that a row goes by, and a quieter one beside it."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache

from django.utils import translation
from django.utils.translation import gettext as _
from msgspec.structs import replace

from tresen.routing.queue_rows import QueueRow
from tresen.routing.views import Side, ViewKind
from tresen.tickets.solving import SETTLED
from tresen.workspace.clocks import ClockState, face
from tresen.workspace.dates import day_and_time
from tresen.workspace.queue.case_words import case_timing
from tresen.workspace.queue.rows import Timing

type Times = tuple[Timing | None, Timing | None]


@dataclass(frozen=True, slots=True)
class Said:
    """What rows say over and over, looked up once a language: gettext is too slow for every row."""

    act_by: str
    nobody_there: str
    until: str
    was_due: str


def said() -> Said:
    """The words in the active language."""
    return _said(translation.get_language() or "en")


@cache
def _said(language: str) -> Said:
    del language
    return Said(_("act by"), _("nobody on duty, due"), _("until"), _("was due"))


def times_in(kind: ViewKind, argument: str, row: QueueRow, title: str, at: datetime) -> Times:
    """What stands at a row in a view of this kind, with what stands behind its colon; `title` is the channel's.

    What is settled has a time where something is still asked of us.
    """
    if kind is ViewKind.CASES:
        return case_timing(row, at), _platform(row, title, at)
    if row.status in SETTLED and not row.task:
        return None, None
    if kind is ViewKind.DUE:
        return _times_of(Side(argument.partition(":")[0]), row, title, at)
    return _times(row, title, at)


def _times_of(side: Side, row: QueueRow, title: str, at: datetime) -> Times:
    """The time by which a list of what is due is in order, and beside it what `_times` says there."""
    started = row.own_started_at or row.last_message_at
    prefix = {Side.PLATFORM: _brief(title), Side.OWN: _("our target"), Side.DUTY: _("deadline")}[side]
    due = Timing(
        face=face(due=row.sort_at, started_at=started, at=at), prefix=prefix, when=day_and_time(row.sort_at, at)
    )
    return due, _act_by(row, started, at) if side is Side.PLATFORM else _platform(row, title, at)


def _brief(title: str) -> str:
    """The channel's name without its marketplace and store."""
    return title.partition(" · ")[0]


def _times(row: QueueRow, title: str, at: datetime) -> Times:
    """The time that the row goes by, and beside it the platform's limit, or until when to act where it goes by that."""
    if not row.in_danger or row.sort_at <= at:
        return _timing(row, at), _platform(row, title, at)
    started = row.own_started_at or row.last_message_at
    prefix = _brief(title) if row.sort_at == row.platform_due else _("deadline")
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
        return Timing(face=pressing, prefix=said().nobody_there, when=day_and_time(due, at))
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
        prefix=_brief(title),
        when=day_and_time(row.platform_due, at),
    )
