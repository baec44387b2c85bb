"""Reading live chats: what an agent is offered and has, and what goes on in a scope."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F, OuterRef, QuerySet, Subquery

from tresen.accounts.scope import Scope
from tresen.chats.models import Chat, ChatDesk, Standing
from tresen.stores.models import Store
from tresen.tickets.models import Direction, Message
from tresen.tickets.queries import visible

MOST = 100
TOLD_FOR = timedelta(minutes=30)
"""So long an agent is told that an offer went by."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveChat:
    """A chat that somebody has, or is offered. `said` begins the visitor's newest message; `waits`: since when."""

    id: int
    ticket: int
    name: str
    said: str
    store: str
    agent: int | None
    agent_name: str
    taken: bool
    offered_until: datetime | None
    waits: datetime | None


def is_used(scope: Scope) -> bool:
    """Whether any store of the scope has a chat."""
    stores = Store.objects.filter(retired_at=None, settings__chat__on=True)
    return any(scope.shows(team=one.default_team_id, store=one.pk, brand=one.brand_id) for one in stores)


def held_by(agent_id: int) -> Sequence[LiveChat]:
    """What this agent is offered, then what he has, the longest waiting first."""
    return _live(Chat.objects.filter(agent=agent_id))


def live_in(scope: Scope) -> Sequence[LiveChat]:
    """All live chats of a scope, in the same order."""
    return _live(Chat.objects.filter(conversation__ticket__in=visible(scope)))


def missed_lately(agent_id: int, *, at: datetime) -> bool:
    """Whether an offer went by, so that the agent counts as not available until they say otherwise."""
    return ChatDesk.objects.filter(agent=agent_id, available=False, missed_at__gt=at - TOLD_FOR).exists()


def _live(chats: QuerySet[Chat]) -> list[LiveChat]:
    theirs = Message.objects.filter(conversation=OuterRef("conversation"), direction=Direction.IN).order_by("-pk")
    said = Subquery(theirs.values("text")[:1])
    rows = chats.exclude(standing=Standing.QUEUE).annotate(said=said, ticket=F("conversation__ticket"))
    ordered = rows.select_related("store", "agent").order_by(
        "standing", F("unanswered_since").asc(nulls_last=True), "pk"
    )
    return [
        LiveChat(
            id=chat.pk,
            ticket=chat.ticket,
            name=chat.name or chat.email,
            said=" ".join(str(chat.said or "").split())[:120],
            store=chat.store.name,
            agent=chat.agent_id,
            agent_name=chat.agent.name if chat.agent else "",
            taken=chat.standing == Standing.TAKEN,
            offered_until=chat.offered_until,
            waits=chat.unanswered_since,
        )
        for chat in ordered[:MOST]
    ]
