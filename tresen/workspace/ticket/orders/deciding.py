"""Deciding about what was wanted of an order: agree or not, take back, try again, say whether it was done."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tresen.accounts.actors import Actor
from tresen.actions import deciding
from tresen.actions.asking import CannotAct
from tresen.actions.models import Action
from tresen.tickets.queries import visible
from tresen.workspace.pages import show
from tresen.workspace.requests import AgentRequest
from tresen.workspace.telling import tell, warn
from tresen.workspace.ticket.going import back_to
from tresen.workspace.ticket.orders.approvals_shown import approvals_shown

type Decide = Callable[..., object]


@require_POST
def create_approval(request: AgentRequest, action_id: int) -> HttpResponse:
    """Agree."""
    return _decided(request, action_id, deciding.approve, _("Agreed: it is on its way."))


@require_POST
def create_refusal(request: AgentRequest, action_id: int) -> HttpResponse:
    """Do not agree."""
    decline = partial(deciding.decline, why=request.POST.get("why", ""))
    return _decided(request, action_id, decline, _("Not agreed to: nothing is done."))


@require_POST
def create_withdrawal(request: AgentRequest, action_id: int) -> HttpResponse:
    """Take it back before anything is done."""

    def withdraw(number: int, *, by: Actor, at: datetime) -> None:
        if not deciding.withdraw(number, by=by, at=at):
            raise CannotAct(_("It is on its way already."))

    return _decided(request, action_id, withdraw, _("Taken back: nothing is done."))


@require_POST
def create_retry(request: AgentRequest, action_id: int) -> HttpResponse:
    """Try once more."""
    return _decided(request, action_id, deciding.try_again, _("It is tried once more."))


@require_POST
def create_confirmation(request: AgentRequest, action_id: int) -> HttpResponse:
    """Say that it was done."""
    return _decided(request, action_id, deciding.it_was_done, _("Noted as done."))


@require_POST
def create_denial(request: AgentRequest, action_id: int) -> HttpResponse:
    """Say that it was not done, and leave it."""
    return _decided(request, action_id, deciding.it_was_not_done, _("Noted as not done."))


@require_http_methods(["GET"])
def show_approvals(request: AgentRequest) -> HttpResponse:
    """What waits for a second pair of eyes."""
    waiting = approvals_shown(scope=request.scope, agent_id=request.agent.pk, at=request.at)
    return show(request, "ticket/approvals_page.html", "ticket/approvals.html", {"waiting": waiting})


def _decided(request: AgentRequest, action_id: int, decide: Decide, done: str) -> HttpResponse:
    action = Action.objects.filter(pk=action_id, ticket__in=visible(request.scope)).first()
    if action is None:
        raise Http404
    try:
        decide(action.pk, by=request.actor, at=request.at)
        tell(request, done)
    except CannotAct as cannot:
        warn(request, str(cannot))
    return redirect("approvals") if request.POST.get("to") == "approvals" else back_to(action.ticket_id)
