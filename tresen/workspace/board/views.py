"""The board: where help is needed, for whoever stands three metres away."""

from datetime import UTC, datetime, timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from tresen.accounts.models import LEADING
from tresen.board.answers import answers_of_shift, answers_since
from tresen.board.counting import LATELY
from tresen.board.misses import misses_left
from tresen.board.paces import ENOUGH_HOURS, HORIZONS, LEAST_ANSWERS, LEAST_HOURS
from tresen.board.sharing import current
from tresen.board.weekends import coming_weekend
from tresen.workspace.board.shown import board_shown
from tresen.workspace.pages import show as show_page
from tresen.workspace.requests import AgentRequest, number_given

LONGEST_AGO = timedelta(days=7)
"""What is older is for the reports."""


@require_GET
def show(request: AgentRequest) -> HttpResponse:
    """All of it, or its figures alone, as they are asked for again and again. `?wall=1`: for a screen on a wall."""
    weekend = coming_weekend(request.at).seen(request.scope)
    misses = misses_left(request.at).seen(request.scope)
    board = board_shown(current(request.at).seen(request.scope), weekend, misses)
    context = {"board": board, "horizons": HORIZONS, "wall": request.GET.get("wall") == "1"}
    context |= {"least_hours": LEAST_HOURS, "least_answers": LEAST_ANSWERS, "enough_hours": ENOUGH_HOURS}
    context["leads"] = request.agent.role in LEADING
    return show_page(request, "board/show.html", "board/figures.html", context)


@require_GET
def show_answers(request: AgentRequest) -> HttpResponse:
    """The answers that a number counts: of the last hours, of one agent or of all; `?shift=`: that told a pace then."""
    since, shift = _moment(request, "since") or request.at - LATELY, _moment(request, "shift")
    answers = (
        answers_since(since, scope=request.scope, agent=number_given(request.GET, "agent"))
        if shift is None
        else answers_of_shift(shift, scope=request.scope)
    )
    context = {"answers": answers, "since": since, "shift": shift, "at": request.at}
    response = render(request, "board/answers.html", context, using="jinja2")
    response.headers["Cache-Control"] = "no-store"
    return response


def _moment(request: AgentRequest, name: str) -> datetime | None:
    moment = number_given(request.GET, name)
    if moment is None:
        return None
    earliest, latest = int((request.at - LONGEST_AGO).timestamp()), int(request.at.timestamp())
    return datetime.fromtimestamp(max(earliest, min(moment, latest)), UTC)
