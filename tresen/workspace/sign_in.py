"""Who may get an account: nobody by himself. An admin invites, gives out links and changes addresses."""

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
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


def closed(request: HttpRequest, **_given: str) -> HttpResponse:
    """A page of the library's that is not offered: the address an agent signs in with is an admin's to change."""
    del request
    raise Http404
