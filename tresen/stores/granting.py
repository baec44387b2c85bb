"""From the rows that grant teams, stores and brands to what an agent may see."""

from tresen.accounts.models import Agent, Role, TeamMembership
from tresen.accounts.scope import NOTHING, Scope
from tresen.stores.models import BrandGrant, StoreGrant


def scope_of(agent: Agent) -> Scope:
    """What this agent may see now. Admins see all; `everything` opens all stores, not all teams."""
    if not agent.is_active:
        return NOTHING
    admin = agent.role == Role.ADMIN
    teams = None if admin else frozenset(TeamMembership.objects.filter(agent=agent).values_list("team_id", flat=True))
    if admin or agent.everything:
        return Scope(teams=teams, stores=None, brands=None)
    return Scope(
        teams=teams,
        stores=frozenset(StoreGrant.objects.filter(agent=agent).values_list("store_id", flat=True)),
        brands=frozenset(BrandGrant.objects.filter(agent=agent).values_list("brand_id", flat=True)),
    )
