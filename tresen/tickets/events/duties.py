"""What a ticket owes besides answers: cases of the platform, promises of ours, legal requests."""

from datetime import datetime
from typing import ClassVar

from tresen.tickets.facts import Event, Key


class CaseOpened(Event, frozen=True, kw_only=True):
    """A claim, chargeback or request with a deadline of its own, told by a notice (`message`), a connector or by hand.

    Told again by another mail, it is the same case. `critical`: the ticket is of tier 0 as long as it is open. `due` is
    None while nobody knows until when; `pack` names the edition of the platform's rules that set it, where one did.
    Not `asked`: the platform only says that it is there, and may ask us something later.
    """

    kind: ClassVar[str] = "case_opened"
    case: int
    case_kind: Key
    due: datetime | None = None
    critical: bool = False
    pack: Key = Key("")
    message: int | None = None
    asked: bool = True


class CaseDeadlineMoved(Event, frozen=True, kw_only=True):
    """The platform set another deadline, or (None) took it away; a person may also have corrected it.

    `pack` names the rules that set it, where other rules of the platform came to count.
    """

    kind: ClassVar[str] = "case_deadline_moved"
    case: int
    due: datetime | None
    message: int | None = None
    pack: Key = Key("")


class CaseAnswered(Event, frozen=True, kw_only=True):
    """Somebody answered the case at the platform. The buyer's clocks run on; the platform decides now."""

    kind: ClassVar[str] = "case_answered"
    case: int


class CaseClosed(Event, frozen=True, kw_only=True):
    """The case is over: won, lost, withdrawn, or (mistaken) it never was one."""

    kind: ClassVar[str] = "case_closed"
    case: int
    outcome: Key
    message: int | None = None


class PromiseMade(Event, frozen=True, kw_only=True):
    """We promised the counterpart something by `due`, or set ourselves a date to chase somebody.

    The next accepted answer in the conversation `kept_in` that is a later message than `after` keeps it.
    """

    kind: ClassVar[str] = "promise_made"
    promise: int
    promise_kind: Key
    due: datetime
    kept_in: int | None = None
    after: int = 0


class PromiseMoved(Event, frozen=True, kw_only=True):
    """It was agreed on another time."""

    kind: ClassVar[str] = "promise_moved"
    promise: int
    due: datetime


class PromiseReworded(Event, frozen=True, kw_only=True):
    """It was put in other words; what it said before stands beside the ledger, as `former`. Its clock runs on."""

    kind: ClassVar[str] = "promise_reworded"
    promise: int
    former: int


class PromiseKept(Event, frozen=True, kw_only=True):
    """An agent says that it was kept."""

    kind: ClassVar[str] = "promise_kept"
    promise: int


class PromiseDropped(Event, frozen=True, kw_only=True):
    """It binds us no longer: for a reason, or because the answer that gave it was taken back."""

    kind: ClassVar[str] = "promise_dropped"
    promise: int
    reason: Key


class LegalRequestReceived(Event, frozen=True, kw_only=True):
    """The customer asks for something that the law grants by a date: a copy of his data, his money back."""

    kind: ClassVar[str] = "legal_request_received"
    request: int
    request_kind: Key
    due: datetime | None
    pack: Key = Key("")


class LegalRequestMoved(Event, frozen=True, kw_only=True):
    """The time was extended, or the date corrected."""

    kind: ClassVar[str] = "legal_request_moved"
    request: int
    due: datetime


class LegalRequestFulfilled(Event, frozen=True, kw_only=True):
    """Done, by whom and when the event says."""

    kind: ClassVar[str] = "legal_request_fulfilled"
    request: int


class LegalRequestWithdrawn(Event, frozen=True, kw_only=True):
    """It needs no more of us: withdrawn by the customer, refused for a reason, or it never was one (mistaken)."""

    kind: ClassVar[str] = "legal_request_withdrawn"
    request: int
    reason: Key


class DutyResumed(Event, frozen=True, kw_only=True):
    """That a case, promise or request had ended at this instant was said by mistake: it is owed as before."""

    kind: ClassVar[str] = "duty_resumed"
    duty: Key
    ended_at: datetime
