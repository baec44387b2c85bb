"""Asking a partner from a ticket: whom, what, what goes along, and when to chase the answer."""

from typing import Any
from uuid import uuid4

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tresen.accounts.models import Role
from tresen.orders.models import Order
from tresen.outbox.models import DeliveryState
from tresen.partners.asking import ask, ask_again
from tresen.partners.mailing import Wanted
from tresen.partners.models import Partner, PartnerKind, Question
from tresen.partners.proposing import NEEDED, Part, parts_of, reminder_for, subject_for, usual_chase_day, words_for
from tresen.partners.queries import partners_for
from tresen.partners.recognising import without_code
from tresen.partners.wording import CannotAsk
from tresen.tickets.locking import TicketSettled
from tresen.tickets.models import Direction, Message, Ticket, TicketOrder
from tresen.tickets.solving import SETTLED
from tresen.workspace.pages import show
from tresen.workspace.requests import AgentRequest, number_given
from tresen.workspace.telling import Undo, tell, warn
from tresen.workspace.ticket.going import back_to
from tresen.workspace.ticket.page import ticket_or_404
from tresen.workspace.ticket.partners.forms import AskForm, MailForm


@require_http_methods(["GET", "POST"])
def create_question(request: AgentRequest, ticket_id: int) -> HttpResponse:
    """Whom to ask; then the form of the question, and what it is sent to."""
    ticket = ticket_or_404(request, ticket_id)
    if ticket.status in SETTLED:
        return _over(request, ticket)
    partners = list(partners_for(ticket))
    chosen = number_given(request.GET, "partner")
    partner = next((one for one in partners if one.pk == chosen), partners[0] if len(partners) == 1 else None)
    if partner is None:
        return _page(request, ticket, {"partners": partners, "admin": request.agent.role == Role.ADMIN})
    form = _ask_form(request, ticket, partner)
    if request.method == "POST" and form.is_valid():
        try:
            question = ask(
                ticket.pk,
                partner_id=partner.pk,
                subject=form.cleaned_data["subject"],
                wanted=form.wanted(),
                by=request.actor,
                at=request.at,
            )
            return _asked(request, question)
        except CannotAsk as cannot:
            form.add_error(cannot.where if cannot.where in form.fields else None, str(cannot))
        except TicketSettled:
            return _over(request, ticket)
    return _page(request, ticket, {"partners": partners, "partner": partner, "form": form})


