"""Filing, promising and noting what is owed besides answers; each end has its way back."""

from datetime import datetime

from django import forms
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from tresen.channels.cases import CaseKind
from tresen.duties import cases, promising, requesting
from tresen.duties.models import FormerWords, LegalRequest, Promise, PromiseKind, RequestKind
from tresen.duties.queries import notice_to_read
from tresen.duties.reading import read_notice
from tresen.duties.resuming import resume
from tresen.tickets.facts import Key
from tresen.tickets.models import Conversation, Ticket
from tresen.workspace.dates import day_and_time, local_input
from tresen.workspace.platform_notices.views import case_page
from tresen.workspace.requests import AgentRequest, number_given
from tresen.workspace.telling import tell, warn
from tresen.workspace.ticket.asking_again import ask_again, asks_again
from tresen.workspace.ticket.duties.forms import (
    CaseForm,
    ChangeEndForm,
    ChangeForm,
    EndingForm,
    PromiseForm,
    RequestForm,
    ResumptionForm,
)
from tresen.workspace.ticket.going import first_error
from tresen.workspace.ticket.typed import Again
from tresen.workspace.ticket.verbs import Given, verb, way_back


def _unreadable_case(request: AgentRequest, ticket: Ticket, given: forms.Form) -> HttpResponse:
    return _case_again(request, ticket, next(iter(given.errors)), first_error(given))


@verb(CaseForm, refused=_unreadable_case)
def create_case(request: AgentRequest, ticket: Ticket, given: Given) -> HttpResponse | None:
    """File a case by hand; with `notice` it is made of a notice that nobody understood."""
    try:
        case = cases.file_case(
            ticket.pk,
            kind=CaseKind(given["kind"]),
            due=given["due"],
            external_id=given["external_id"],
            order_number=given["order_number"],
            by=request.actor,
            at=request.at,
        )
    except cases.CaseKnown as known:
        where = f" #{known.ticket}" if known.ticket else ""
        field = "external_id" if given["external_id"] else "order_number"
        wrong = _("This case is known already:%(where)s.") % {"where": where}
        return _case_again(request, ticket, field, wrong)
    except ValueError:
        return _case_again(request, ticket, "due", _("Choose a time that is still to come."))
    if given["notice"]:
        read_notice(given["notice"], scope=request.scope, agent_id=request.agent.pk, at=request.at)
    undo = way_back("duty-end", ticket.pk, duty=f"case:{case.pk}", how="mistaken")
    tell(request, _("Case filed."), undo=undo)
    return None


def _case_again(request: AgentRequest, ticket: Ticket, field: str, wrong: str) -> HttpResponse:
    """The form again: beside the notice's words where it was sent from there."""
    number = number_given(request.POST, "notice")
    notice = notice_to_read(number, scope=request.scope) if number is not None else None
    if notice is None:
        return ask_again(request, ticket, "case", field=field, wrong=wrong)
    return case_page(request, notice, again=Again(form="case", typed=request.POST.dict(), field=field, wrong=wrong))


@verb(PromiseForm, refused=asks_again("promise"))
def create_promise(request: AgentRequest, ticket: Ticket, given: Given) -> HttpResponse | None:
    """Note a promise, or a date to chase somebody; where its time cannot be, what was typed stands there again."""
    due: datetime | None = given["due"]
    if due is None:
        return ask_again(request, ticket, "promise", field="due", wrong=_("Choose a date and time."))
    try:
        made = promising.promise(
            ticket.pk,
            due=due,
            kind=PromiseKind(given["kind"]),
            what=given["what"],
            kept_in=given["kept_in"],
            by=request.actor,
            at=request.at,
        )
    except ValueError:
        return ask_again(request, ticket, "promise", field="due", wrong=_("Choose a time that is still to come."))
    except Conversation.DoesNotExist:
        wrong = _("This conversation belongs to another ticket. Open it there.")
        return ask_again(request, ticket, "promise", field="kept_in", wrong=wrong)
    undo = way_back("duty-end", ticket.pk, duty=f"promise:{made.pk}", how="mistaken")
    tell(request, _("Noted: due %(when)s.") % {"when": day_and_time(due, request.at)}, undo=undo)
    return None


@verb(RequestForm, refused=asks_again("request"))
def create_request(request: AgentRequest, ticket: Ticket, given: Given) -> HttpResponse | None:
    """Note a legal request."""
    try:
        noted = requesting.note_request(
            ticket.pk,
            kind=RequestKind(given["kind"]),
            received_at=given["received_at"],
            by=request.actor,
            at=request.at,
        )
    except ValueError:
        wrong = _("It cannot have come later than now.")
        return ask_again(request, ticket, "request", field="received_at", wrong=wrong)
    undo = way_back("duty-end", ticket.pk, duty=f"legal:{noted.pk}", how="mistaken")
    tell(request, _("Legal request noted."), undo=undo)
    return None


