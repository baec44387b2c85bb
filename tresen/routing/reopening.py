"""A ticket at rest whose answer did not arrive is work again."""

from collections.abc import Sequence
from datetime import datetime

from tresen.accounts.actors import SYSTEM
from tresen.routing.placing import all_answered, underway
from tresen.sla.keeping import forget, kept_of
from tresen.tickets import ledger
from tresen.tickets.events import Key, MessageReinterpreted, TicketReopened
from tresen.tickets.recorded import NewEvent, RecordedEvent
from tresen.tickets.returned import not_arrived
from tresen.tickets.solving import RESTING, back_to_work_at

CAUSE = Key("owed_again")


def reopen_what_is_owed_again(events: Sequence[RecordedEvent], at: datetime) -> None:
    """Reopen what is at rest and is owed an answer again, because one came back, was refused or never was one.

    Not where another answer to it is on its way. Left solved, the ticket would be work in the queue and done in the
    list of what is solved, and be closed in the end; left waiting or snoozed, nobody would be given it before its day.
    One that did not arrive and that no clock asks for is work all the same: the buyer got nothing.
    """
    causes = {entry.ticket: entry for entry in events if not _asks_for_nothing(entry)}
    resting = [ticket for ticket, now in ledger.tickets_of(causes).items() if now.state.status in RESTING]
    if not resting:
        return
    kept, histories = kept_of(resting, at=at), ledger.history_of(resting)
    owing = [
        ticket
        for ticket in resting
        if not_arrived(histories[ticket])
        or (kept[ticket].state.owed and not all_answered(kept[ticket], underway(histories[ticket])))
    ]
    ledger.record_all([_reopening(causes[ticket], histories[ticket]) for ticket in owing], at=at)
    forget(owing)


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
