"""The pages below the rail's places, by name: the command palette leads to each of them from anywhere."""

from collections.abc import Sequence
from functools import lru_cache

from django.urls import reverse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tresen.accounts.models import LEADING, Agent
from tresen.workspace.queue.offered import views_of_everybody
from tresen.workspace.rail import EVERYBODY
from tresen.workspace.setup.sections import SECTIONS

BELOW: Sequence[tuple[str, str | Promise, frozenset[str]]] = (
    ("log-call", gettext_lazy("Log a call by telephone"), EVERYBODY),
    ("log-letter", gettext_lazy("Log a letter"), EVERYBODY),
    ("log-visit", gettext_lazy("Log a visit to the shop"), EVERYBODY),
    ("promises", gettext_lazy("My promises"), EVERYBODY),
    ("chats", gettext_lazy("Chats"), EVERYBODY),
    ("marking", gettext_lazy("To be marked"), EVERYBODY),
    ("platform-notices", gettext_lazy("Platform notices, not understood"), EVERYBODY),
    ("notices-offers", gettext_lazy("Handed over, not accepted yet"), LEADING),
    ("notices-preferences", gettext_lazy("What reaches me"), EVERYBODY),
    ("reports-health", gettext_lazy("Seller health"), LEADING),
)
"""Route, name and who may go there."""


def pages_named(agent: Agent) -> Sequence[dict[str, str]]:
    """Name and address of every such page that this agent may see, in the active language."""
    return _pages(agent.role, translation.get_language() or "en")


@lru_cache(maxsize=50)
def _pages(role: str, language: str) -> Sequence[dict[str, str]]:
    del language
    views = [(one.name, reverse("queue-view", args=[one])) for one in views_of_everybody()]
    below = [(str(name), reverse(route)) for route, name, roles in BELOW if role in roles]
    setting_up = [
        (_("Set-up: %(section)s") % {"section": one.label}, reverse(one.route)) for one in SECTIONS if role in one.roles
    ]
    return [{"name": name, "address": address} for name, address in views + below + setting_up]
