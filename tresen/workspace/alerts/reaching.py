"""What reaches an agent outside of the screens, and what nobody has accepted yet."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from tresen.alerts.models import NoticeGroup, Rhythm, WaysOut
from tresen.alerts.offers import open_offers
from tresen.alerts.outward.preferring import prefer, preference_of
from tresen.workspace.alerts.preference_form import PreferenceForm
from tresen.workspace.requests import AgentRequest
from tresen.workspace.setup.access import for_leads
from tresen.workspace.telling import tell


@require_http_methods(["GET", "POST"])
def show_preferences(request: AgentRequest) -> HttpResponse:
    """What the agent wants by mail."""
    form = PreferenceForm(request.POST or None, wanted=preference_of(request.agent))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        prefer(
            request.agent.pk,
            mailed=[NoticeGroup(group) for group in given["mailed"]],
            rhythm=Rhythm(given["rhythm"]),
            most=given["most"],
            within=given["within"],
            quiet=given["quiet"],
            by=request.actor,
            at=request.at,
        )
        tell(request, _("Saved. It counts for what comes from now on."))
        return redirect("notices-preferences")
    mails = WaysOut.objects.filter(mailbox__isnull=False).exists()
    context = {"form": form, "mails": mails}
    return render(request, "alerts/preferences.html", context, status=422 if form.errors else 200, using="jinja2")


@require_GET
@for_leads
def show_offers(request: AgentRequest) -> HttpResponse:
    """Hand-overs that wait to be accepted."""
    return render(request, "alerts/offers.html", {"offers": open_offers(request.scope)}, using="jinja2")
