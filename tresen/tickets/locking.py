"""A ticket held for the length of an operation."""

from tresen.tickets.models import Ticket


def locked(ticket_id: int) -> Ticket:
    """The ticket, locked until the transaction ends. Raises Ticket.DoesNotExist."""
    return Ticket.objects.select_for_update().get(pk=ticket_id)


def next_cause(ticket: Ticket) -> str:
    """A source key for what an agent does now: each action is its own cause, in the ledger's order."""
    return f"action:{ticket.last_sequence + 1}"
