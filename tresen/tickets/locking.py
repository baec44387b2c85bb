"""A ticket held for the length of an operation."""

from tresen.tickets.models import Ticket


class TicketSettled(ValueError):
    """The ticket's work is over: a solved one is opened again first, a closed one never. `status` says which."""

    def __init__(self, status: str) -> None:
        super().__init__(f"This ticket is {status}.")
        self.status = status


def locked(ticket_id: int) -> Ticket:
    """The ticket, locked until the transaction ends. Raises Ticket.DoesNotExist."""
    return Ticket.objects.select_for_update().get(pk=ticket_id)


def next_cause(ticket: Ticket) -> str:
    """A source key for what an agent does now: each action is its own cause, in the ledger's order."""
    return f"action:{ticket.last_sequence + 1}"
