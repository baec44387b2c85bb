"""An agent's own language and appearance, and the language of the sign-in page."""

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from tresen.accounts.models import Agent, Theme
from tresen.workspace.requests import AgentRequest

YEAR = 365 * 24 * 3600


class PreferencesForm(forms.Form):
    """One of them at a time; what is not sent stays."""

    language = forms.ChoiceField(choices=settings.LANGUAGES, required=False)
    theme = forms.ChoiceField(choices=Theme, required=False)


@require_GET
def home(request: AgentRequest) -> HttpResponse:
    """Work begins in the queue."""
    del request
    return redirect("queue")


@require_POST
def keep(request: AgentRequest) -> HttpResponse:
    """Keep what the agent chose and go back."""
    form = PreferencesForm(request.POST)
    if form.is_valid():
        chosen = {name: value for name, value in form.cleaned_data.items() if value}
        Agent.objects.filter(pk=request.agent.pk).update(**chosen)
    return redirect(_back(request) or "home")


@require_POST
@login_not_required
def choose_language(request: HttpRequest) -> HttpResponse:
    """Before sign-in the browser keeps the language."""
    response = redirect(_back(request) or settings.LOGIN_URL)
    form = PreferencesForm(request.POST)
    if form.is_valid() and form.cleaned_data["language"]:
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            form.cleaned_data["language"],
            max_age=YEAR,
            secure=request.is_secure(),
            httponly=True,
            samesite="Lax",
        )
    return response


def _back(request: HttpRequest) -> str:
    address = request.POST.get("next", "")
    # A word without a slash would be taken for the name of a page of ours.
    return address if address.startswith("/") and url_has_allowed_host_and_scheme(address, {request.get_host()}) else ""
