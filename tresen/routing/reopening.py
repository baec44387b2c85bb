"""A solved ticket whose answer did not arrive is work again."""

from collections.abc import Sequence
from datetime import datetime

from tresen.accounts.actors import SYSTEM
from tresen.routing.placing import all_answered, underway
from tresen.sla.keeping import forget, kept_of
from tresen.tickets import ledger
from tresen.tickets.events import Key, TicketReopened
from tresen.tickets.models import Status
from tresen.tickets.recorded import NewEvent, RecordedEvent

CAUSE = Key("owed_again")


def reopen_what_is_owed_again(events: Sequence[RecordedEvent], at: datetime) -> None:
    """Reopen what was solved and is owed an answer again, because one came back, was refused or never was one.

    Not where another answer to it is on its way. Left solved, the ticket would be work in the queue and done in the
    list of what is solved, and be closed in the end.
    """
    causes = {entry.ticket: entry for entry in events}
    solved = [ticket for ticket, now in ledger.tickets_of(causes).items() if now.state.status == Status.SOLVED]
    if not solved:
        return
    kept, histories = kept_of(solved, at=at), ledger.history_of(solved)
    owing = [
        ticket
        for ticket in solved
        if kept[ticket].state.owed and not all_answered(kept[ticket], underway(histories[ticket]))
    ]
    ledger.record_all([_reopening(causes[ticket]) for ticket in owing], at=at)
    forget(owing)


def _reopening(cause: RecordedEvent) -> NewEvent:
    return NewEvent(
        ticket=cause.ticket,
        event=TicketReopened(cause=CAUSE),
        by=SYSTEM,
        occurred_at=cause.occurred_at,
        source_key=f"event:{cause.sequence}",
    )
