"""Live chats: taken, passed on and closed by who is offered them, seen by all who may see their tickets."""

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tresen.chats.desks import desk_of, set_available
from tresen.chats.queries import is_used, live_in
from tresen.chats.taking import ChatGone, close, decline, take
from tresen.workspace.pages import show as show_page
from tresen.workspace.requests import AgentRequest
from tresen.workspace.telling import tell, warn


class AvailabilityForm(forms.Form):
    """Whether chats may be offered."""

    available = forms.BooleanField(required=False)


@require_GET
def show(request: AgentRequest) -> HttpResponse:
    """What goes on, and the agent's own switch."""
    context = {
        "chats": live_in(request.scope),
        "desk": desk_of(request.agent.pk),
        "used": is_used(request.scope),
    }
    return show_page(request, "chats/show.html", "chats/list.html", context)


@require_POST
def create_availability(request: AgentRequest) -> HttpResponse:
    """Take chats, or no more than there are."""
    form = AvailabilityForm(request.POST)
    available = form.is_valid() and form.cleaned_data["available"]
    set_available(request.agent.pk, available=available, at=request.at)
    tell(request, _("Chats are offered to you now.") if available else _("No more chats are offered to you."))
    return redirect("chats")


@require_POST
def create_taking(request: AgentRequest, chat_id: int) -> HttpResponse:
    """Take what is offered, and open its ticket."""
    try:
        return redirect("ticket", take(chat_id, agent_id=request.agent.pk, at=request.at))
    except ChatGone as gone:
        warn(request, str(gone))
        return redirect("chats")


@require_POST
def create_refusal(request: AgentRequest, chat_id: int) -> HttpResponse:
    """Leave it to the next one."""
    try:
        decline(chat_id, agent_id=request.agent.pk, at=request.at)
        tell(request, _("Passed on."))
    except ChatGone as gone:
        warn(request, str(gone))
    return redirect("chats")


@require_POST
def create_end(request: AgentRequest, chat_id: int) -> HttpResponse:
    """The agent is done with it."""
    try:
        ticket = close(chat_id, agent_id=request.agent.pk, at=request.at)
    except ChatGone as gone:
        warn(request, str(gone))
        return redirect("chats")
    tell(request, _("The chat is closed. What still waits for an answer stands in the queue."))
    return redirect("ticket", ticket)
