"""From the rows that grant teams, stores and brands to what an agent may see."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from tresen.accounts.actors import Actor
from tresen.accounts.auditing import record_change
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


@transaction.atomic
def grant(agent_id: int, *, stores: Collection[int], brands: Collection[int], by: Actor, at: datetime) -> None:
    """Let an agent see just these stores, and all stores of these brands."""
    agent = Agent.objects.select_for_update().get(pk=agent_id)
    before = _granted(agent_id)
    after = (frozenset(stores), frozenset(brands))
    if before == after:
        return
    StoreGrant.objects.filter(agent=agent).exclude(store__in=stores).delete()
    BrandGrant.objects.filter(agent=agent).exclude(brand__in=brands).delete()
    StoreGrant.objects.bulk_create([StoreGrant(agent=agent, store_id=store) for store in after[0] - before[0]])
    BrandGrant.objects.bulk_create([BrandGrant(agent=agent, brand_id=brand) for brand in after[1] - before[1]])
    record_change(
        f"agent:{agent_id}", "granted", by=by, at=at, details={"stores": sorted(after[0]), "brands": sorted(after[1])}
    )


def _granted(agent_id: int) -> tuple[frozenset[int], frozenset[int]]:
    return (
        frozenset(StoreGrant.objects.filter(agent=agent_id).values_list("store_id", flat=True)),
        frozenset(BrandGrant.objects.filter(agent=agent_id).values_list("brand_id", flat=True)),
    )
