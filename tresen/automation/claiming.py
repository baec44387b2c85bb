"""A ticket is of tier 0 as long as a claim is open on it; when the last is over, its tier is what it is without."""

from collections.abc import Collection, Sequence
from datetime import datetime

from tresen.accounts.actors import SYSTEM
from tresen.automation.understanding import Risk, risk_in
from tresen.channels.cases import CaseKind
from tresen.sla.keeping import forget, kept_of
from tresen.tickets import ledger
from tresen.tickets.events import CaseClosed, CaseOpened, Key, MessageReceived, RiskSet
from tresen.tickets.heard import Heard, heard
from tresen.tickets.recorded import NewEvent, RecordedEvent

CLAIM = Risk(0, Key("claim_filed"))
WARNING = Risk(0, Key("platform_warning"))
CALMED = Risk(2, Key("calmed"))
OF_CASES = frozenset({CLAIM.reason, WARNING.reason})
"""The reasons that last only as long as a case is open."""
DONE_BY_A_CLAIM = OF_CASES | {Key("a_to_z_threat")}
"""What buyers write of a claim, which the claim itself settles."""
MOST_HEARD = 200

type History = Sequence[RecordedEvent]


def follow_claims(events: Sequence[RecordedEvent], at: datetime) -> None:
    """Record the tier that open claims ask for, or the one without them when none is open any more.

    It looks at how the cases stand, so that it does not matter which of the platform's mails comes first.
    """
    causes = {entry.ticket: entry for entry in events}
    forget(causes)
    kept = kept_of(causes, at=at)
    histories = ledger.history_of(causes)
    over = {ticket for ticket, history in histories.items() if not kept[ticket].state.critical and _is_over(history)}
    written = {ticket: _written_meanwhile(histories[ticket]) for ticket in over}
    words = heard(message for messages in written.values() for message in messages)
    entries = []
    for ticket, cause in causes.items():
        now, claims = kept[ticket].ticket.state, kept[ticket].state.critical
        risk = _of(claims) if claims else None
        if ticket in over:
            risk = _without(histories[ticket], [words[message] for message in written[ticket] if message in words])
        if risk is not None and (risk.tier, risk.reason) != (now.risk_tier, now.risk_reason):
            entries.append(_set(cause, risk, histories[ticket]))
    ledger.record_all(entries, at=at)
    forget(causes)


def _of(claims: Collection[str]) -> Risk:
    return WARNING if set(claims) == {CaseKind.POLICY_WARNING.value} else CLAIM


def _is_over(history: History) -> bool:
    """Whether the tier stands for a claim that is over.

    A buyer's word that he has filed one stands until a claim is closed: no other case makes it untrue.
    """
    now = max(_risks(history), key=_moment, default=None)
    if now is None or not isinstance(now.event, RiskSet) or now.event.reason not in OF_CASES:
        return False
    if now.event.message is None:
        return True
    critical = {one.event.case for one in history if isinstance(one.event, CaseOpened) and one.event.critical}
    closed = [one for one in history if isinstance(one.event, CaseClosed) and one.event.case in critical]
    return any(one.occurred_at >= now.occurred_at for one in closed)


def _written_meanwhile(history: History) -> list[int]:
    """The messages that came while the claim alone set the tier, under which nobody else's words could raise it."""
    calm = max((_moment(one) for one in _risks(history) if not _is_of_cases(one)), default=None)
    since = min(_moment(one) for one in _risks(history) if calm is None or _moment(one) > calm)
    told = [one.event for one in history if _moment(one) > since and isinstance(one.event, MessageReceived)]
    return [event.message for event in told if event.expects_answer][-MOST_HEARD:]


def _without(history: History, words: Collection[Heard]) -> Risk:
    """The tier from before, or what was written meanwhile asks for where that is more urgent."""
    last = max((one for one in _risks(history) if not _is_of_cases(one)), key=_moment, default=None)
    before = Risk(last.event.tier, last.event.reason) if last and isinstance(last.event, RiskSet) else CALMED
    said = [risk for one in words if (risk := risk_in(one.text, one.language)) and risk.reason not in DONE_BY_A_CLAIM]
    return min([before, *said], key=lambda risk: risk.tier)


def _risks(history: History) -> list[RecordedEvent]:
    return [one for one in history if isinstance(one.event, RiskSet)]


def _is_of_cases(entry: RecordedEvent) -> bool:
    return isinstance(entry.event, RiskSet) and entry.event.reason in OF_CASES


def _moment(entry: RecordedEvent) -> tuple[datetime, int]:
    return entry.occurred_at, entry.sequence


def _set(cause: RecordedEvent, risk: Risk, history: History) -> NewEvent:
    return NewEvent(
        ticket=cause.ticket,
        event=RiskSet(tier=risk.tier, reason=risk.reason),
        by=SYSTEM,
        # Later than whatever was set before: the tier stands for how the cases are now.
        occurred_at=max([cause.occurred_at, *(entry.occurred_at for entry in _risks(history))]),
        source_key=f"event:{cause.sequence}",
    )
