"""The roster: a week of a team, who is away, who is on call."""

from collections.abc import Mapping
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from tresen.accounts.models import Agent, Team
from tresen.sla.on_call_edits import list_changed
from tresen.staffing.models import OnCall
from tresen.staffing.on_call import on_call_between, put_on_call, take_off_call
from tresen.staffing.rostering import RosterWrong, copy_week
from tresen.workspace.absence.listing import absences_shown
from tresen.workspace.absence.views import sick_today
from tresen.workspace.requests import AgentRequest, number_given
from tresen.workspace.setup.access import for_leads
from tresen.workspace.setup.roster.forms import OnCallForm
from tresen.workspace.setup.roster.grid import WEEK, week_shown
from tresen.workspace.setup.roster.saving import saved, unsaved
from tresen.workspace.setup.roster.words import week_words
from tresen.workspace.setup.sections import page
from tresen.workspace.telling import tell, warn

WEEKS_OF_ON_CALL = 6


@require_http_methods(["GET", "POST"])
@for_leads
def show(request: AgentRequest) -> HttpResponse:
    """A week of one of the lead's teams, cell by cell."""
    team, monday = _chosen(request, _teams(request)), _monday(request)
    if team is None:
        return page(request, "roster", "setup/roster/none.html", {})
    if request.method == "POST":
        return _saved(request, team, monday)
    return _shown(request, team, monday)


@require_POST
@for_leads
def report_sick(request: AgentRequest, agent_id: int) -> HttpResponse:
    """One click beside a name: sick today. What was typed into the grid meanwhile stays there, unsaved."""
    team, monday = _chosen(request, _teams(request)), _monday(request)
    if team is None:
        raise Http404
    sick_today(request, agent_id, back=_address(team, monday))
    return _again(request, team, monday)


def _saved(request: AgentRequest, team: Team, monday: date) -> HttpResponse:
    typed = request.POST.dict()
    wrong = saved(team.pk, monday, typed, by=request.actor, at=request.at)
    if wrong:
        return _shown(request, team, monday, typed=typed, wrong=wrong)
    tell(request, _("The roster is saved. The queue follows it within seconds."))
    return redirect(_address(team, monday))


def _again(request: AgentRequest, team: Team, monday: date) -> HttpResponse:
    """The week after something else was done on its page: what was typed and not saved stands in it as it was."""
    typed = request.POST.dict()
    if unsaved(team.pk, monday, typed):
        return _shown(request, team, monday, typed=typed)
    return redirect(_address(team, monday))


def _shown(
    request: AgentRequest,
    team: Team,
    monday: date,
    *,
    typed: Mapping[str, str] = {},
    wrong: Mapping[str, str] = {},
    on_call: OnCallForm | None = None,
) -> HttpResponse:
    context = {
        "team": team,
        "teams": _teams(request),
        "week": week_shown(team.pk, monday, scope=request.scope, at=request.at, typed=typed, wrong=wrong),
        "title": week_words(monday),
        "before": _address(team, monday - timedelta(days=WEEK)),
        "after": _address(team, monday + timedelta(days=WEEK)),
        "this_week": _address(team, _this_monday(request)),
        "here": _address(team, monday),
        "absences": absences_shown(list(team.agents.filter(is_active=True)), at=request.at),
        "members": team.agents.filter(is_active=True).order_by("name"),
        "on_call": on_call_between(request.at, request.at + timedelta(weeks=WEEKS_OF_ON_CALL)),
        "on_call_form": on_call or OnCallForm(agents=_agents(request)),
        "unsaved": unsaved(team.pk, monday, typed),
    }
    return page(request, "roster", "setup/roster/show.html", context, status=422 if wrong or on_call else 200)


@require_POST
@for_leads
def copy(request: AgentRequest) -> HttpResponse:
    """Plan the next week as this one is kept; while something typed is not, nothing is copied."""
    team, monday = _chosen(request, _teams(request)), _monday(request)
    if team is None:
        raise Http404
    if unsaved(team.pk, monday, request.POST.dict()):
        warn(request, _("Save first: what is typed here is not kept yet, so nothing was copied."))
        return _again(request, team, monday)
    target = monday + timedelta(days=WEEK)
    count = copy_week(team.pk, source=monday, target=target, by=request.actor, at=request.at)
    told = ngettext("%(count)s shift was copied.", "%(count)s shifts were copied.", count) % {"count": count}
    tell(request, f"{told} {week_words(target)}")
    return redirect(_address(team, target))


@require_POST
@for_leads
def add_on_call(request: AgentRequest) -> HttpResponse:
    """Somebody more is on call."""
    team, monday = _chosen(request, _teams(request)), _monday(request)
    if team is None:
        raise Http404
    form = OnCallForm(request.POST, agents=_agents(request))
    if form.is_valid():
        given = form.cleaned_data
        try:
            with transaction.atomic():
                put_on_call(given["agent"], starts=given["starts"], ends=given["ends"], by=request.actor, at=request.at)
                list_changed(by=request.actor, at=request.at)
        except RosterWrong as problem:
            form.add_error("ends", problem.problems[0].sentence)
        else:
            tell(request, _("The on-call list is saved. Claims and threats follow it within seconds."))
            return _again(request, team, monday)
    return _shown(request, team, monday, typed=request.POST.dict(), on_call=form)


@require_POST
@for_leads
def end_on_call(request: AgentRequest, on_call_id: int) -> HttpResponse:
    """An entry of the list is wrong, or over."""
    team, monday = _chosen(request, _teams(request)), _monday(request)
    if team is None:
        raise Http404
    get_object_or_404(OnCall, pk=on_call_id, agent__in=_agents(request))
    with transaction.atomic():
        take_off_call(on_call_id)
        list_changed(by=request.actor, at=request.at)
    tell(request, _("The on-call list is saved. Claims and threats follow it within seconds."))
    return _again(request, team, monday)


def _teams(request: AgentRequest) -> QuerySet[Team]:
    teams = Team.objects.order_by("name")
    return teams if request.scope.teams is None else teams.filter(pk__in=request.scope.teams)


def _agents(request: AgentRequest) -> QuerySet[Agent]:
    agents = Agent.objects.filter(is_active=True).order_by("name")
    return agents if request.scope.teams is None else agents.filter(teams__in=request.scope.teams).distinct()


def _chosen(request: AgentRequest, teams: QuerySet[Team]) -> Team | None:
    number = number_given(request.GET, "team")
    if number is None:
        return teams.first()
    team = teams.filter(pk=number).first()
    if team is None:
        raise Http404
    return team


def _monday(request: AgentRequest) -> date:
    try:
        day = date.fromisoformat(request.GET.get("week", ""))
    except ValueError:
        return _this_monday(request)
    return day - timedelta(days=day.weekday())


def _this_monday(request: AgentRequest) -> date:
    today = request.at.astimezone(ZoneInfo(request.agent.zone)).date()
    return today - timedelta(days=today.weekday())


def _address(team: Team, monday: date) -> str:
    return f"{reverse('setup-roster')}?{urlencode({'team': str(team.pk), 'week': monday.isoformat()})}"
