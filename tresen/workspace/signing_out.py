"""What a browser is told whose session has ended."""

from typing import Any

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase


class SignedInMiddleware(LoginRequiredMiddleware):
    """Sends a page to the sign-in. A script hears 401: it would take the sign-in's page for the part it asked for."""

    def handle_no_permission(  # type: ignore[override]  # the stubs know only its redirect
        self, request: HttpRequest, view_func: Any
    ) -> HttpResponseBase:
        """The way back in."""
        if request.headers.get("HX-Request") == "true":
            return HttpResponse(status=401)
        return super().handle_no_permission(request, view_func)
