"""Who may get an account: nobody by himself. An admin invites, gives out links and changes addresses."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.views import PasswordResetFromKeyView
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from tresen.accounts.inviting import inviter_of
from tresen.workspace.telling import tell, told


class NoSignUp(DefaultAccountAdapter):  # type: ignore[misc]  # allauth is not typed
    """Closes the public sign-up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        del request
        return False


@login_not_required
@require_GET
def forgotten(request: HttpRequest) -> HttpResponse:
    """What to do about a forgotten password. No mail is sent: an installation has no mail of its own."""
    return render(request, "account/password_reset.html", using="jinja2")


@method_decorator(login_not_required, name="dispatch")
class ChoosePassword(PasswordResetFromKeyView):  # type: ignore[misc]  # allauth is not typed
    """Behind the link that an admin passes on: a welcome for who is invited, else only another password."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Whom the page greets, and who invited them; nobody where the link no longer works."""
        agent = self.reset_user
        invited = agent is not None and not agent.has_usable_password()
        given: dict[str, Any] = super().get_context_data(**kwargs)
        return {**given, "agent": agent, "invited": invited, "inviter": inviter_of(agent.pk) if invited else None}

    def get_form_kwargs(self) -> dict[str, Any]:
        """Also speaks the agent's language, unless this browser was told another."""
        if self.reset_user is not None and settings.LANGUAGE_COOKIE_NAME not in self.request.COOKIES:
            translation.activate(self.reset_user.language)
        given: dict[str, Any] = super().get_form_kwargs()
        return given

    def form_valid(self, form: Any) -> HttpResponse:
        """Signs them in and says so once."""
        invited = not self.reset_user.has_usable_password()
        response: HttpResponse = super().form_valid(form)
        told(self.request)  # the library says both: that the password is changed, and that one is signed in
        words = _("Welcome, %(name)s. This is your queue.") if invited else _("Your password is changed.")
        tell(self.request, words % {"name": self.reset_user.name})
        return response


def closed(request: HttpRequest, **_given: str) -> HttpResponse:
    """A page of the library's that is not offered: the address an agent signs in with is an admin's to change."""
    del request
    raise Http404
