"""The roster: who works on which date, in which windows. Says nothing of a date as long as nobody has planned it."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from tresen.accounts.actors import Actor
from tresen.accounts.models import Agent, TeamMembership
from tresen.clock import windows as written
from tresen.clock import zones
from tresen.clock.windows import Window
from tresen.staffing.models import RosteredShift
from tresen.staffing.plans import MOST_WINDOWS, Problem
from tresen.staffing.revising import roster_changed
from tresen.staffing.timetables import agent_id

WEEK = timedelta(days=7)
OFF: Sequence[Window] = ()
"""Does not work on that date."""


class RosterWrong(ValueError):
    """What cannot be planned as it was entered. `problems` names everything that is wrong."""

    def __init__(self, *problems: Problem) -> None:
        self.problems = problems
        super().__init__("\n".join(problem.sentence for problem in problems))


@transaction.atomic
def plan_day(
    agent: int, day: date, windows: Sequence[Window], *, team: int | None, zone: str, by: Actor, at: datetime
) -> None:
    """Let the agent work in these windows on this date, by the clock of `zone`; without any, not at all.

    `team` None: for all their teams, in place of all that was planned for the date; else in place of what concerned
    this team. Raises `RosterWrong`.
    """
    _check(windows, zone)
    _one_at_a_time([agent])
    _concerning(team).filter(agent=agent, day=day).delete()
    RosteredShift.objects.bulk_create(
        [
            RosteredShift(
                agent_id=agent,
                team_id=team,
                day=day,
                opens=opens,
                closes=closes,
                zone=zone,
                changed_at=at,
                changed_by_id=agent_id(by),
            )
            for opens, closes in sorted(windows) or [("", "")]
        ]
    )
    roster_changed(agents=[agent])


@transaction.atomic
def clear_day(agent: int, day: date, *, team: int | None) -> None:
    """Let the roster say nothing about this agent, team and date any more."""
    _one_at_a_time([agent])
    _concerning(team).filter(agent=agent, day=day).delete()
    roster_changed(agents=[agent])


@transaction.atomic
def copy_week(team: int, *, source: date, target: date, by: Actor, at: datetime) -> int:
    """Plan the seven days from `target` for this team as those from `source` are; gives the number of shifts.

    What was planned for the team in the target week is replaced. Absences are not copied.
    """
    members = list(TeamMembership.objects.filter(team=team, agent__is_active=True).values_list("agent_id", flat=True))
    _one_at_a_time(members)
    shifts = _week(team, members, source)
    copies = [
        RosteredShift(
            agent_id=shift.agent_id,
            team_id=shift.team_id,
            day=shift.day + (target - source),
            opens=shift.opens,
            closes=shift.closes,
            zone=shift.zone,
            changed_at=at,
            changed_by_id=agent_id(by),
        )
        for shift in shifts
    ]
    if source != target:
        _week(team, members, target).delete()
        RosteredShift.objects.bulk_create(copies)
        roster_changed(agents=members, teams=[team])
    return len(copies)


def _one_at_a_time(agents: Collection[int]) -> None:
    """Two leads who plan the same people at once would both add their hours: the second one waits for the first."""
    list(Agent.objects.filter(pk__in=agents).order_by("pk").select_for_update(no_key=True).values_list("pk"))


def _concerning(team: int | None) -> QuerySet[RosteredShift]:
    rows = RosteredShift.objects.all()
    return rows if team is None else rows.filter(Q(team=team) | Q(team=None))


def _week(team: int, members: Collection[int], monday: date) -> QuerySet[RosteredShift]:
    return _concerning(team).filter(agent__in=members, day__gte=monday, day__lt=monday + WEEK)


def _check(windows: Sequence[Window], zone: str) -> None:
    try:
        zones.zone(zone)
        written.spans(windows)
    except ValueError as wrong:
        sentence = _("“%(windows)s” are no hours. Write them like 08:30-12:00, 13:00-17:00.")
        shown = ", ".join("-".join(window) for window in windows)
        raise RosterWrong(Problem("windows", sentence % {"windows": shown})) from wrong
    if len(windows) > MOST_WINDOWS:
        raise RosterWrong(Problem("windows", _("A day has at most %(most)s windows.") % {"most": MOST_WINDOWS}))
    if any(opens == closes for opens, closes in windows):
        raise RosterWrong(Problem("windows", _("A shift ends later than it begins.")))
