"""What needs no response and must still be marked so on the platform: one by one, or many at once."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from tresen.duties.marking import Cursor, confirm, left, page_of, take_back
from tresen.tickets.queries import visible
from tresen.workspace.marking.forms import MarksForm, TakingBackForm
from tresen.workspace.marking.rows import rows_shown, spans_shown
from tresen.workspace.pages import show as show_page
from tresen.workspace.requests import AgentRequest
from tresen.workspace.telling import Undo, tell, warn
from tresen.workspace.ticket.going import first_error


@require_GET
def show(request: AgentRequest) -> HttpResponse:
    """The list, the limit that runs out first before all others; `?after` goes on behind a page."""
    rows, following = page_of(request.scope, behind=Cursor.read(request.GET.get("after", "")))
    found = left(request.scope, at=request.at)
    context = {
        "rows": rows_shown(rows, at=request.at),
        "left": found,
        "spans": spans_shown(found),
        "more": f"{reverse('marking')}?{urlencode({'after': following.token()})}" if following else "",
    }
    return show_page(request, "marking/show.html", "marking/list.html", context)


@require_POST
def create_marks(request: AgentRequest) -> HttpResponse:
    """These are marked there now."""
    form = MarksForm(request.POST)
    if not form.is_valid():
        warn(request, first_error(form))
        return redirect("marking")
    done = confirm(form.cleaned_data["messages"], scope=request.scope, by=request.actor, at=request.at)
    count = sum(done.values())
    if not count:
        warn(request, _("That was marked already."))
        return redirect("marking")
    values = {"said_at": request.at.isoformat(), "tickets": ",".join(map(str, done))}
    words = ngettext("%(count)s message is marked.", "%(count)s messages are marked.", count) % {"count": count}
    tell(request, words, undo=Undo(address=reverse("marks-taken-back"), values=values))
    return redirect("marking")


@require_POST
def take_back_marks(request: AgentRequest) -> HttpResponse:
    """They are not marked after all."""
    form = TakingBackForm(request.POST)
    if form.is_valid():
        wanted = form.cleaned_data["tickets"].split(",")
        mine = visible(request.scope).filter(pk__in=wanted).values_list("pk", flat=True)
        take_back(list(mine), said_at=form.cleaned_data["said_at"], by=request.actor, at=request.at)
        tell(request, _("Taken back: it waits to be marked."))
    else:
        warn(request, _("That can’t be taken back here."))
    return redirect("marking")
