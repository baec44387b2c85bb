"""Agents: who may sign in, as what, and what they see."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tresen.accounts.inviting import reactivate
from tresen.accounts.models import Agent
from tresen.accounts.passwords import lifetime, one_time_path
from tresen.accounts.wording import AccountWrong
from tresen.workspace.requests import AgentRequest
from tresen.workspace.setup.access import for_admins
from tresen.workspace.setup.agents.forms import AgentForm
from tresen.workspace.setup.agents.lacking import lacking, seeing_nothing
from tresen.workspace.setup.agents.saving import locked_out, saved
from tresen.workspace.setup.sections import page
from tresen.workspace.telling import Undo, tell, warn


@require_GET
@for_admins
def show_list(request: AgentRequest) -> HttpResponse:
    """All agents, those who may sign in first."""
    agents = Agent.objects.order_by("-is_active", "name").prefetch_related("teams")
    return page(request, "agents", "setup/agents/list.html", {"agents": agents, "blind": seeing_nothing(agents)})


@require_http_methods(["GET", "POST"])
@for_admins
def add(request: AgentRequest) -> HttpResponse:
    """A new agent; then the link for their password."""
    form = AgentForm(request.POST or None, language=request.agent.language)
    if request.method == "POST":
        agent = saved(form, None, zone=request.agent.zone, by=request.actor, at=request.at)
        if agent is not None:
            return _link_page(request, agent)
    return _form_page(request, form, None)


@require_http_methods(["GET", "POST"])
@for_admins
def change(request: AgentRequest, agent_id: int) -> HttpResponse:
    """What an agent is and sees."""
    agent = get_object_or_404(Agent, pk=agent_id)
    form = AgentForm(request.POST or None, agent=agent)
    if request.method == "POST" and saved(form, agent, zone=agent.zone, by=request.actor, at=request.at):
        tell(request, _("%(name)s is saved.") % {"name": form.cleaned_data["name"]})
        if lacks := lacking(Agent.objects.get(pk=agent_id)):
            warn(request, lacks)
        return redirect("setup-agents")
    return _form_page(request, form, agent)


@require_POST
@for_admins
def make_link(request: AgentRequest, agent_id: int) -> HttpResponse:
    """A link by which the agent chooses a password, shown once."""
    return _link_page(request, get_object_or_404(Agent, pk=agent_id, is_active=True))


@require_POST
@for_admins
def lock_out(request: AgentRequest, agent_id: int) -> HttpResponse:
    """Let an agent in no longer."""
    agent = get_object_or_404(Agent, pk=agent_id)
    try:
        locked_out(agent_id, by=request.actor, at=request.at)
    except AccountWrong as wrong:
        warn(request, wrong.problems[0].sentence)
    else:
        undo = Undo(address=reverse("setup-agent-access", args=[agent_id]), values={})
        tell(request, _("%(name)s can sign in no longer.") % {"name": agent.name}, undo=undo)
    return redirect("setup-agents")


@require_POST
@for_admins
def let_in(request: AgentRequest, agent_id: int) -> HttpResponse:
    """Let an agent in again."""
    agent = get_object_or_404(Agent, pk=agent_id)
    reactivate(agent_id, by=request.actor, at=request.at)
    tell(request, _("%(name)s can sign in again.") % {"name": agent.name})
    return redirect("setup-agents")


def _form_page(request: AgentRequest, form: AgentForm, agent: Agent | None) -> HttpResponse:
    status = 422 if form.errors else 200
    return page(request, "agents", "setup/agents/form.html", {"form": form, "agent": agent}, status=status)


def _link_page(request: AgentRequest, agent: Agent) -> HttpResponse:
    link = request.build_absolute_uri(one_time_path(agent.pk, by=request.actor, at=request.at))
    context = {"agent": agent, "link": link, "days": lifetime().days, "lacks": lacking(agent)}
    return page(request, "agents", "setup/agents/link.html", context)
