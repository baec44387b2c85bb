"""The places of the rail, in their order. A new area of screens adds its line here."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tresen.accounts.models import LEADING, Agent, Role
from tresen.actions.queries import waiting_for
from tresen.workspace.requests import AgentRequest

EVERYBODY = frozenset(Role.values)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """`screen` is what the page calls itself, `route` its address's name, `key` what follows `g`.

    `on_bar`: on a phone it stands on the bar at the bottom; the others are behind "More". `counted`: how much of it
    waits for the agent comes with the bell.
    """

    screen: str
    route: str
    label: str | Promise
    icon: str
    key: str
    on_bar: bool = True
    counted: bool = False
    roles: frozenset[str] = EVERYBODY


PLACES = (
    Place(screen="queue", route="queue", label=_("Queue"), icon="inbox", key="q"),
    Place(screen="board", route="board", label=_("Board"), icon="layout-dashboard", key="b"),
    Place(screen="todo", route="promises", label=_("To do"), icon="list-todo", key="t", counted=True),
    Place(screen="orders", route="order-list", label=_("Orders"), icon="package", key="o", on_bar=False),
    Place(screen="reports", route="reports", label=_("Reports"), icon="chart-column", key="r", on_bar=False),
    Place(screen="setup", route="setup", label=_("Set-up"), icon="settings", key="s", on_bar=False, roles=LEADING),
)


def places_of(agent: Agent) -> list[Place]:
    """Where this agent may go."""
    return [place for place in PLACES if agent.role in place.roles]


def to_agree_to(request: AgentRequest) -> int:
    """How much waits for this agent to agree to it."""
    return waiting_for(request.agent, scope=request.scope)
