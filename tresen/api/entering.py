"""Who asks: the agent whose token a request brings. A browser's session opens nothing here."""

from datetime import datetime
from functools import partial
from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from ninja.security import HttpBearer

from tresen.accounts.models import Agent
from tresen.accounts.scope import Scope
from tresen.accounts.tokening import present
from tresen.api.problems import TooManyRequests
from tresen.stores.granting import scope_of
from tresen.timekeeping import wall


class TokenRequest(HttpRequest):
    """Filled by ByToken. `at` is the only clock reading of the request."""

    agent: Agent
    scope: Scope
    at: datetime


class ByToken(HttpBearer):
    """Takes “Authorization: Bearer …”; the scope is the agent's own, as it is now."""

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        """The agent, or None. Raises `TooManyRequests`."""
        at = wall.now()
        presented = present(token, at=at)
        if presented is None:
            return None
        if presented.too_many:
            raise TooManyRequests
        request.at = at  # type: ignore[attr-defined]
        request.agent = presented.agent  # type: ignore[attr-defined]
        request.scope = SimpleLazyObject(partial(scope_of, presented.agent))  # type: ignore[attr-defined]
        return presented.agent
