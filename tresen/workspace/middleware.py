"""Gives each request its agent, scope, time, language and time zone, and each answer its content security policy."""

from collections.abc import Callable
from functools import partial
from zoneinfo import ZoneInfo

from django.contrib.auth.middleware import get_user
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.functional import SimpleLazyObject

from tresen.accounts.actors import Actor
from tresen.accounts.models import Agent
from tresen.accounts.scope import NOTHING
from tresen.stores.granting import scope_of
from tresen.timekeeping import wall

# Nothing inline and nothing from elsewhere: a script that a mail smuggles in finds no way to run.
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; frame-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)

type Next = Callable[[HttpRequest], HttpResponse]


class AgentMiddleware:
    """Sets `request.at`, `request.agent` and `request.scope`, and speaks the agent's language in their time zone."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer, in the agent's language."""
        request.at = wall.now()  # type: ignore[attr-defined]
        user = get_user(request)
        if not isinstance(user, Agent):
            request.scope = NOTHING  # type: ignore[attr-defined]
            return self._answered(request)
        request.agent = user  # type: ignore[attr-defined]
        request.actor = Actor.agent(user.pk)  # type: ignore[attr-defined]
        request.scope = SimpleLazyObject(partial(scope_of, user))  # type: ignore[attr-defined]
        with timezone.override(ZoneInfo(user.zone)), translation.override(user.language):
            return self._answered(request)

    def _answered(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        response.headers.setdefault("Content-Language", translation.get_language())
        return response
