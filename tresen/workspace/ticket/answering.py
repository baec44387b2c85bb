"""Answers, notes and drafts: what an agent writes."""

from datetime import datetime
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseClientRedirect

from tresen.channels.contract import OutboundAttachment
from tresen.duties.promising import promise_in
from tresen.outbox.models import Delivery, DeliveryState
from tresen.outbox.settling import CannotSettle, it_was_sent, send_again
from tresen.replies.answering import AnsweredMeanwhile, CannotAnswer, Then, answer, withdraw
from tresen.replies.drafting import keep_draft
from tresen.replies.owing import is_owed
from tresen.tickets.models import Conversation, Message, MessageKind, Ticket
from tresen.tickets.noting import add_note
from tresen.tickets.queries import conversations_of
from tresen.tickets.solving import SETTLED
from tresen.workspace.queue.runs import offer_run
from tresen.workspace.requests import AgentRequest, wants_part
from tresen.workspace.telling import Undo, tell, warn
from tresen.workspace.ticket.delivery_words import waits_for_morning
from tresen.workspace.ticket.forbidding import forbidden_words
from tresen.workspace.ticket.forms import NEXT, DraftForm, NoteForm, ReplyForm
from tresen.workspace.ticket.going import back_to, first_error, on_to_next
from tresen.workspace.ticket.page import ticket_or_404
from tresen.workspace.ticket.partners.asking import words_again
from tresen.workspace.ticket.verbs import Given, verb

ON_ITS_WAY = lazy("Answer on its way.")


@require_POST
def create_reply(request: AgentRequest, ticket_id: int) -> HttpResponse:
    """Send an answer; it leaves after a few seconds in which it can be taken back."""
    ticket = ticket_or_404(request, ticket_id)
    form = ReplyForm(request.POST, request.FILES)
    if not form.is_valid():
        return _not_sent(request, ticket.pk, first_error(form))
    if not _may_promise(form, request.at):
        return _not_sent(request, ticket.pk, _("Not sent: the time of the promise has passed. Choose one to come."))
    try:
        reply = _answer(request, ticket.pk, form)
    except AnsweredMeanwhile as meanwhile:
        return _ask(request, ticket.pk, meanwhile.message)
    except CannotAnswer as cannot:
        return _not_sent(request, ticket.pk, str(cannot))
    _promise(request, reply, form)
    ticket.refresh_from_db(fields=["status"])
    words = _where_it_is(reply.delivery, request.at)
    if form.cleaned_data["then"] == Then.SOLVE and ticket.status not in SETTLED:
        words = f"{words} {_why_open(ticket.pk)}"
    tell(request, words, undo=Undo(address=reverse("reply-withdrawal", args=[reply.pk]), values={}))
    if form.cleaned_data["then"] != NEXT:
        return back_to(ticket.pk)
    gone_on = on_to_next(request, leaving=ticket.pk)
    offer_run(request, answered=ticket.pk)
    return gone_on


def _where_it_is(delivery: Delivery, at: datetime) -> str:
    if delivery.state == DeliveryState.HELD:
        return _("Kept, not sent: the store only watches.")
    return waits_for_morning(delivery, at) or str(ON_ITS_WAY)


def _may_promise(form: ReplyForm, at: datetime) -> bool:
    due: datetime | None = form.cleaned_data["promise_due"]
    return due is None or due > at


def _why_open(ticket_id: int) -> str:
    if is_owed(ticket_id):
        return _("Not solved: an answer is still owed here.")
    return _("Not solved: a case, a promise or a legal request is still open here.")


def _answer(request: AgentRequest, ticket_id: int, form: ReplyForm) -> Message:
    given = form.cleaned_data
    return answer(
        ticket_id,
        conversation_id=given["conversation"],
        text=given["text"],
        answers_up_to=given["answers_up_to"],
        attachments=[
            OutboundAttachment(name=file.name, content_type=file.content_type, content=file.read())
            for file in given["attachments"]
        ],
        then=_then(given),
        submission=given["submission"],
        seen=given["seen"],
        readers=form.readers_chosen(),
        way=given["way"],
        must_leave=True,
        by=request.actor,
        at=request.at,
    )


def _then(given: Given) -> Then:
    """Who promises more has not solved it yet."""
    if given["then"] == NEXT or (given["then"] == Then.SOLVE and given["promise_due"]):
        return Then.KEEP_OPEN
    return Then(given["then"])


def _promise(request: AgentRequest, reply: Message, form: ReplyForm) -> None:
    """What the answer promises."""
    due: datetime | None = form.cleaned_data["promise_due"]
    if due is None:
        return
    kept_in = reply.conversation_id if form.cleaned_data["promise_kept"] else None
    promise_in(reply, due=due, kept_in=kept_in, by=request.actor, at=request.at)


