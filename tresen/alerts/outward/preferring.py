"""What an agent wants by mail, and how often."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from tresen.accounts.actors import Actor
from tresen.accounts.auditing import record_change
from tresen.accounts.models import Agent
from tresen.alerts.models import NoticeGroup, Preference, Rhythm

STANDARD_GROUPS = (NoticeGroup.MISSED, NoticeGroup.ESCALATED, NoticeGroup.HANDED_OVER)
"""What comes by mail until an agent says otherwise: warnings stay at the bell."""


def preference_of(agent: Agent) -> Preference:
    """What the agent wants, or what counts where they have not said."""
    return preferences_of([agent])[agent.pk]


def preferences_of(agents: Collection[Agent]) -> dict[int, Preference]:
    """What each of these agents wants. One query."""
    said = {wanted.agent_id: wanted for wanted in Preference.objects.filter(agent__in=agents)}
    standard = [group.value for group in STANDARD_GROUPS]
    return {agent.pk: said.get(agent.pk) or Preference(agent=agent, mailed=list(standard)) for agent in agents}


@transaction.atomic
def prefer(
    agent_id: int,
    *,
    mailed: Collection[NoticeGroup],
    rhythm: Rhythm,
    most: int,
    within: int,
    quiet: bool,
    by: Actor,
    at: datetime,
) -> None:
    """Keep what this agent wants. It counts for what is told from now on."""
    wanted = {
        "mailed": [group.value for group in NoticeGroup if group in mailed],
        "rhythm": rhythm,
        "most": most,
        "within": within,
        "quiet": quiet,
    }
    Preference.objects.update_or_create(agent_id=agent_id, defaults=wanted)
    record_change(f"agent:{agent_id}", "notices_preferred", by=by, at=at)