@require_http_methods(["GET", "POST"])
def create_repetition(request: AgentRequest, ticket_id: int, question_id: int) -> HttpResponse:
    """Ask again in the same thread: with one click in our words, or in the agent's own by a form."""
    ticket = ticket_or_404(request, ticket_id)
    question = question_or_404(ticket, question_id)
    if ticket.status in SETTLED:
        return _over(request, ticket)
    if request.method == "POST" and "quick" in request.POST:
        return _remind(request, question)
    first = {
        "text": _words_taken_back(request, question) or reminder_for(question.partner, sender=_sender(ticket)),
        "chase_on": usual_chase_day(question.partner, ticket, at=request.at),
        "submission": uuid4(),
    }
    form = MailForm(request.POST or None, request.FILES or None, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            ask_again(question.pk, wanted=form.wanted(), by=request.actor, at=request.at)
            return _asked(request, question)
        except CannotAsk as cannot:
            form.add_error(cannot.where if cannot.where in form.fields else None, str(cannot))
    return _page(request, ticket, {"partner": question.partner, "form": form, "question": question})


def question_or_404(ticket: Ticket, question_id: int) -> Question:
    """A question that was asked from this ticket."""
    rows = Question.objects.select_related("partner", "conversation", "ticket__brand")
    question = rows.filter(pk=question_id, ticket=ticket).first()
    if question is None:
        raise Http404
    return question


def words_again(mail: Message) -> str:
    """Where the words of a mail that was taken back can be changed and sent after all."""
    question = Question.objects.get(conversation=mail.conversation_id)
    first = Message.objects.filter(conversation=mail.conversation_id, direction=Direction.OUT).earliest("pk")
    if first.pk == mail.pk:
        address = reverse("questions", args=[mail.ticket_id])
        return f"{address}?partner={question.partner_id}&again={mail.pk}"
    return f"{reverse('question-again', args=[mail.ticket_id, question.pk])}?again={mail.pk}"


def _remind(request: AgentRequest, question: Question) -> HttpResponse:
    wanted = Wanted(
        text=reminder_for(question.partner, sender=_sender(question.ticket)),
        chase_on=usual_chase_day(question.partner, question.ticket, at=request.at),
        submission=uuid4(),
    )
    try:
        ask_again(question.pk, wanted=wanted, by=request.actor, at=request.at)
        return _asked(request, question)
    except CannotAsk as cannot:
        warn(request, str(cannot))
    return back_to(question.ticket_id)


def _asked(request: AgentRequest, question: Question) -> HttpResponse:
    ours = Message.objects.filter(conversation=question.conversation_id, direction=Direction.OUT)
    mail = ours.select_related("delivery").latest("pk")
    undo = Undo(address=reverse("reply-withdrawal", args=[mail.pk]), values={})
    held = mail.delivery.state == DeliveryState.HELD
    words = _("Kept, not sent: the store only watches.") if held else _("Your question to %(partner)s is on its way.")
    tell(request, words % {"partner": question.partner.name}, undo=undo)
    return back_to(question.ticket_id)


def _over(request: AgentRequest, ticket: Ticket) -> HttpResponse:
    warn(request, _("This ticket is over: open it again to ask somebody."))
    return back_to(ticket.pk)


def _page(request: AgentRequest, ticket: Ticket, context: dict[str, Any]) -> HttpResponse:
    form = context.get("form")
    status = 422 if form is not None and form.errors else 200
    nothing: dict[str, Any] = {"partners": [], "partner": None, "question": None, "form": None, "admin": False}
    context = {"ticket": ticket, "order": number_given(request.GET, "order"), **nothing, **context}
    return show(request, "ticket/question_page.html", "ticket/question.html", context, status=status)


def _ask_form(request: AgentRequest, ticket: Ticket, partner: Partner) -> AskForm:
    order, number = _order_of(request, ticket)
    parts = parts_of(ticket, order, number, language=partner.language)
    back = _taken_back(request, ticket)
    first = {
        "subject": without_code(back.subject) if back else subject_for(partner, order, number, ticket),
        "text": back.text if back else words_for(partner, sender=_sender(ticket)),
        "parts": [] if back else _needed(partner, parts),
        "chase_on": usual_chase_day(partner, ticket, at=request.at),
        "submission": uuid4(),
    }
    return AskForm(request.POST or None, request.FILES or None, known=parts, initial=first)


def _needed(partner: Partner, parts: dict[Part, str]) -> list[str]:
    return [part.value for part in parts if part in NEEDED[PartnerKind(partner.kind)]]


def _order_of(request: AgentRequest, ticket: Ticket) -> tuple[Order | None, str]:
    """The order it is about, as far as it is known: the one whose card led here, else the ticket's first."""
    named = TicketOrder.objects.filter(ticket=ticket).select_related("order").order_by("-primary", "pk")
    wanted = number_given(request.GET, "order")
    chosen = next((one for one in named if one.order_id == wanted and wanted is not None), None) or named.first()
    return (chosen.order, chosen.number) if chosen else (None, "")


def _taken_back(request: AgentRequest, ticket: Ticket) -> Message | None:
    again = number_given(request.GET, "again")
    return Message.objects.filter(pk=again, ticket=ticket, direction=Direction.OUT).first() if again else None


def _words_taken_back(request: AgentRequest, question: Question) -> str:
    mail = _taken_back(request, question.ticket)
    return mail.text if mail and mail.conversation_id == question.conversation_id else ""


def _sender(ticket: Ticket) -> str:
    """Who asks: the voice of the brand, as in every mail of it."""
    return ticket.brand.name
