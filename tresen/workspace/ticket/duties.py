"""Filing, promising and noting what is owed besides answers; each end has its way back."""

from datetime import datetime

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from tresen.channels.cases import CaseKind
from tresen.duties import cases, promising, requesting
from tresen.duties.models import LegalRequest, Promise, PromiseKind, RequestKind
from tresen.duties.reading import read_notice
from tresen.tickets.facts import Key
from tresen.tickets.models import Conversation, Ticket
from tresen.workspace.dates import day_and_time
from tresen.workspace.requests import AgentRequest
from tresen.workspace.telling import tell, warn
from tresen.workspace.ticket.duty_forms import (
    CaseForm,
    DateForm,
    EndingForm,
    PromiseForm,
    RequestForm,
    ResumptionForm,
)
from tresen.workspace.ticket.showing import show_ticket
from tresen.workspace.ticket.verbs import Given, verb, way_back


@verb(CaseForm)
def create_case(request: AgentRequest, ticket: Ticket, given: Given) -> None:
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
        warn(request, _("This case is known already:%(where)s.") % {"where": where})
        return
    except ValueError:
        warn(request, _("Choose a time that is still to come."))
        return
    if given["notice"]:
        read_notice(given["notice"], scope=request.scope, agent_id=request.agent.pk, at=request.at)
    undo = way_back("duty-end", ticket.pk, duty=f"case:{case.pk}", how="mistaken")
    tell(request, _("Case filed."), undo=undo)


@verb(PromiseForm)
def create_promise(request: AgentRequest, ticket: Ticket, given: Given) -> HttpResponse | None:
    """Note a promise, or a date to chase somebody; where its time cannot be, what was typed stands there again."""
    due: datetime | None = given["due"]
    if due is None:
        return _ask_again(request, ticket, given, _("Choose a date and time."))
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
        return _ask_again(request, ticket, given, _("Choose a time that is still to come."))
    except Conversation.DoesNotExist:
        return _ask_again(request, ticket, given, _("This conversation belongs to another ticket. Open it there."))
    undo = way_back("duty-end", ticket.pk, duty=f"promise:{made.pk}", how="mistaken")
    tell(request, _("Noted: due %(when)s.") % {"when": day_and_time(due, request.at)}, undo=undo)
    return None


def _ask_again(request: AgentRequest, ticket: Ticket, given: Given, sentence: str) -> HttpResponse:
    warn(request, sentence)
    return show_ticket(request, ticket, promise_typed=given)


@verb(RequestForm)
def create_request(request: AgentRequest, ticket: Ticket, given: Given) -> None:
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
        warn(request, _("It cannot have come later than now."))
        return
    undo = way_back("duty-end", ticket.pk, duty=f"legal:{noted.pk}", how="mistaken")
    tell(request, _("Legal request noted."), undo=undo)


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


@verb(DateForm)
def create_date(request: AgentRequest, ticket: Ticket, given: Given) -> None:
    """It is due at another time."""
    kind, number = _duty_of(ticket, given["duty"])
    due: datetime = given["due"]
    try:
        match kind:
            case "case":
                cases.move_case(ticket.pk, number, due=due, by=request.actor, at=request.at)
            case "promise":
                promising.move_promise(number, due=due, by=request.actor, at=request.at)
            case _:
                requesting.move_request(number, due=due, by=request.actor, at=request.at)
    except ValueError:
        warn(request, _("Choose a time that is still to come."))
        return
    except cases.NoSuchCase:
        warn(request, _("This case is over already."))
        return
    tell(request, _("Noted: due %(when)s.") % {"when": day_and_time(due, request.at)})


@verb(ResumptionForm)
def create_resumption(request: AgentRequest, ticket: Ticket, given: Given) -> None:
    """That it ended was a mistake."""
    _duty_of(ticket, given["duty"])
    cases.resume(ticket.pk, given["duty"], ended_at=given["said_at"], by=request.actor, at=request.at)
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
