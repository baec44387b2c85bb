"""An agent's API tokens: made, shown once, revoked."""

from datetime import timedelta

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from tresen.accounts.tokening import LONGEST_NAME, create_token, revoke_token, tokens_of
from tresen.accounts.wording import AccountWrong
from tresen.workspace.requests import AgentRequest
from tresen.workspace.setup.faults import show_problems
from tresen.workspace.telling import tell

LIVES = [(30, gettext_lazy("30 days")), (90, gettext_lazy("90 days")), (365, gettext_lazy("A year"))]


class TokenForm(forms.Form):
    """What a token is for, and how long it opens the API."""

    name = forms.CharField(label=gettext_lazy("What it is for"), max_length=LONGEST_NAME)
    days = forms.TypedChoiceField(label=gettext_lazy("Ends after"), choices=LIVES, coerce=int, initial=90)


@require_http_methods(["GET", "POST"])
def show(request: AgentRequest) -> HttpResponse:
    """The tokens, and a form for another; a new one is shown in this one answer and never again."""
    form = TokenForm(request.POST or None)
    secret = _made(request, form) if request.method == "POST" and form.is_valid() else ""
    context = {"form": TokenForm() if secret else form, "secret": secret, "tokens": tokens_of(request.agent.pk)}
    response = render(request, "profile/tokens.html", context, status=422 if form.errors else 200, using="jinja2")
    response.headers["Cache-Control"] = "no-store"
    return response


def _made(request: AgentRequest, form: TokenForm) -> str:
    given = form.cleaned_data
    ends = request.at + timedelta(days=given["days"])
    try:
        return create_token(request.agent.pk, name=given["name"], expires_at=ends, by=request.actor, at=request.at)
    except AccountWrong as wrong:
        show_problems(form, wrong.problems, field_of=lambda _where: "name")
        return ""


@require_POST
def revoke(request: AgentRequest, token_id: int) -> HttpResponse:
    """The token opens nothing any more."""
    revoke_token(token_id, agent_id=request.agent.pk, by=request.actor, at=request.at)
    tell(request, _("The token is revoked."))
    return redirect("tokens")
