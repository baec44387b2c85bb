"""How far recalculations have got, and what they did, as screens show it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from tresen.sla.models import EditReason, Mode, Recalculation
from tresen.sla.moved import Moved
from tresen.sla.recalculations import recent
from tresen.workspace.setup.open_clocks.consequences import TITLES, counted
from tresen.workspace.setup.open_clocks.subjects import subjects_of

STAYS = timedelta(minutes=10)
"""So long a finished recalculation is still told of on the list."""

REASONS = {
    EditReason.ADDED: _("A policy was added"),
    EditReason.CHANGED: _("A policy was changed"),
    EditReason.MOVED: _("The order was changed"),
    EditReason.ENABLED: _("A policy was switched on"),
    EditReason.DISABLED: _("A policy was switched off"),
    EditReason.RETIRED: _("A policy was retired"),
    EditReason.TIMETABLE: _("A timetable was changed"),
    EditReason.COVERAGE: _("It was changed who works when"),
    EditReason.RULES: _("What counts for a store was changed"),
    EditReason.STORE_HOURS: _("A store was given other hours"),
    EditReason.ON_CALL: _("The on-call list was changed"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One recalculation, every word ready: why, and what the edit was about. `percent`: None until it is counted."""

    reason: Any
    subject: str
    choice: Any
    at: datetime
    by: str
    total: int | None
    done: int
    percent: int | None
    finished: bool
    kept: bool
    counts: tuple[str, ...]


def shown(recalculations: Iterable[Recalculation]) -> list[Shown]:
    """All of them, in their order."""
    given = list(recalculations)
    subjects = subjects_of(given)
    return [_shown(one, subjects[one.pk]) for one in given]


def shown_lately(at: datetime) -> list[Shown]:
    """Those that are underway or were finished a short while ago."""
    return shown(recent(since=at - STAYS))


def _shown(one: Recalculation, subject: str) -> Shown:
    moved = Moved(earlier=one.earlier, later=one.later, unchanged=one.unchanged, begun=one.begun, ended=one.ended)
    kept = one.mode == Mode.KEEP
    return Shown(
        reason=REASONS[EditReason(one.reason)],
        subject=subject,
        choice=TITLES[Mode(one.mode)],
        at=one.changed_at,
        by=one.changed_by.name if one.changed_by else "",
        total=one.total,
        done=one.done,
        percent=None if not one.total else 100 * one.done // one.total,
        finished=one.finished_at is not None,
        kept=kept,
        counts=() if kept else tuple(counted(moved)),
    )
