"""What the board expects, traced back: the messages of earlier weeks by which it does."""

from collections.abc import Sequence
from datetime import datetime

from babel.dates import get_day_names
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from tresen.accounts.models import Team
from tresen.board.arrivals import Arrivals, came, limits_of
from tresen.board.hourly import DAYS, week_of_team
from tresen.board.weekends import Weekend, coming_weekend, exposed
from tresen.routing.views import Side, View
from tresen.staffing.queries import plan_of_team
from tresen.workspace.amounts import whole
from tresen.workspace.board.numbers import Number
from tresen.workspace.dates import day_and_time
from tresen.workspace.requests import AgentRequest, number_given
from tresen.workspace.setup.naming import reader


@require_GET
def show_weekend(request: AgentRequest, what: str) -> HttpResponse:
    """The "messages" or "limits" of earlier weekends behind a number of the coming one; `?day=` for one day of it."""
    weekend = coming_weekend(request.at).seen(request.scope)
    days = _days(request, weekend)
    if what == "messages":
        found = came((span for day in days for _week, span in weekend.earlier[day]), scope=request.scope)
        title = _("Messages of earlier weekends")
    elif what == "limits":
        found = limits_of(weekend, days, scope=request.scope)
        title = _("Platform limits of earlier weekends")
    else:
        raise Http404
    opened = _opened(weekend, days) if what == "limits" else None
    lead = _lead(found, max((weekend.weeks(day) for day in days), default=0))
    if days:
        lead = f"{_when(weekend, days, request.at)}: {lead}"
    return _listed(request, found, title=title, lead=lead, limits=what == "limits", opened=opened)


@require_GET
def show_team(request: AgentRequest, team_id: int, weekday: int) -> HttpResponse:
    """What came to a team on the last such weekdays, Monday being 0."""
    team = get_object_or_404(Team, pk=team_id)
    if not request.scope.shows_team(team_id) or weekday >= DAYS:
        raise Http404
    week = week_of_team(team_id, zone=plan_of_team(team_id).timetable.zone, at=request.at)
    found = came(week.earlier[weekday], scope=request.scope, team=team_id)
    named = {"team": team.name, "weekday": get_day_names("wide", locale=reader())[weekday]}
    title = _("Messages of %(team)s: %(weekday)s") % named
    back = f"{reverse('setup-roster')}?team={team_id}"
    return _listed(request, found, title=title, lead=_lead(found, len(week.earlier[weekday])), back=back)


def _days(request: AgentRequest, weekend: Weekend) -> Sequence[int]:
    every = range(len(weekend.earlier))
    asked = number_given(request.GET, "day")
    return every if asked is None else [day for day in every if day == asked]


def _opened(weekend: Weekend, days: Sequence[int]) -> Number | None:
    """The open tickets whose limit runs out then: once the weekend has begun they are among what is expected."""
    exposure = exposed(weekend)
    left = sum(exposure[day].left for day in days)
    if not left:
        return None
    begins, ends = weekend.days[days[0]][0], weekend.days[days[-1]][1]
    return Number(
        name="weekend-left",
        many=left,
        view=View.due(Side.PLATFORM, ends, after=begins),
        words=_("open tickets whose platform limit runs out then"),
    )


def _when(weekend: Weekend, days: Sequence[int], at: datetime) -> str:
    begins, ends = weekend.days[days[0]][0], weekend.days[days[-1]][1]
    return _("%(from)s to %(to)s") % {"from": day_and_time(begins, at), "to": day_and_time(ends, at)}


def _lead(found: Arrivals, weeks: int) -> str:
    if not weeks:
        return _("Nothing is known of earlier weeks yet.")
    said = ngettext(
        "%(many)s in the same hours of the last week, as many as are expected.",
        "%(many)s in the same hours of the last %(weeks)s weeks; their mean is expected.",
        weeks,
    )
    return said % {"many": whole(found.total), "weeks": weeks}


def _listed(
    request: AgentRequest,
    found: Arrivals,
    *,
    title: str,
    lead: str,
    limits: bool = False,
    opened: Number | None = None,
    back: str = "",
) -> HttpResponse:
    context = {"found": found, "title": title, "lead": lead, "limits": limits, "opened": opened, "back": back}
    context["at"] = request.at
    response = render(request, "board/arrivals.html", context, using="jinja2")
    response.headers["Cache-Control"] = "no-store"
    return response
