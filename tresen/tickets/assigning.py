"""Who answers for a ticket, and which team works on it."""

from datetime import datetime

from django.db import transaction

from tresen.accounts.actors import Actor
from tresen.accounts.models import Agent, Team
from tresen.stores.granting import scope_of
from tresen.tickets import ledger
from tresen.tickets.events import TicketAssigned, TicketMoved
from tresen.tickets.locking import TicketSettled, locked, next_cause
from tresen.tickets.models import Status, Ticket
from tresen.tickets.recorded import NewEvent
from tresen.tickets.solving import SETTLED


class CannotSee(ValueError):
    """This agent may not see the ticket: with him nobody would ever answer it."""


class Taken(ValueError):
    """Somebody answers for this ticket already. `by`: the agent's number."""

    def __init__(self, *, by: int) -> None:
        super().__init__(f"Agent {by} has it.")
        self.by = by


@transaction.atomic
def assign(ticket_id: int, *, assignee_id: int | None, by: Actor, at: datetime) -> Ticket:
    """Give the ticket to an agent, or to nobody; gives it as it stood before.

    Raises TicketSettled where the work is over, Agent.DoesNotExist for an agent who is not there any more, CannotSee
    for one whose scope does not show it.
    """
    ticket = locked(ticket_id)
    if ticket.status in SETTLED:
        raise TicketSettled(ticket.status)
    _give(ticket, assignee_id, by=by, at=at)
    return ticket


@transaction.atomic
def take(ticket_id: int, *, agent_id: int, by: Actor, at: datetime) -> Ticket:
    """Give the ticket to an agent if nobody has it: of two at once, one gets it. Raises Taken, or as `assign`."""
    ticket = locked(ticket_id)
    if ticket.assignee_id is not None:
        raise Taken(by=ticket.assignee_id)
    return assign(ticket_id, assignee_id=agent_id, by=by, at=at)


def _give(ticket: Ticket, assignee_id: int | None, *, by: Actor, at: datetime) -> None:
    if assignee_id is not None:
        scope = scope_of(Agent.objects.get(pk=assignee_id, is_active=True))
        if not scope.shows(team=ticket.team_id, store=ticket.store_id, brand=ticket.brand_id):
            raise CannotSee(f"Agent {assignee_id} does not see ticket {ticket.pk}.")
    if ticket.assignee_id != assignee_id:
        ledger.record(ticket.pk, TicketAssigned(assignee=assignee_id), by=by, at=at, source_key=next_cause(ticket))


@transaction.atomic
def give_back_unseen(agent_id: int, *, by: Actor, at: datetime) -> int:
    """Give back what is assigned to an agent who sees it no longer; gives how many tickets that were."""
    scope = scope_of(Agent.objects.get(pk=agent_id))
    own = Ticket.objects.filter(assignee=agent_id).exclude(status=Status.CLOSED).order_by("pk").select_for_update()
    unseen = [
        ticket for ticket in own if not scope.shows(team=ticket.team_id, store=ticket.store_id, brand=ticket.brand_id)
    ]
    return len(ledger.record_all([_given_back(ticket, by, at) for ticket in unseen], at=at))


def _given_back(ticket: Ticket, by: Actor, at: datetime) -> NewEvent:
    event = TicketAssigned(assignee=None)
    return NewEvent(ticket=ticket.pk, event=event, by=by, occurred_at=at, source_key=next_cause(ticket))


@transaction.atomic
def move(ticket_id: int, *, team_id: int, by: Actor, at: datetime) -> Ticket:
    """Give the ticket to another team. Its assignee stays when he is a member there."""
    ticket = locked(ticket_id)
    team = Team.objects.get(pk=team_id)
    if ticket.team_id == team_id:
        return ticket
    ledger.record(ticket_id, TicketMoved(team=team_id), by=by, at=at, source_key=next_cause(ticket))
    if ticket.assignee_id and not team.agents.filter(pk=ticket.assignee_id).exists():
        _give(locked(ticket_id), None, by=by, at=at)
    return ticket
