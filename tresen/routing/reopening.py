"""A ticket at rest whose answer did not arrive is work again."""

from collections.abc import Sequence
from datetime import datetime

from tresen.accounts.actors import SYSTEM, ActorKind
from tresen.routing.placing import all_answered, underway
from tresen.sla.keeping import Kept, forget, kept_of
from tresen.tickets import ledger
from tresen.tickets.events import (
    CaseDeadlineMoved,
    CaseOpened,
    DutyResumed,
    Key,
    LegalRequestMoved,
    LegalRequestReceived,
    MessageReinterpreted,
    PromiseMade,
    PromiseMoved,
    TicketReopened,
)
from tresen.tickets.models import Status
from tresen.tickets.recorded import NewEvent, RecordedEvent
from tresen.tickets.returned import not_arrived
from tresen.tickets.solving import RESTING, back_to_work_at

CAUSE = Key("owed_again")
DUTIES_SET = (
    CaseOpened,
    CaseDeadlineMoved,
    PromiseMade,
    PromiseMoved,
    LegalRequestReceived,
    LegalRequestMoved,
    DutyResumed,
)


def reopen_what_is_owed_again(events: Sequence[RecordedEvent], at: datetime) -> None:
    """Reopen what is at rest and is owed an answer again, because one came back, was refused or never was one.

    Not where another answer to it is on its way. Left solved, the ticket would be work in the queue and done in the
    list of what is solved, and be closed in the end; left waiting or snoozed, nobody would be given it before its day.
    One that did not arrive and that no clock asks for is work all the same: the buyer got nothing. A case, a promise or
    a legal request that begins, or gets another deadline, is work too.
    """
    causes = {entry.ticket: entry for entry in events if not _asks_for_nothing(entry)}
    resting = [ticket for ticket, now in ledger.tickets_of(causes).items() if now.state.status in RESTING]
    if not resting:
        return
    kept, histories = kept_of(resting, at=at), ledger.history_of(resting)
    owing = [ticket for ticket in resting if _owes_again(causes[ticket], kept[ticket], histories[ticket])]
    ledger.record_all([_reopening(causes[ticket], histories[ticket]) for ticket in owing], at=at)
    forget(owing)


def _owes_again(cause: RecordedEvent, kept: Kept, history: Sequence[RecordedEvent]) -> bool:
    if isinstance(cause.event, DUTIES_SET):
        # What an agent says himself ends no wait of his, only that all is solved.
        anew = cause.by.kind is not ActorKind.AGENT or kept.ticket.state.status == Status.SOLVED
        return anew and bool(kept.state.duties)
    return bool(not_arrived(history)) or (bool(kept.state.owed) and not all_answered(kept, underway(history)))


def _asks_for_nothing(entry: RecordedEvent) -> bool:
    return isinstance(entry.event, MessageReinterpreted) and not entry.event.expects_answer


def _reopening(cause: RecordedEvent, history: Sequence[RecordedEvent]) -> NewEvent:
    return NewEvent(
        ticket=cause.ticket,
        event=TicketReopened(cause=CAUSE),
        by=SYSTEM,
        occurred_at=back_to_work_at(cause, history),
        source_key=f"event:{cause.sequence}",
    )
