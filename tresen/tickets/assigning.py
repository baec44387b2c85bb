"""Who answers for a ticket, and which team works on it."""

from datetime import datetime

from django.db import transaction

from tresen.accounts.actors import Actor
from tresen.accounts.models import Agent, Team
from tresen.tickets import ledger
from tresen.tickets.events import TicketAssigned, TicketMoved
from tresen.tickets.locking import locked, next_cause
from tresen.tickets.models import Ticket


@transaction.atomic
def assign(ticket_id: int, *, assignee_id: int | None, by: Actor, at: datetime) -> Ticket:
    """Give the ticket to an agent, or to nobody. Raises Agent.DoesNotExist for one who is not there any more."""
    ticket = locked(ticket_id)
    if assignee_id is not None:
        Agent.objects.get(pk=assignee_id, is_active=True)
    if ticket.assignee_id != assignee_id:
        ledger.record(ticket_id, TicketAssigned(assignee=assignee_id), by=by, at=at, source_key=next_cause(ticket))
    return ticket


@transaction.atomic
def move(ticket_id: int, *, team_id: int, by: Actor, at: datetime) -> Ticket:
    """Give the ticket to another team. Its assignee stays when he is a member there."""
    ticket = locked(ticket_id)
    team = Team.objects.get(pk=team_id)
    if ticket.team_id == team_id:
        return ticket
    ledger.record(ticket_id, TicketMoved(team=team_id), by=by, at=at, source_key=next_cause(ticket))
    if ticket.assignee_id and not team.agents.filter(pk=ticket.assignee_id).exists():
        assign(ticket_id, assignee_id=None, by=by, at=at)
    return ticket
