"""Who is away: sick, on holiday or for another reason, for whole days or part of one, or until further notice."""

from collections.abc import Collection
from datetime import UTC, datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from tresen.accounts.actors import Actor
from tresen.accounts.auditing import record_change
from tresen.staffing.models import Absence, AbsenceKind
from tresen.staffing.plans import Problem
from tresen.staffing.revising import roster_changed
from tresen.staffing.rostering import RosterWrong
from tresen.staffing.timetables import agent_id

LONGEST = timedelta(days=3 * 366)
UNDO_FOR = timedelta(seconds=8)
"""So long tickets wait for a change of mind before they go to others."""


@transaction.atomic
def report_absence(
    agent: int,
    kind: AbsenceKind,
    *,
    starts: datetime,
    ends: datetime | None,
    hand_over: bool,
    by: Actor,
    at: datetime,
) -> Absence:
    """Let the agent be away in [starts, ends); `ends` None: until further notice. Raises `RosterWrong`.

    With `hand_over` the agent's tickets that need us go to others when the absence begins, after a moment for undoing.
    """
    # In UTC: within one zone Python compares the hands of clocks, which are put forward and back.
    starts, ends = starts.astimezone(UTC), ends and ends.astimezone(UTC)
    _check(agent, starts, ends)
    absence = Absence.objects.create(
        agent_id=agent,
        kind=kind,
        starts_at=starts,
        ends_at=ends,
        hand_over_at=max(starts, at + UNDO_FOR) if hand_over else None,
        changed_at=at,
        changed_by_id=agent_id(by),
    )
    _follow(absence, "absent", by=by, at=at)
    return absence


@transaction.atomic
def end_absence(absence_id: int, *, by: Actor, at: datetime) -> None:
    """The agent is back `at`; an absence that has not begun by then never was. Nothing moves by itself."""
    absence = Absence.objects.select_for_update().get(pk=absence_id)
    if absence.ends_at is not None and absence.ends_at <= at:
        return
    if absence.starts_at >= at:
        withdraw_absence(absence_id, by=by, at=at)
        return
    absence.ends_at, absence.changed_at, absence.changed_by_id = at, at, agent_id(by)
    absence.save(update_fields=["ends_at", "changed_at", "changed_by"])
    _follow(absence, "back", by=by, at=at)


@transaction.atomic
def withdraw_absence(absence_id: int, *, by: Actor, at: datetime) -> None:
    """The absence was a mistake. Tickets that went to others by then stay there. Withdrawing twice changes nothing."""
    absence = Absence.objects.select_for_update().filter(pk=absence_id).first()
    if absence is not None:
        _follow(absence, "absence withdrawn", by=by, at=at)
        absence.delete()


def absences_in(agents: Collection[int], *, start: datetime, end: datetime) -> QuerySet[Absence]:
    """The absences of these agents that touch [start, end), by their start."""
    rows = Absence.objects.filter(Q(ends_at=None) | Q(ends_at__gt=start), agent__in=agents, starts_at__lt=end)
    return rows.order_by("starts_at", "pk")


def away_at(at: datetime) -> dict[int, Absence]:
    """Who is away at this instant, with the absence that lasts longest."""
    rows = Absence.objects.filter(Q(ends_at=None) | Q(ends_at__gt=at), starts_at__lte=at)
    # Ascending, an open end last: of several the last one stays in the dictionary.
    return {absence.agent_id: absence for absence in rows.order_by("ends_at", "pk")}


def _check(agent: int, starts: datetime, ends: datetime | None) -> None:
    if ends is not None and ends <= starts:
        raise RosterWrong(Problem("until", _("An absence ends later than it begins.")))
    if ends is not None and ends - starts > LONGEST:
        raise RosterWrong(Problem("until", _("That is more than three years. Lock the agent out instead.")))
    beyond = Q(ends_at__gte=ends) | Q(ends_at=None) if ends else Q(ends_at=None)
    if Absence.objects.filter(beyond, agent=agent, starts_at__lte=starts).exists():
        raise RosterWrong(Problem("from", _("They are away then already.")))


def _follow(absence: Absence, what: str, *, by: Actor, at: datetime) -> None:
    # Why somebody is away is theirs: the history of the set-up names the absence, not its kind.
    record_change(f"agent:{absence.agent_id}", what, by=by, at=at, details={"absence": absence.pk})
    roster_changed(agents=[absence.agent_id])
