"""Marks what the roster says of some teams as changed: caches and the queue follow it."""

from collections.abc import Collection
from secrets import randbelow

from tresen.accounts.models import TeamMembership
from tresen.staffing.models import TeamRoster

MOST = 2**62


def roster_changed(*, agents: Collection[int] = (), teams: Collection[int] = ()) -> None:
    """What the roster says of these teams, and of the teams of these agents, is not what it was."""
    concerned = {*teams, *TeamMembership.objects.filter(agent__in=agents).values_list("team_id", flat=True)}
    TeamRoster.objects.bulk_create(
        [TeamRoster(team_id=team, revision=1 + randbelow(MOST)) for team in sorted(concerned)],
        update_conflicts=True,
        unique_fields=["team"],
        update_fields=["revision"],
    )
