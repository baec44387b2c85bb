"""The places of the rail, in their order. A new area of screens adds its line here."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tresen.accounts.models import LEADING, Agent, Role

EVERYBODY = frozenset(Role.values)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """`screen` is what the page calls itself, `route` its address's name, `key` what follows `g`.

    `on_bar`: on a phone it stands on the bar at the bottom; the others are behind "More".
    """

    screen: str
    route: str
    label: str | Promise
    icon: str
    key: str
    on_bar: bool = True
    roles: frozenset[str] = EVERYBODY


PLACES = (
    Place(screen="queue", route="queue", label=_("Queue"), icon="inbox", key="q"),
    Place(screen="board", route="board", label=_("Board"), icon="layout-dashboard", key="b"),
    Place(screen="todo", route="promises", label=_("To do"), icon="list-todo", key="t"),
    Place(screen="orders", route="order-list", label=_("Orders"), icon="package", key="o", on_bar=False),
    Place(screen="reports", route="reports", label=_("Reports"), icon="chart-column", key="r", on_bar=False),
    Place(screen="setup", route="setup", label=_("Set-up"), icon="settings", key="s", on_bar=False, roles=LEADING),
)


def places_of(agent: Agent) -> list[Place]:
    """Where this agent may go."""
    return [place for place in PLACES if agent.role in place.roles]
