"""What a signed-in request carries besides Django's own."""

from collections.abc import Mapping
from datetime import datetime

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from tresen.accounts.actors import Actor
from tresen.accounts.models import Agent
from tresen.accounts.scope import Scope

LONGEST_NUMBER = 18


class AgentRequest(HttpRequest):
    """Filled by AgentMiddleware. `at` is the only clock reading of the request, aware and in UTC.

    `actor` is the agent as the ledger names them.
    """

    agent: Agent
    scope: Scope
    at: datetime
    actor: Actor
    htmx: HtmxDetails


def number_given(given: Mapping[str, str], name: str) -> int | None:
    """The whole number that an address or a form gives under this name; None for anything else."""
    text = given.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= LONGEST_NUMBER else None


def wants_part(request: HttpRequest) -> bool:
    """Whether htmx asks for one part of the screen, not for a whole page."""
    htmx: HtmxDetails = request.htmx  # type: ignore[attr-defined]  # set by django_htmx's middleware
    return bool(htmx) and not htmx.history_restore_request
