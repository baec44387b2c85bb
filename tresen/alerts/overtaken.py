"""What becomes of an offer when the ticket is given to somebody before anyone has accepted it."""

from collections.abc import Sequence
from datetime import datetime

from tresen.accounts.actors import ActorKind
from tresen.alerts.models import HandOver, HandOverState
from tresen.tickets import ledger
from tresen.tickets.events import HandOverAccepted, HandOverWithdrawn, TicketAssigned
from tresen.tickets.recorded import NewEvent, RecordedEvent


def settle_overtaken_offers(events: Sequence[RecordedEvent], at: datetime) -> None:
    """Given to whom it was offered to, an offer is accepted; given to anybody else but the giver, it is withdrawn."""
    given = {entry.ticket: entry for entry in events if isinstance(entry.event, TicketAssigned)}
    offers = HandOver.objects.filter(ticket__in=given, state=HandOverState.OFFERED).order_by("pk").select_for_update()
    record: list[NewEvent] = []
    settled: list[HandOver] = []
    for made in offers:
        entry = given[made.ticket_id]
        state = _outcome(made, entry)
        if state is None:
            continue
        made.state, made.settled_at = state, entry.occurred_at
        made.settled_by_id = entry.by.id if entry.by.kind is ActorKind.AGENT else None
        settled.append(made)
        record.append(_settling(made, entry))
    HandOver.objects.bulk_update(settled, ["state", "settled_at", "settled_by"])
    ledger.record_all(record, at=at)


def _outcome(made: HandOver, entry: RecordedEvent) -> HandOverState | None:
    assert isinstance(entry.event, TicketAssigned)
    if entry.event.assignee == made.giver_id:
        return None
    accepted = made.to_agent_id is not None and entry.event.assignee == made.to_agent_id
    return HandOverState.ACCEPTED if accepted else HandOverState.WITHDRAWN


def _settling(made: HandOver, entry: RecordedEvent) -> NewEvent:
    accepted = made.state == HandOverState.ACCEPTED
    return NewEvent(
        ticket=made.ticket_id,
        event=HandOverAccepted(hand_over=made.pk) if accepted else HandOverWithdrawn(hand_over=made.pk),
        by=entry.by,
        occurred_at=entry.occurred_at,
        source_key=f"overtaken:{made.pk}",
    )
