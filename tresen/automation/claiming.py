"""A ticket is of tier 0 as long as a claim is open on it; when the last is over, its tier is what it was before."""

from collections.abc import Collection, Sequence
from datetime import datetime

from tresen.accounts.actors import SYSTEM
from tresen.automation.understanding import Risk
from tresen.channels.cases import CaseKind
from tresen.sla.keeping import forget, kept_of
from tresen.tickets import ledger
from tresen.tickets.events import Key, RiskSet
from tresen.tickets.recorded import NewEvent, RecordedEvent

CLAIM = Risk(0, Key("claim_filed"))
WARNING = Risk(0, Key("platform_warning"))
CALMED = Risk(2, Key("calmed"))
OF_CASES = frozenset({CLAIM.reason, WARNING.reason})
"""The reasons that last only as long as a case is open."""


def follow_claims(events: Sequence[RecordedEvent], at: datetime) -> None:
    """Record the tier that open claims ask for, or the one from before when none is open any more.

    It looks at how the cases stand, so that it does not matter which of the platform's mails comes first.
    """
    causes = {entry.ticket: entry for entry in events}
    forget(causes)
    kept = kept_of(causes, at=at)
    histories = ledger.history_of(causes)
    entries = []
    for ticket, cause in causes.items():
        now = kept[ticket].ticket.state
        risk = _risk(kept[ticket].state.critical, histories[ticket], reason=now.risk_reason)
        if risk is not None and (risk.tier, risk.reason) != (now.risk_tier, now.risk_reason):
            entries.append(_set(cause, risk, histories[ticket]))
    ledger.record_all(entries, at=at)
    forget(causes)


def _risk(claims: Collection[str], history: Sequence[RecordedEvent], *, reason: str) -> Risk | None:
    if claims:
        return WARNING if set(claims) == {CaseKind.POLICY_WARNING.value} else CLAIM
    if reason not in OF_CASES:
        return None
    before = [entry.event for entry in history if isinstance(entry.event, RiskSet)]
    last = next((event for event in reversed(before) if event.reason not in OF_CASES), None)
    return Risk(last.tier, last.reason) if last else CALMED


def _set(cause: RecordedEvent, risk: Risk, history: Sequence[RecordedEvent]) -> NewEvent:
    return NewEvent(
        ticket=cause.ticket,
        event=RiskSet(tier=risk.tier, reason=risk.reason),
        by=SYSTEM,
        # Later than whatever was set before: the tier stands for how the cases are now.
        occurred_at=max(
            [cause.occurred_at, *(entry.occurred_at for entry in history if isinstance(entry.event, RiskSet))]
        ),
        source_key=f"event:{cause.sequence}",
    )
