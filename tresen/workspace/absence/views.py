"""Somebody is away: reported by themselves or by a lead of one of their teams, in one click or with a preview."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tresen.accounts.models import LEADING, Agent
from tresen.staffing.absences import end_absence, report_absence, withdraw_absence
from tresen.staffing.models import Absence, AbsenceKind
from tresen.staffing.rostering import RosterWrong
from tresen.workspace.absence.forms import AbsenceForm
from tresen.workspace.absence.listing import absences_shown, relief_shown, told
from tresen.workspace.requests import AgentRequest
from tresen.workspace.telling import Undo, tell, warn


@require_http_methods(["GET", "POST"])
def report(request: AgentRequest, agent_id: int) -> HttpResponse:
    """The form, and beside it what would become of the open tickets; nothing changes before it is sent."""
    agent = _agent_or_404(request, agent_id)
    zone = ZoneInfo(agent.zone)
    form = AbsenceForm(request.POST or None, today=request.at.astimezone(zone).date())
    if request.method == "POST" and form.is_valid():
        starts, ends = form.span(zone)
        hand_over = form.cleaned_data["hand_over"]
        try:
            _reported(
                request,
                agent,
                AbsenceKind(form.cleaned_data["kind"]),
                starts,
                ends,
                hand_over=hand_over,
                back=_next(request),
            )
        except RosterWrong as problem:
            form.add_error("last_day", problem.problems[0].sentence)
        else:
            return redirect(_next(request))
    context = {
        "form": form,
        "agent": agent,
        "own": agent.pk == request.agent.pk,
        "relief": relief_shown(agent.pk, ends=None, at=request.at),
        "absences": absences_shown([agent], at=request.at),
        "next": request.GET.get("next", ""),
        "at": request.at,
    }
    status = 422 if form.errors else 200
    return render(request, "absence/show.html", context, status=status, using="jinja2")


@require_POST
def report_sick_today(request: AgentRequest, agent_id: int) -> HttpResponse:
    """One click: sick from now until the end of the day; open tickets go to others after a moment for undoing."""
    sick_today(request, agent_id, back=_next(request))
    return redirect(_next(request))


@require_POST
def end(request: AgentRequest, absence_id: int) -> HttpResponse:
    """Back: from now on they work again. What went to others stays there."""
    absence = _absence_or_404(request, absence_id)
    end_absence(absence_id, by=request.actor, at=request.at)
    tell(request, _("%(name)s is back. Tickets that went to others stay there.") % {"name": absence.agent.name})
    return redirect(_next(request))


@require_POST
def withdraw(request: AgentRequest, absence_id: int) -> HttpResponse:
    """It was a mistake. Twice is as good as once."""
    if Absence.objects.filter(pk=absence_id).exists():
        absence = _absence_or_404(request, absence_id)
        withdraw_absence(absence_id, by=request.actor, at=request.at)
        tell(request, _("%(name)s is not away.") % {"name": absence.agent.name})
    return redirect(_next(request))


def sick_today(request: AgentRequest, agent_id: int, *, back: str) -> None:
    """Report it and tell of it; undoing leads to `back`. Raises Http404 for whom the agent may not report."""
    agent = _agent_or_404(request, agent_id)
    today = request.at.astimezone(ZoneInfo(agent.zone)).date()
    ends = datetime.combine(today + timedelta(days=1), time.min, ZoneInfo(agent.zone))
    try:
        _reported(request, agent, AbsenceKind.SICK, request.at, ends, hand_over=True, back=back)
    except RosterWrong as problem:
        warn(request, problem.problems[0].sentence)


def _reported(
    request: AgentRequest,
    agent: Agent,
    kind: AbsenceKind,
    starts: datetime,
    ends: datetime | None,
    *,
    hand_over: bool,
    back: str,
) -> None:
    absence = report_absence(
        agent.pk, kind, starts=starts, ends=ends, hand_over=hand_over, by=request.actor, at=request.at
    )
    undo = Undo(address=reverse("absence-withdrawal", args=[absence.pk]), values={"next": back})
    if starts > request.at:
        tell(request, _("The absence of %(name)s is entered.") % {"name": agent.name}, undo=undo)
    elif hand_over:
        tell(request, told(agent.name, relief_shown(agent.pk, ends=ends, at=request.at)), undo=undo)
    else:
        tell(request, _("%(name)s is away. Their tickets wait.") % {"name": agent.name}, undo=undo)


def _agent_or_404(request: AgentRequest, agent_id: int) -> Agent:
    agent = get_object_or_404(Agent, pk=agent_id, is_active=True)
    if agent.pk == request.agent.pk:
        return agent
    teams = request.scope.teams
    if request.agent.role not in LEADING or not (teams is None or agent.teams.filter(pk__in=teams).exists()):
        raise Http404
    return agent


def _absence_or_404(request: AgentRequest, absence_id: int) -> Absence:
    absence = get_object_or_404(Absence.objects.select_related("agent"), pk=absence_id)
    _agent_or_404(request, absence.agent_id)
    return absence


def _next(request: AgentRequest) -> str:
    """Back to where the request came from, within the workspace."""
    wanted = request.POST.get("next", "")
    return wanted if url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) else reverse("home")
