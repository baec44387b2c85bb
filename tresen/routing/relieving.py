"""Whoever is away has their work done by others: by colleagues who can do it and are there, each with the least to do.

It goes on as long as the absence lasts: also what comes back to somebody who is away goes to others. What needs nobody
now stays, and so does what they take up themselves although they are away. When they are back nothing moves by itself.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import connection, transaction
from django.db.models import Q

from tresen.accounts.actors import SYSTEM, Actor
from tresen.accounts.models import Agent, TeamMembership
from tresen.crashing.points import Point, reached
from tresen.routing.leasing import HELD_FOR
from tresen.routing.models import Lease
from tresen.routing.sharing import Colleague, Left, shared
from tresen.routing.takers import takers_of, work_of
from tresen.sla.models import Notice
from tresen.staffing.absences import away_at
from tresen.staffing.models import Absence
from tresen.staffing.queries import shifts_of
from tresen.stores.granting import scope_of
from tresen.tickets import ledger
from tresen.tickets.events import TicketAssigned
from tresen.tickets.locking import next_cause
from tresen.tickets.models import Ticket
from tresen.tickets.recorded import NewEvent

AT_ONCE = 100
"""Tickets that change hands in one transaction."""

LEFT_UNASSIGNED = "left_unassigned"


def relieve_absent(at: datetime) -> int:
    """Give a batch of what absent people hold to others; 0 when for now nothing is left."""
    due = Absence.objects.filter(Q(ends_at=None) | Q(ends_at__gt=at), hand_over_at__lte=at)
    return sum(_relieve(absence, at) for absence in due.order_by("hand_over_at", "pk"))


def planned_relief(agent: int, *, ends: datetime | None, at: datetime) -> dict[int, int | None]:
    """To whom each ticket of the agent would go, were they away from now until `ends`. Changes nothing."""
    return _shared(_left_by(agent, since=at, back=ends, most=None), agent, at)


@transaction.atomic
def _relieve(absence: Absence, at: datetime) -> int:
    # One worker at a time for each absence; a withdrawn one is gone by now.
    if not Absence.objects.select_for_update(skip_locked=True).filter(pk=absence.pk).exists():
        return 0
    _give_back(absence)
    left = _left_by(absence.agent_id, since=absence.hand_over_at or at, back=absence.ends_at, most=AT_ONCE)
    if not left:
        return 0
    locked = Ticket.objects.filter(pk__in=[one.ticket for one in left], assignee=absence.agent_id).order_by("pk")
    tickets = {ticket.pk: ticket for ticket in locked.select_for_update()}
    takers = _shared([one for one in left if one.ticket in tickets], absence.agent_id, at)
    by = Actor.agent(absence.changed_by_id) if absence.changed_by_id else SYSTEM
    events = [_event(tickets[ticket], to, absence.agent_id, by, at) for ticket, to in takers.items()]
    ledger.record_all(events, at=at)
    reached(Point.INSIDE_RELIEVING)
    _tell_leads(absence, [one for one in left if one.ticket in takers and takers[one.ticket] is None], at)
    return len(takers)


def _give_back(absence: Absence) -> None:
    """What they held when they went. What they take up all the same afterwards is theirs, or two would work on it."""
    assert absence.hand_over_at is not None  # only such are due
    Lease.objects.filter(agent=absence.agent_id, until__lte=absence.hand_over_at + HELD_FOR).delete()


def _event(ticket: Ticket, to: int | None, away: int, by: Actor, at: datetime) -> NewEvent:
    event = TicketAssigned(assignee=to, away=away)
    return NewEvent(ticket=ticket.pk, event=event, by=by, occurred_at=at, source_key=next_cause(ticket))


def _shared(left: Sequence[Left], agent: int, at: datetime) -> dict[int, int | None]:
    if not left:
        return {}
    colleagues = _colleagues({one.team for one in left}, agent, at)
    return shared(left, work_of([one.ticket for one in left]), list(colleagues.values()), at=at)


def _colleagues(teams: set[int], agent: int, at: datetime) -> Mapping[int, Colleague]:
    """Who of these teams, or sees them all, is not away."""
    gone = {agent, *away_at(at)}
    members = Agent.objects.filter(is_active=True, teams__in=teams).exclude(pk__in=gone).distinct()
    scopes = {one.pk: scope_of(one) for one in members}
    takers, shifts = takers_of(scopes, at=at), shifts_of(scopes)
    return {
        one: Colleague(taker=taker, scope=scopes[one], there_from=shifts[one].next_open(at))
        for one, taker in takers.items()
    }


def _left_by(agent: int, *, since: datetime, back: datetime | None, most: int | None) -> list[Left]:
    """The agent's tickets that need us before they are back, the most urgent ones first; not what they took `since`."""
    with connection.cursor() as cursor:
        cursor.execute(_LEFT, {"agent": agent, "since": since, "back": back, "most": most})
        return [Left(*row) for row in cursor]


def _tell_leads(absence: Absence, unassigned: Sequence[Left], at: datetime) -> None:
    """One notice for each lead and team: it leads to the most urgent of the tickets that nobody can take."""
    first = {one.team: one for one in reversed(unassigned)}
    leads = TeamMembership.objects.filter(team__in=first, leads=True, agent__is_active=True)
    Notice.objects.bulk_create(
        [
            Notice(
                ticket_id=first[team].ticket,
                key=f"absence:{absence.pk}:{LEFT_UNASSIGNED}",
                kind=LEFT_UNASSIGNED,
                recipient_id=lead,
                fell_due_at=at,
                shown_from=at,
                created_at=at,
            )
            for team, lead in leads.values_list("team_id", "agent_id")
        ],
        ignore_conflicts=True,
    )


# What an answer is leaving for needs nobody. What rests until they are back waits for them.
_LEFT = """
    SELECT ticket_id, team_id, store_id, brand_id, act_by FROM routing_queueplace place
    WHERE assignee_id = %(agent)s AND NOT on_its_way
      AND NOT EXISTS (
          SELECT FROM tickets_ticketevent event
          WHERE event.ticket_id = place.ticket_id AND event.kind = 'ticket_assigned' AND event.occurred_at >= %(since)s
            AND event.actor_kind = 'agent' AND event.actor_id = %(agent)s
            AND (event.facts ->> 'assignee')::bigint = %(agent)s)
      AND (%(back)s::timestamptz IS NULL OR actionable_from < %(back)s)
    ORDER BY queue_tier, sort_at, ticket_id LIMIT %(most)s
"""
