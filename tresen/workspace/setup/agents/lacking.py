"""What an agent still lacks to have any work: a team to share a queue with, and stores to see."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from tresen.accounts.models import Agent, Role
from tresen.stores.models import BrandGrant, StoreGrant


def lacking(agent: Agent) -> str:
    """A sentence for whoever entered the agent; empty where nothing is missing. Admins see everything."""
    alone, blind = agent.pk in _in_no_team([agent]), agent.pk in _without_stores([agent])
    if alone and blind:
        return _("%(name)s is in no team and sees no store: their queue stays empty.") % {"name": agent.name}
    if alone:
        return _("%(name)s is in no team: their queue stays empty.") % {"name": agent.name}
    if blind:
        return _("%(name)s sees no store: their queue stays empty.") % {"name": agent.name}
    return ""


def seeing_nothing(agents: Iterable[Agent]) -> frozenset[int]:
    """Those whose queue stays empty whatever comes in, as `scope_of` would say of each."""
    given = list(agents)
    return frozenset({*_in_no_team(given), *_without_stores(given)})


def _in_no_team(agents: Iterable[Agent]) -> set[int]:
    return {agent.pk for agent in agents if agent.role != Role.ADMIN and not agent.teams.all()}


def _without_stores(agents: Iterable[Agent]) -> set[int]:
    restricted = {agent.pk for agent in agents if agent.role != Role.ADMIN and not agent.everything}
    granted = StoreGrant.objects.filter(agent__in=restricted).values_list("agent_id", flat=True)
    branded = BrandGrant.objects.filter(agent__in=restricted).values_list("agent_id", flat=True)
    return restricted - {*granted, *branded}
