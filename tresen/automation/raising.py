"""From words to the risk tier: a threat or a third attempt moves the ticket up as it comes in."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from tresen.accounts.actors import SYSTEM
from tresen.automation.understanding import LOW_TIER, Risk, risk_in
from tresen.tickets import ledger
from tresen.tickets.events import Key, MessageReceived, MessageReinterpreted, RiskSet
from tresen.tickets.heard import Heard, heard
from tresen.tickets.recorded import NewEvent, RecordedEvent
from tresen.tickets.solving import FIRST_MESSAGE

ORDINARY = Risk(2, Key(""))


def raise_risk(events: Sequence[RecordedEvent], at: datetime) -> None:
    """Record the tier that new messages ask for, where it is more urgent than the ticket's.

    Thanks and the like lower it only as a ticket's very first message; they never calm a raised one.
    """
    tickets = ledger.tickets_of({entry.ticket for entry in events})
    tiers = {ticket: now.state.risk_tier for ticket, now in tickets.items()}
    words = heard(
        entry.event.message
        for entry in events
        if isinstance(entry.event, MessageReceived | MessageReinterpreted) and entry.event.expects_answer
    )
    entries = []
    for entry in events:
        risk = _risk(entry, words)
        if risk is None or not _moves(entry, risk, present=tiers[entry.ticket]):
            continue
        tiers[entry.ticket] = risk.tier
        entries.append((entry, risk))
    if entries:
        histories = ledger.history_of({entry.ticket for entry, _ in entries})
        ledger.record_all([_raised(entry, risk, histories[entry.ticket]) for entry, risk in entries], at=at)


def _risk(entry: RecordedEvent, words: Mapping[int, Heard]) -> Risk | None:
    match entry.event:
        case MessageReceived(message=message) | MessageReinterpreted(message=message) if message in words:
            return risk_in(words[message].text, words[message].language) or ORDINARY
    return None


def _moves(entry: RecordedEvent, risk: Risk, *, present: int) -> bool:
    if risk.tier == LOW_TIER:
        return present == ORDINARY.tier and entry.sequence == FIRST_MESSAGE
    return risk.tier < present


def _raised(entry: RecordedEvent, risk: Risk, history: Sequence[RecordedEvent]) -> NewEvent:
    assert isinstance(entry.event, MessageReceived | MessageReinterpreted)
    return NewEvent(
        ticket=entry.ticket,
        event=RiskSet(tier=risk.tier, reason=risk.reason, message=entry.event.message),
        by=SYSTEM,
        # Whoever set the tier by hand had not read what was written before and came in since: it raises all the same.
        occurred_at=max(
            [entry.occurred_at, *(other.occurred_at for other in history if isinstance(other.event, RiskSet))]
        ),
        source_key=f"message:{entry.event.message}",
    )
