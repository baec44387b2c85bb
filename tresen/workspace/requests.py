"""What a signed-in request carries besides Django's own."""

from datetime import datetime

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from tresen.accounts.actors import Actor
from tresen.accounts.models import Agent
from tresen.accounts.scope import Scope


class AgentRequest(HttpRequest):
    """Filled by AgentMiddleware. `at` is the only clock reading of the request, aware and in UTC."""

    agent: Agent
    scope: Scope
    at: datetime
    htmx: HtmxDetails

    @property
    def actor(self) -> Actor:
        """The agent as the ledger names them."""
        return Actor.agent(self.agent.pk)


def wants_part(request: HttpRequest) -> bool:
    """Whether htmx asks for one part of the screen, not for a whole page."""
    htmx: HtmxDetails = request.htmx  # type: ignore[attr-defined]  # set by django_htmx's middleware
    return bool(htmx) and not htmx.history_restore_request
