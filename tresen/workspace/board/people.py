"""Who works on what: what each agent holds, answers for and has answered."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from tresen.accounts.models import Agent
from tresen.board.figures import Figures
from tresen.routing.views import View, ViewKind
from tresen.workspace.board.numbers import Number


@dataclass(slots=True, kw_only=True)
class AtWork:
    """An agent, the tickets they hold now, how many they answer for, and how many answers left them."""

    agent: int = 0
    name: str = ""
    holds: list[int] = field(default_factory=list)
    tickets: int = 0
    last_hour: int = 0
    lately: int = 0
    assigned: Number | None = None


def people(figures: Figures) -> Sequence[AtWork]:
    """Whoever holds, answers for or has answered something that is seen; who is at work now first."""
    found: defaultdict[int, AtWork] = defaultdict(AtWork)
    for held in figures.held:
        found[held.agent].holds.append(held.ticket)
    for share in figures.assigned:
        found[share.agent].tickets += share.tickets
    for done in figures.answered:
        if done.agent is not None:
            found[done.agent].last_hour += done.last_hour
            found[done.agent].lately += done.lately
    for agent, name in Agent.objects.filter(pk__in=list(found)).values_list("pk", "name"):
        found[agent].agent, found[agent].name = agent, name
        found[agent].assigned = _assigned(agent, name, found[agent].tickets)
    return sorted(found.values(), key=lambda one: (not one.holds, -one.last_hour, -one.tickets, one.name))


def _assigned(agent: int, name: str, many: int) -> Number:
    return Number(
        name=f"agent-{agent}",
        many=many,
        view=View(ViewKind.AGENT, str(agent)),
        words=_("%(name)s: tickets they answer for") % {"name": name},
    )
