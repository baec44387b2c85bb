"""What happened to cases, promises and legal requests, in sentences."""

from datetime import datetime

from django.utils.translation import gettext as _

from tresen.sla.duty_sentences import duty_names
from tresen.tickets import events
from tresen.tickets.facts import Event
from tresen.workspace.dates import day_and_time

ICONS: dict[type[Event], str] = {
    events.CaseOpened: "gavel",
    events.CaseDeadlineMoved: "calendar-clock",
    events.CaseAnswered: "circle-check",
    events.CaseClosed: "archive",
    events.PromiseMade: "handshake",
    events.PromiseMoved: "calendar-clock",
    events.PromiseReworded: "pencil",
    events.PromiseKept: "circle-check",
    events.PromiseDropped: "circle-slash",
    events.LegalRequestReceived: "scale",
    events.LegalRequestMoved: "calendar-clock",
    events.LegalRequestFulfilled: "circle-check",
    events.LegalRequestWithdrawn: "circle-slash",
    events.DutyResumed: "undo-2",
}


def duty_event_words(event: Event, who: str, at: datetime, *, promised: str = "") -> str:
    """The event as a sentence in the active language; `at` is when it is read, `promised` what the promise says."""
    said = {"who": who, "what": _what(event), "when": _when(event, at), "words": promised}
    return (_quoting(event) if promised else _sentence(event)) % said


def _quoting(event: Event) -> str:
    """The sentences that say what was promised."""
    match event:
        case events.PromiseMade(promise_kind="follow_up"):
            return _("%(who)s noted a follow-up: “%(words)s”, due %(when)s")
        case events.PromiseMade():
            return _("%(who)s promised: “%(words)s”, due %(when)s")
        case events.PromiseMoved():
            return _("%(who)s moved the date to %(when)s: “%(words)s”")
        case events.PromiseReworded():
            return _("%(who)s changed the words of a promise: “%(words)s”")
        case events.PromiseKept():
            return _("%(who)s kept the promise: “%(words)s”")
        case _:
            return _("The promise no longer binds us: “%(words)s”")


def _sentence(event: Event) -> str:  # noqa: PLR0911 - one line for each kind
    match event:
        case events.CaseOpened(due=None):
            return _("Case opened: %(what)s")
        case events.CaseOpened():
            return _("Case opened: %(what)s, due %(when)s")
        case events.CaseDeadlineMoved(due=None):
            return _("The deadline was taken away")
        case events.CaseDeadlineMoved() | events.LegalRequestMoved() | events.PromiseMoved():
            return _("%(who)s moved the date to %(when)s")
        case events.CaseAnswered():
            return _("%(who)s answered the case at the platform")
        case events.CaseClosed():
            return _("The case is over")
        case _:
            return _of_promise(event)


def _of_promise(event: Event) -> str:
    match event:
        case events.PromiseMade(promise_kind="follow_up"):
            return _("%(who)s noted a follow-up, due %(when)s")
        case events.PromiseMade():
            return _("%(who)s made a promise, due %(when)s")
        case events.PromiseReworded():
            return _("%(who)s took the words of a promise away")
        case events.PromiseKept():
            return _("%(who)s kept the promise")
        case events.PromiseDropped():
            return _("The promise no longer binds us")
        case _:
            return _of_request(event)


def _of_request(event: Event) -> str:
    match event:
        case events.LegalRequestReceived(due=None):
            return _("%(who)s noted a legal request: %(what)s")
        case events.LegalRequestReceived():
            return _("%(who)s noted a legal request: %(what)s, due %(when)s")
        case events.LegalRequestFulfilled():
            return _("%(who)s fulfilled the legal request")
        case events.LegalRequestWithdrawn():
            return _("The legal request needs no more of us")
        case _:
            return _("%(who)s took that back: it is owed as before")


def _what(event: Event) -> str:
    match event:
        case events.CaseOpened(case_kind=kind) | events.LegalRequestReceived(request_kind=kind):
            return duty_names().get(kind, kind)
        case _:
            return ""


def _when(event: Event, at: datetime) -> str:
    due = getattr(event, "due", None)
    return day_and_time(due, at) if due is not None else ""