def _not_sent(request: AgentRequest, ticket_id: int, sentence: str) -> HttpResponse:
    """Nothing is lost: what was typed is a draft, and the promise stands in its fields."""
    _keep_whole(request, ticket_id)
    warn(request, sentence)
    return _back_with(request, ticket_id)


def _ask(request: AgentRequest, ticket_id: int, other: int) -> HttpResponse:
    """The ticket with the answer that came between, and the question; sent from there, it goes."""
    _keep_whole(request, ticket_id)
    return _back_with(request, ticket_id, answered=other)


def _back_with(request: AgentRequest, ticket_id: int, **found: int) -> HttpResponse:
    promise = {name: request.POST[name] for name in ("promise_due", "promise_kept") if request.POST.get(name)}
    known = {**found, **(promise if "promise_due" in promise else {})}
    address = reverse("ticket", args=[ticket_id])
    return redirect(f"{address}?{urlencode(known)}" if known else address)


def _keep_whole(request: AgentRequest, ticket_id: int) -> None:
    _keep(request, ticket_id, request.at)
    if request.FILES:
        warn(request, _("A draft keeps no files: attach them again."))


@require_POST
def keep_typed(request: AgentRequest, ticket_id: int) -> HttpResponse:
    """Keep what was typed so far, and say what the platform forbids in it; 204 where it takes it."""
    ticket = ticket_or_404(request, ticket_id)
    kept = _keep(request, ticket.pk, request.at)
    words = forbidden_words(kept, request.POST.get("text", ""), at=request.at) if kept else ""
    return HttpResponse(words, content_type="text/plain; charset=utf-8") if words else HttpResponse(status=204)


def _keep(request: AgentRequest, ticket_id: int, at: datetime) -> Conversation | None:
    """The conversation in which the draft was kept; None where there is none such."""
    form = DraftForm(request.POST)
    own = {conversation.pk: conversation for conversation in conversations_of(ticket_id)}
    if not form.is_valid() or form.cleaned_data["conversation"] not in own:
        return None
    readers = form.readers_chosen() or ()
    given = form.cleaned_data
    keep_draft(given["conversation"], text=given["text"], readers=readers, by=request.actor, at=at)
    return own[given["conversation"]]


@verb(NoteForm)
def create_note(request: AgentRequest, ticket: Ticket, given: Given) -> None:
    """Keep a note that only colleagues see."""
    add_note(ticket.pk, text=given["text"], by=request.actor, at=request.at)
    tell(request, _("Note kept."))


@require_POST
def withdraw_reply(request: AgentRequest, message_id: int) -> HttpResponse:
    """Take an answer back while it has not left."""
    ticket = ticket_or_404(request, _ticket_of_answer(message_id))
    if not withdraw(message_id, by=request.actor, at=request.at):
        warn(request, _("Too late: the answer has left."))
        return back_to(ticket.pk)
    mail = Message.objects.get(pk=message_id)
    if mail.kind == MessageKind.THIRD_PARTY:
        tell(request, _("Taken back: nothing was asked. Your words stand here."))
        return redirect(words_again(mail))
    first = Delivery.objects.filter(message=message_id).exclude(opening="").first()
    if first is not None:
        tell(request, _("Taken back, not sent. Your text is here again."))
        form = f"{reverse('order-message', args=[first.order_id])}?ticket={ticket.pk}"
        return HttpResponseClientRedirect(form) if wants_part(request) else redirect(form)
    tell(request, _("Taken back. Your text is a draft again."))
    return back_to(ticket.pk)


@require_POST
def confirm_delivery(request: AgentRequest, delivery_id: int) -> HttpResponse:
    """The agent knows that the answer was sent."""
    ticket = ticket_or_404(request, _ticket_of_delivery(delivery_id))
    try:
        it_was_sent(delivery_id, by=request.actor, at=request.at)
        tell(request, _("Noted: it was sent."))
    except CannotSettle as cannot:
        warn(request, str(cannot))
    return back_to(ticket.pk)


@require_POST
def resend_delivery(request: AgentRequest, delivery_id: int) -> HttpResponse:
    """The agent wants the answer sent again."""
    ticket = ticket_or_404(request, _ticket_of_delivery(delivery_id))
    first_time = Delivery.objects.filter(pk=delivery_id, state=DeliveryState.HELD).exists()
    try:
        send_again(delivery_id, by=request.actor, at=request.at)
        tell(request, str(ON_ITS_WAY) if first_time else _("On its way again."))
    except CannotSettle as cannot:
        warn(request, str(cannot))
    return back_to(ticket.pk)


def _ticket_of_answer(message_id: int) -> int:
    return Delivery.objects.filter(message=message_id).values_list("message__ticket_id", flat=True).first() or 0


def _ticket_of_delivery(delivery_id: int) -> int:
    return Delivery.objects.filter(pk=delivery_id).values_list("message__ticket_id", flat=True).first() or 0
