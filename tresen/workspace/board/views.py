"""The board: where help is needed, for whoever stands three metres away."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from tresen.accounts.models import LEADING
from tresen.board.misses import misses_left
from tresen.board.paces import HORIZONS
from tresen.board.sharing import current
from tresen.board.weekends import coming_weekend
from tresen.workspace.board.shown import board_shown
from tresen.workspace.pages import show as show_page
from tresen.workspace.requests import AgentRequest


@require_GET
def show(request: AgentRequest) -> HttpResponse:
    """All of it, or its figures alone, as they are asked for again and again. `?wall=1`: for a screen on a wall."""
    weekend = coming_weekend(request.at).seen(request.scope)
    misses = misses_left(request.at).seen(request.scope)
    board = board_shown(current(request.at).seen(request.scope), weekend, misses)
    context = {"board": board, "horizons": HORIZONS, "wall": request.GET.get("wall") == "1"}
    context["leads"] = request.agent.role in LEADING
    return show_page(request, "board/show.html", "board/figures.html", context)
