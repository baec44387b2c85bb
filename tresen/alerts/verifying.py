"""Comparing what is stored of ladders and hand-overs with the ledger."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence

from tresen.alerts.models import HandOver, HandOverState
from tresen.sla.models import LadderStep, StepOutcome
from tresen.tickets import ledger
from tresen.tickets.events import (
    HandOverAccepted,
    HandOverOffered,
    HandOverReturned,
    HandOverWithdrawn,
    LadderStepTaken,
)
from tresen.tickets.recorded import RecordedEvent
from tresen.tickets.replaying import Difference

STATES = {
    HandOverOffered: HandOverState.OFFERED,
    HandOverAccepted: HandOverState.ACCEPTED,
    HandOverReturned: HandOverState.HANDED_BACK,
    HandOverWithdrawn: HandOverState.WITHDRAWN,
}
NOT_TAKEN = "not taken"


def differences(tickets: Collection[int]) -> list[Difference]:
    """Where these tickets' steps and hand-overs differ from what the ledger tells."""
    stored: defaultdict[int, dict[str, str]] = defaultdict(dict)
    taken = LadderStep.objects.filter(ticket__in=tickets, outcome=StepOutcome.TAKEN)
    for ticket, key in taken.values_list("ticket_id", "key"):
        stored[ticket][f"ladder step {key}"] = StepOutcome.TAKEN.value
    for ticket, made, state in HandOver.objects.filter(ticket__in=tickets).values_list("ticket_id", "pk", "state"):
        stored[ticket][f"hand-over {made}"] = state
    return [
        difference
        for ticket, history in ledger.history_of(tickets).items()
        for difference in _compare(ticket, stored[ticket], dict(_told(history)))
    ]


def _told(history: Sequence[RecordedEvent]) -> Iterator[tuple[str, str]]:
    """What each step and hand-over is by its last event."""
    for entry in history:
        match entry.event:
            case LadderStepTaken():
                yield f"ladder step {entry.source_key}", StepOutcome.TAKEN.value
            case (
                HandOverOffered(hand_over=made)
                | HandOverAccepted(hand_over=made)
                | HandOverReturned(hand_over=made)
                | HandOverWithdrawn(hand_over=made)
            ):
                yield f"hand-over {made}", STATES[type(entry.event)].value


def _compare(ticket: int, stored: dict[str, str], told: dict[str, str]) -> Iterator[Difference]:
    for what in sorted(stored.keys() | told.keys()):
        ours, theirs = stored.get(what, NOT_TAKEN), told.get(what, NOT_TAKEN)
        if ours != theirs:
            yield Difference(ticket=ticket, what=what, stored=ours, recomputed=theirs)