@verb(EndingForm)
def create_end(request: AgentRequest, ticket: Ticket, given: Given) -> None:
    """It was answered, kept or fulfilled; or it is over in another way."""
    kind, number = _duty_of(ticket, given["duty"])
    how: str = given["how"]
    try:
        match kind:
            case "case" if how:
                cases.close_case(ticket.pk, number, outcome=how, by=request.actor, at=request.at)
            case "case":
                cases.answer_case(ticket.pk, number, by=request.actor, at=request.at)
            case "promise" if how:
                promising.drop_promise(number, reason=Key(how), by=request.actor, at=request.at)
            case "promise":
                promising.keep_promise(number, by=request.actor, at=request.at)
            case _ if how:
                requesting.withdraw_request(number, reason=Key(how), by=request.actor, at=request.at)
            case _:
                requesting.fulfil_request(number, by=request.actor, at=request.at)
    except cases.NoSuchCase:
        warn(request, _("This case is over already."))
        return
    undo = way_back("duty-resumption", ticket.pk, duty=given["duty"], said_at=request.at.isoformat())
    tell(request, _("Noted."), undo=undo)


def _unreadable_change(request: AgentRequest, ticket: Ticket, given: forms.Form) -> HttpResponse:
    return _change_again(request, ticket, next(iter(given.errors)), first_error(given))


@verb(ChangeForm, refused=_unreadable_change)
def create_change(request: AgentRequest, ticket: Ticket, given: Given) -> HttpResponse | None:
    """It is due at another time; a promise also says something else."""
    kind, number = _duty_of(ticket, given["duty"])
    due: datetime = given["due"]
    try:
        match kind:
            case "case":
                cases.move_case(ticket.pk, number, due=due, by=request.actor, at=request.at)
            case "promise":
                _change_promise(request, ticket, number, given)
                return None
            case _:
                requesting.move_request(number, due=due, by=request.actor, at=request.at)
    except ValueError:
        return _change_again(request, ticket, "due", _("Choose a time that is still to come."))
    except cases.NoSuchCase:
        warn(request, _("This case is over already."))
        return None
    tell(request, _("Noted: due %(when)s.") % {"when": day_and_time(due, request.at)})
    return None


def _change_again(request: AgentRequest, ticket: Ticket, field: str, wrong: str) -> HttpResponse:
    return ask_again(request, ticket, f"change:{request.POST.get('duty', '')}", field=field, wrong=wrong)


def _change_promise(request: AgentRequest, ticket: Ticket, number: int, given: Given) -> None:
    """What the form showed and nobody touched stays, also where a colleague has changed it since."""
    due = given["due"] if local_input(given["due"]) != given["due_before"] else None
    reworded = "what" in request.POST and given["what"] != given["what_before"]
    what = given["what"] if reworded else None
    before = promising.change_promise(number, due=due, what=what, by=request.actor, at=request.at)
    undo = None
    if before.due is None or before.due > request.at:  # a time that has passed cannot be promised again
        since, former = before.due.isoformat() if before.due else "", before.former or ""
        undo = way_back("duty-change-end", ticket.pk, duty=given["duty"], due=since, former=former)
    said = _("Noted: due %(when)s.") % {"when": day_and_time(due, request.at)} if due else _("Noted.")
    tell(request, said, undo=undo)


@verb(ChangeEndForm)
def end_change(request: AgentRequest, ticket: Ticket, given: Given) -> None:
    """The promise says what it said before, and is due then."""
    kind, number = _duty_of(ticket, given["duty"])
    if kind != "promise":
        raise Http404(given["duty"])
    before = promising.Before(due=given["due"], former=given["former"])
    try:
        promising.take_back_change(number, before, by=request.actor, at=request.at)
    except ValueError:
        warn(request, _("Choose a time that is still to come."))
        return
    except FormerWords.DoesNotExist as gone:
        raise Http404(given["duty"]) from gone
    tell(request, _("Taken back: it is as it was before."))


@verb(ResumptionForm)
def create_resumption(request: AgentRequest, ticket: Ticket, given: Given) -> None:
    """That it ended was a mistake."""
    _duty_of(ticket, given["duty"])
    resume(ticket.pk, given["duty"], ended_at=given["said_at"], by=request.actor, at=request.at)
    tell(request, _("Taken back: it is owed as before."))


def _duty_of(ticket: Ticket, key: str) -> tuple[str, int]:
    """The kind and number of a duty of this ticket; of another's it does not exist."""
    kind, _colon, number = key.partition(":")
    theirs = {"promise": Promise.objects.filter(ticket=ticket), "legal": LegalRequest.objects.filter(ticket=ticket)}
    if kind in theirs and not theirs[kind].filter(pk=number).exists():
        raise Http404(key)
    if kind == "case" and not ticket.cases.filter(case=int(number)).exists():
        raise Http404(key)
    return kind, int(number)
