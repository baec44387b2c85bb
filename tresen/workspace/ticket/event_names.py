"""The names that a ticket's events only number, read for all of them at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from tresen.accounts.actors import Actor, ActorKind
from tresen.accounts.models import Agent, Team
from tresen.alerts.queries import seen_from
from tresen.duties.queries import promised_words
from tresen.tickets import events
from tresen.tickets.models import Tag
from tresen.tickets.recorded import RecordedEvent
from tresen.workspace.ticket.partners.event_words import asked_in


@dataclass(frozen=True, slots=True)
class Known:
    """The names that events only number."""

    agents: Mapping[int, str]
    teams: Mapping[int, str]
    tags: Mapping[int, str]
    promised: Mapping[int, str]
    """What the promise says that an event is about, by the event's sequence."""
    seen_from: Mapping[tuple[datetime, int | None], datetime]
    """When those told by a step of a ladder could see it."""
    partners: Mapping[int, str]
    """Who was asked, by question."""
    at: datetime

    def who(self, by: Actor) -> str:
        """The actor's name."""
        if by.kind is ActorKind.AGENT and by.id is not None:
            return self.agents.get(by.id, _("Somebody who has left"))
        if by.kind is ActorKind.PARTNER:
            return _("The partner")
        return _("The customer") if by.kind is ActorKind.BUYER else "Tresen"


def known_in(entries: Sequence[RecordedEvent], at: datetime) -> Known:
    """The names of all that these events number."""
    agents: set[int] = set()
    teams: set[int] = set()
    tags: set[int] = set()
    for entry in entries:
        agents |= {entry.by.id} if entry.by.kind is ActorKind.AGENT and entry.by.id else set()
        match entry.event:
            case events.TicketAssigned(assignee=assignee, away=away):
                agents |= {agent for agent in (assignee, away) if agent}
            case events.LadderStepTaken(told=told):
                agents.update(told)
            case events.HandOverOffered(giver=giver, to_agent=agent, to_team=to_team):
                agents |= {giver} | ({agent} if agent else set())
                teams |= {to_team} if to_team else set()
            case events.ChatOffered(agent=agent) | events.ChatTaken(agent=agent):
                agents.add(agent)
            case events.TicketMoved(team=team):
                teams.add(team)
            case events.TagAdded(tag=tag) | events.TagRemoved(tag=tag):
                tags.add(tag)
    return Known(
        dict(Agent.objects.filter(pk__in=agents).values_list("pk", "name")) if agents else {},
        dict(Team.objects.filter(pk__in=teams).values_list("pk", "name")) if teams else {},
        dict(Tag.objects.filter(pk__in=tags).values_list("pk", "name")) if tags else {},
        promised_words(entries),
        seen_from([entry for entry in entries if isinstance(entry.event, events.LadderStepTaken)]),
        asked_in(entries),
        at,
    )
