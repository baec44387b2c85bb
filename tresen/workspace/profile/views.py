"""An agent's own page."""

from zoneinfo import available_timezones

from allauth.mfa.utils import is_mfa_enabled
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods

from tresen.accounts.models import Theme
from tresen.accounts.preferring import change_profile
from tresen.accounts.wording import AccountWrong
from tresen.workspace.profile.forms import ProfileForm
from tresen.workspace.requests import AgentRequest
from tresen.workspace.setup.faults import show_problems
from tresen.workspace.telling import tell


@require_http_methods(["GET", "POST"])
def show(request: AgentRequest) -> HttpResponse:
    """Name, language, appearance, time zone; ways to password and second factor."""
    form = ProfileForm(request.POST or None, agent=request.agent)
    if request.method == "POST" and _saved(request, form):
        with override(form.cleaned_data["language"]):
            tell(request, _("Your profile is saved."))
        return redirect("profile")
    context = {"form": form, "zones": sorted(available_timezones()), "second_factor": is_mfa_enabled(request.agent)}
    return render(request, "profile/show.html", context, status=422 if form.errors else 200, using="jinja2")


def _saved(request: AgentRequest, form: ProfileForm) -> bool:
    if not form.is_valid():
        return False
    given = form.cleaned_data
    theme = Theme(given.pop("theme"))
    try:
        change_profile(request.agent.pk, **given, theme=theme, by=request.actor, at=request.at)
    except AccountWrong as wrong:
        show_problems(form, wrong.problems, field_of=lambda where: where)
    return not form.errors
