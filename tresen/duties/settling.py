"""When a case is over and nobody ever wrote, its ticket is done: it was opened by a notice and reopened by the case."""

from collections.abc import Sequence
from datetime import datetime

from tresen.accounts.actors import SYSTEM, ActorKind
from tresen.sla.keeping import forget, kept_of
from tresen.tickets import ledger
from tresen.tickets.events import Key, MessageReceived, NoteAdded, ReplyQueued, TicketSolved
from tresen.tickets.models import Status
from tresen.tickets.recorded import NewEvent, RecordedEvent

BY_PEOPLE = (MessageReceived, ReplyQueued, NoteAdded)


def solve_what_only_a_case_opened(events: Sequence[RecordedEvent], at: datetime) -> None:
    """Solve an open ticket in which nothing is owed any more and nobody has written a word.

    Not where an agent closed the case: they may have more to do, and solve it themselves.
    """
    causes = {entry.ticket: entry for entry in events if entry.by.kind is not ActorKind.AGENT}
    tickets = ledger.tickets_of(causes)
    resting = [ticket for ticket, now in tickets.items() if now.state.status == Status.OPEN]
    if not resting:
        return
    histories = ledger.history_of(resting)
    kept = kept_of(resting, at=at)
    done = [
        ticket
        for ticket in resting
        if not (kept[ticket].state.duties or kept[ticket].state.owed)
        and not any(isinstance(entry.event, BY_PEOPLE) for entry in histories[ticket])
    ]
    ledger.record_all([_solved(causes[ticket], histories[ticket]) for ticket in done], at=at)
    forget(done)


def _solved(cause: RecordedEvent, history: Sequence[RecordedEvent]) -> NewEvent:
    return NewEvent(
        ticket=cause.ticket,
        event=TicketSolved(resolution=Key("nothing_owed")),
        by=SYSTEM,
        # Not before what happened to the ticket so far, however late we hear of the decision.
        occurred_at=max([cause.occurred_at, *(entry.occurred_at for entry in history)]),
        source_key=f"event:{cause.sequence}",
    )
