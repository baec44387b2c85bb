"""Who may get an account: nobody by himself. An admin invites, and gives out links to new passwords."""

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET


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
