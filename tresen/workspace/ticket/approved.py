"""Answering by an approved template, where the channel takes no free words any more."""

from collections.abc import Mapping
from uuid import UUID, uuid4

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from tresen.channels.approved_templates import ApprovedTemplate
from tresen.replies.approved import LONGEST_VALUE, answer_in_template, templates_at
from tresen.replies.permitting import CannotAnswer
from tresen.replies.prefilling import known_of
from tresen.stores.connectors import connector_of
from tresen.tickets.models import Conversation, Message, Ticket
from tresen.tickets.queries import newest_message
from tresen.workspace.pages import show
from tresen.workspace.requests import AgentRequest, number_given
from tresen.workspace.telling import Undo, tell
from tresen.workspace.ticket.answering import ON_ITS_WAY
from tresen.workspace.ticket.approved_shown import Typed, templates_shown
from tresen.workspace.ticket.going import back_to
from tresen.workspace.ticket.page import ticket_or_404

VALUE = "value-"
"""What stands before a variable's name in its field's."""


@require_http_methods(["GET", "POST"])
def create_template_reply(request: AgentRequest, ticket_id: int) -> HttpResponse:
    """The templates with their fields and how they will read, and what one of them is sent to.

    `look` only shows how it will read: for who has no scripts.
    """
    ticket = ticket_or_404(request, ticket_id)
    conversation = _conversation_or_404(request, ticket)
    problem = ""
    if request.method == "POST" and "look" not in request.POST:
        try:
            return _sent(request, _answered(request, ticket, conversation))
        except CannotAnswer as cannot:
            problem = str(cannot)
    return _page(request, ticket, conversation, problem)


def _conversation_or_404(request: AgentRequest, ticket: Ticket) -> Conversation:
    rows = Conversation.objects.select_related("store__brand", "identity__customer")
    conversation = get_object_or_404(rows, pk=number_given(request.GET, "conversation"), ticket=ticket)
    if connector_of(conversation.store).templates is None:
        raise Http404
    return conversation


def _answered(request: AgentRequest, ticket: Ticket, conversation: Conversation) -> Message:
    given = request.POST
    return answer_in_template(
        ticket.pk,
        conversation_id=conversation.pk,
        key=given.get("template", ""),
        values=_values(given),
        answers_up_to=number_given(given, "answers_up_to") or 0,
        submission=_uuid(given.get("submission", "")),
        by=request.actor,
        at=request.at,
    )


def _sent(request: AgentRequest, reply: Message) -> HttpResponse:
    tell(request, str(ON_ITS_WAY), undo=Undo(address=reverse("reply-withdrawal", args=[reply.pk]), values={}))
    return back_to(reply.ticket_id)


def _page(request: AgentRequest, ticket: Ticket, conversation: Conversation, problem: str) -> HttpResponse:
    templates: list[ApprovedTemplate] = []
    try:
        templates = sorted(
            templates_at(conversation.store, at=request.at),
            key=lambda one: (not one.language.startswith(ticket.language or "-"), one.key),
        )
    except CannotAnswer as cannot:
        problem = problem or str(cannot)
    sent = bool(problem) and "look" not in request.POST
    shown = templates_shown(templates, known_of(conversation), typed=_typed(request), sent=sent)
    at_field = any(field.empty for one in shown for field in one.fields)
    context = {
        "ticket": ticket,
        "conversation": conversation,
        "templates": shown,
        "problem": "" if at_field else problem,
        "looked_at": request.POST.get("template", "") if "look" in request.POST else "",
        "value": VALUE,
        "longest": LONGEST_VALUE,
        "answers_up_to": newest_message(ticket.pk),
        "submission": uuid4(),
    }
    status = 422 if problem and request.method == "POST" else 200
    return show(request, "ticket/approved_page.html", "ticket/approved.html", context, status=status)


def _typed(request: AgentRequest) -> Typed | None:
    given = request.POST
    return Typed(template=given.get("template", ""), values=_values(given)) if request.method == "POST" else None


def _values(given: Mapping[str, str]) -> Mapping[str, str]:
    return {name.removeprefix(VALUE): given[name] for name in given if name.startswith(VALUE)}


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
