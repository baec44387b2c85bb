"""Notices of a platform that nobody understood: a person reads each, and may make a case of it on its ticket."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tresen.channels.cases import CaseKind
from tresen.duties.models import UnknownNotice
from tresen.duties.queries import notice_to_read, unread_notices
from tresen.duties.reading import case_from, read_notice, unread_again
from tresen.workspace.pages import show as show_page
from tresen.workspace.requests import AgentRequest
from tresen.workspace.telling import Undo, tell, warn
from tresen.workspace.ticket.offers import named
from tresen.workspace.ticket.typed import Again


@require_GET
def show(request: AgentRequest) -> HttpResponse:
    """The list, the oldest first."""
    context = {"notices": unread_notices(request.scope)}
    return show_page(request, "platform_notices/show.html", "platform_notices/list.html", context)


@require_GET
def show_case_form(request: AgentRequest, message_id: int) -> HttpResponse:
    """The form of a case on its ticket, filled in with what the notice says."""
    notice = notice_to_read(message_id, scope=request.scope)
    if notice is None:
        raise Http404(message_id)
    return case_page(request, notice)


def case_page(request: AgentRequest, notice: UnknownNotice, *, again: Again | None = None) -> HttpResponse:
    """The form beside the notice's words; `again`: as it was sent, with what is wrong."""
    context = {"notice": notice, "case": case_from(notice), "case_kinds": named(CaseKind), "again": again}
    return show_page(request, "platform_notices/case.html", "platform_notices/case_form.html", context)


@require_POST
def create_reading(request: AgentRequest, message_id: int) -> HttpResponse:
    """It is read and needs nothing more."""
    if read_notice(message_id, scope=request.scope, agent_id=request.agent.pk, at=request.at):
        undo = Undo(address=reverse("platform-notice-unread", args=[message_id]), values={})
        tell(request, _("Read: it leaves the list."), undo=undo)
    else:
        warn(request, _("Somebody has read it already."))
    return redirect("platform-notices")


@require_POST
def end_reading(request: AgentRequest, message_id: int) -> HttpResponse:
    """It goes back to the list."""
    unread_again(message_id, scope=request.scope)
    tell(request, _("Back in the list."))
    return redirect("platform-notices")
