"""A seller's organisation: teams, agents, brands, stores."""

from datetime import UTC, datetime
from itertools import count

from django.contrib.auth.hashers import PBKDF2PasswordHasher

from tresen.accounts.models import Agent, Role, Team, TeamMembership
from tresen.intake.items import StoreFacts
from tresen.stores.connectors import connector_of
from tresen.stores.models import Brand, Store

# One round instead of a million: any sign-in believes it, and no test waits for it.
CHEAP_HASH = PBKDF2PasswordHasher().encode("a password for tests", "testsalttestsalttestsa", iterations=1)
MONDAY = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
_numbers = count(1)


def a_team(name: str = "") -> Team:
    return Team.objects.create(name=name or f"Team {next(_numbers)}")


def an_agent(*teams: Team, role: Role = Role.AGENT, name: str = "", everything: bool = True) -> Agent:
    number = next(_numbers)
    agent = Agent(
        email=f"agent{number}@nordlicht.example",
        name=name or f"Agent {number}",
        role=role,
        everything=everything,
        joined_at=MONDAY,
    )
    agent.password = CHEAP_HASH
    agent.save()
    for team in teams:
        TeamMembership.objects.create(team=team, agent=agent)
    return agent


def a_store(
    channel: str = "amazon",
    marketplace: str = "amazon.de",
    *,
    team: Team | None = None,
    brand: Brand | None = None,
    language: str = "de",
    shadow: bool = False,
) -> Store:
    number = next(_numbers)
    return Store.objects.create(
        brand=brand or Brand.objects.create(name=f"Brand {number}", language=language),
        name=f"Store {number}",
        channel=channel,
        marketplace=marketplace,
        default_team=team or a_team(),
        language=language,
        addresses=[f"service{number}@nordlicht.example"],
        shadow=shadow,
        created_at=MONDAY,
    )


def facts_of(store: Store) -> StoreFacts:
    return StoreFacts(
        id=store.pk,
        brand=store.brand_id,
        team=store.default_team_id,
        channel=store.channel,
        marketplace=store.marketplace,
        language=store.language,
        relay=connector_of(store.channel).relay,
    )
