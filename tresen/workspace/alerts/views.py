"""The bell and the page behind it: what an agent was told, and what of it they have read."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from tresen.alerts.queries import MOST_COUNTED, Cursor, page_of, unread_count
from tresen.alerts.reading import read_all, read_one
from tresen.workspace.alerts.forms import ReadingForm
from tresen.workspace.alerts.notice_words import notices_shown
from tresen.workspace.chats.strip import chat_strip
from tresen.workspace.pages import show as show_page
from tresen.workspace.rail import to_agree_to
from tresen.workspace.requests import AgentRequest
from tresen.workspace.telling import tell


@require_GET
def show(request: AgentRequest) -> HttpResponse:
    """The notices, the newest first; `?unread` leaves out what was read, `?after` goes on behind a page."""
    only_unread = "unread" in request.GET
    behind = Cursor.read(request.GET.get("after", ""))
    page = page_of(request.agent.pk, scope=request.scope, at=request.at, only_unread=only_unread, after=behind)
    context = {
        "notices": notices_shown(page, at=request.at),
        "more": _more(page.next, only_unread=only_unread),
        "only_unread": only_unread,
        "unread": unread_count(request.agent.pk, scope=request.scope, at=request.at),
        "begins": behind is None,
    }
    return show_page(request, "alerts/show.html", "alerts/list.html", context)


@require_GET
def show_bell(request: AgentRequest) -> HttpResponse:
    """The bell with how many are unread, how much waits to be agreed to, and the agent's chats; again after changes."""
    count = unread_count(request.agent.pk, scope=request.scope, at=request.at)
    words = f"{MOST_COUNTED - 1}+" if count >= MOST_COUNTED else str(count)
    context = {"unread": count, "words": words, "waits": to_agree_to(request), "strip": chat_strip(request)}
    return render(request, "alerts/bell.html", context, using="jinja2")


@require_POST
def create_reading(request: AgentRequest) -> HttpResponse:
    """One notice is read, or all that were shown."""
    form = ReadingForm(request.POST)
    if form.is_valid() and form.cleaned_data["notice"]:
        read_one(form.cleaned_data["notice"], agent_id=request.agent.pk, at=request.at)
    elif form.is_valid() and form.cleaned_data["up_to"]:
        count = read_all(agent_id=request.agent.pk, up_to=form.cleaned_data["up_to"], at=request.at)
        tell(request, ngettext("%(count)s notice is read.", "%(count)s notices are read.", count) % {"count": count})
    return redirect(f"{reverse('notices')}?unread" if request.POST.get("unread") else "notices")


def _more(cursor: Cursor | None, *, only_unread: bool) -> str:
    if cursor is None:
        return ""
    return f"{reverse('notices')}?{urlencode({'after': cursor.token()} | ({'unread': '1'} if only_unread else {}))}"
