"""From the ledger's events about duties to the facts that the clocks' fold reads. Pure."""

from collections.abc import Callable
from typing import Any

from tresen.clock import duties as d
from tresen.clock.clocks import ClockKind
from tresen.tickets import events as e
from tresen.tickets.recorded import RecordedEvent

MISTAKEN = "mistaken"
"""The reason that strikes a duty out: there never was one."""


def duty_fact(entry: RecordedEvent) -> d.DutyBegan | d.DutyMoved | d.DutyEnded | d.DutyResumed | None:
    """What this event tells of a duty; None where it tells nothing of any."""
    make = _MAKERS.get(type(entry.event))
    return make(entry.event, {"at": entry.occurred_at, "sequence": entry.sequence}) if make else None


def case_key(case: int) -> str:
    """The key of a case among the duties of its ticket."""
    return f"{ClockKind.CASE}:{case}"


def promise_key(promise: int) -> str:
    """The key of a promise among the duties of its ticket."""
    return f"{ClockKind.PROMISE}:{promise}"


def request_key(request: int) -> str:
    """The key of a legal request among the duties of its ticket."""
    return f"{ClockKind.LEGAL}:{request}"


def _case_opened(event: e.CaseOpened, told: Any) -> d.DutyBegan:
    return d.DutyBegan(
        **told,
        key=case_key(event.case),
        kind=ClockKind.CASE,
        metric=event.case_kind,
        due=event.due,
        critical=event.critical,
        pack=event.pack,
        asked=event.asked,
    )


def _case_moved(event: e.CaseDeadlineMoved, told: Any) -> d.DutyMoved:
    return d.DutyMoved(**told, key=case_key(event.case), due=event.due, pack=event.pack)


def _case_answered(event: e.CaseAnswered, told: Any) -> d.DutyEnded:
    return d.DutyEnded(**told, key=case_key(event.case), how=d.Ending.ANSWERED)


def _case_closed(event: e.CaseClosed, told: Any) -> d.DutyEnded:
    how = d.Ending.VOID if event.outcome == MISTAKEN else d.Ending.CLOSED
    return d.DutyEnded(**told, key=case_key(event.case), how=how, reason=event.outcome)


def _promise_made(event: e.PromiseMade, told: Any) -> d.DutyBegan:
    return d.DutyBegan(
        **told,
        key=promise_key(event.promise),
        kind=ClockKind.PROMISE,
        metric=event.promise_kind,
        due=event.due,
        kept_in=event.kept_in,
        after=event.after,
    )


def _promise_moved(event: e.PromiseMoved, told: Any) -> d.DutyMoved:
    return d.DutyMoved(**told, key=promise_key(event.promise), due=event.due)


def _promise_kept(event: e.PromiseKept, told: Any) -> d.DutyEnded:
    return d.DutyEnded(**told, key=promise_key(event.promise), how=d.Ending.KEPT)


def _promise_dropped(event: e.PromiseDropped, told: Any) -> d.DutyEnded:
    how = d.Ending.VOID if event.reason == MISTAKEN else d.Ending.WITHDRAWN
    return d.DutyEnded(**told, key=promise_key(event.promise), how=how, reason=event.reason)


def _request_received(event: e.LegalRequestReceived, told: Any) -> d.DutyBegan:
    return d.DutyBegan(
        **told,
        key=request_key(event.request),
        kind=ClockKind.LEGAL,
        metric=event.request_kind,
        due=event.due,
        pack=event.pack,
    )


def _request_moved(event: e.LegalRequestMoved, told: Any) -> d.DutyMoved:
    return d.DutyMoved(**told, key=request_key(event.request), due=event.due)


def _request_fulfilled(event: e.LegalRequestFulfilled, told: Any) -> d.DutyEnded:
    return d.DutyEnded(**told, key=request_key(event.request), how=d.Ending.FULFILLED)


def _request_withdrawn(event: e.LegalRequestWithdrawn, told: Any) -> d.DutyEnded:
    how = d.Ending.VOID if event.reason == MISTAKEN else d.Ending.WITHDRAWN
    return d.DutyEnded(**told, key=request_key(event.request), how=how, reason=event.reason)


def _resumed(event: e.DutyResumed, told: Any) -> d.DutyResumed:
    return d.DutyResumed(**told, key=event.duty, ended_at=event.ended_at)


_MAKERS: dict[type[e.Event], Callable[..., d.DutyBegan | d.DutyMoved | d.DutyEnded | d.DutyResumed]] = {
    e.CaseOpened: _case_opened,
    e.CaseDeadlineMoved: _case_moved,
    e.CaseAnswered: _case_answered,
    e.CaseClosed: _case_closed,
    e.PromiseMade: _promise_made,
    e.PromiseMoved: _promise_moved,
    e.PromiseKept: _promise_kept,
    e.PromiseDropped: _promise_dropped,
    e.LegalRequestReceived: _request_received,
    e.LegalRequestMoved: _request_moved,
    e.LegalRequestFulfilled: _request_fulfilled,
    e.LegalRequestWithdrawn: _request_withdrawn,
    e.DutyResumed: _resumed,
}
