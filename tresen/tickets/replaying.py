"""Replaying the ledger: what each ticket's row should say."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from django.db import connection

from tresen.tickets import ledger_rows
from tresen.tickets.events import TicketOpened
from tresen.tickets.projection import TicketState, opened, project
from tresen.tickets.recorded import RecordedEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A stored row says something else than the ledger. `what` names row and field."""

    ticket: int
    what: str
    stored: str
    recomputed: str


def all_tickets(*, batch: int = 500) -> Iterator[list[int]]:
    """Every ticket's id, in batches."""
    last = 0
    while True:
        with connection.cursor() as cursor:
            cursor.execute("SELECT id FROM tickets_ticket WHERE id > %s ORDER BY id LIMIT %s", [last, batch])
            found = [ticket for (ticket,) in cursor]
        if not found:
            return
        last = found[-1]
        yield found


def replayed(history: Sequence[RecordedEvent]) -> TicketState | None:
    """The state that these events lead to; None where they do not begin with an opening."""
    if not history or not isinstance(history[0].event, TicketOpened):
        return None
    state = opened(history[0].event, at=history[0].occurred_at)
    for entry in history:
        state = project(state, entry.event, at=entry.occurred_at, sequence=entry.sequence)
    return state


def differences(tickets: Collection[int]) -> list[Difference]:
    """Where these tickets' rows differ from a replay of their events."""
    stored = ledger_rows.read_tickets(tickets)
    histories = ledger_rows.read(list(tickets))
    return [
        difference
        for ticket in tickets
        for difference in _compare(ticket, stored[ticket].state, replayed(histories.get(ticket, [])))
    ]


def _compare(ticket: int, stored: TicketState, recomputed: TicketState | None) -> Iterator[Difference]:
    if recomputed is None:
        yield Difference(ticket=ticket, what="ledger", stored="a row", recomputed="no opening event")
        return
    for name in TicketState.__struct_fields__:
        ours, theirs = getattr(stored, name), getattr(recomputed, name)
        if ours != theirs:
            yield Difference(ticket=ticket, what=f"ticket.{name}", stored=str(ours), recomputed=str(theirs))
