"""Drafts: what an agent has typed and not yet sent, kept per agent and conversation."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q

from tresen.accounts.actors import Actor
from tresen.channels.contract import Role
from tresen.replies.models import Draft
from tresen.staffing.absences import away_at
from tresen.tickets.models import Conversation, Direction, Message


class Typed(NamedTuple):
    """What was typed, and when it was kept last. `by` names a colleague who left it behind, else it is one's own.

    `readers` are those it is for, where that was chosen.
    """

    text: str
    at: datetime
    by: str = ""
    readers: Sequence[Role] = ()


def keep_draft(conversation_id: int, *, text: str, readers: Sequence[Role] = (), by: Actor, at: datetime) -> None:
    """Keep what was typed; an empty text drops it. Raises Conversation.DoesNotExist."""
    if not text.strip():
        drop_draft(conversation_id, by=by)
        return
    ticket_id = Conversation.objects.values_list("ticket_id", flat=True).get(pk=conversation_id)
    Draft.objects.update_or_create(
        conversation_id=conversation_id,
        agent_id=_agent(by),
        defaults={
            "text": text.replace("\0", ""),
            "readers": ",".join(readers),
            "changed_at": at,
            "ticket_id": ticket_id,
        },
    )


def drop_draft(conversation_id: int, *, by: Actor) -> None:
    """Forget what was typed."""
    Draft.objects.filter(conversation_id=conversation_id, agent_id=_agent(by)).delete()


def drafts_of(ticket_id: int, *, by: Actor, at: datetime) -> dict[int, Typed]:
    """The agent's drafts on a ticket, by conversation: the own ones, else what whoever is away had typed there.

    A draft of somebody who is away goes with the ticket: who answers for it now finds it, and keeps it by typing on.
    """
    answered_since = Message.objects.filter(
        conversation=OuterRef("conversation"), direction=Direction.OUT, occurred_at__gt=OuterRef("changed_at")
    )
    left_behind = Q(ticket__assignee=_agent(by), agent__in=away_at(at)) & ~Exists(answered_since)
    drafts = Draft.objects.filter(Q(agent=_agent(by)) | left_behind, ticket=ticket_id)
    typed = list(drafts.select_related("agent").order_by("changed_at"))
    left = {one.conversation_id: Typed(one.text, one.changed_at, one.agent.name, _roles(one)) for one in typed}
    own = {
        one.conversation_id: Typed(one.text, one.changed_at, readers=_roles(one))
        for one in typed
        if one.agent_id == by.id
    }
    return left | own


def _roles(draft: Draft) -> Sequence[Role]:
    return tuple(Role(part) for part in draft.readers.split(",") if part)


def writing_besides(ticket_id: int, *, by: Actor, since: datetime) -> list[str]:
    """The names of colleagues whose draft on this ticket changed since then."""
    drafts = Draft.objects.filter(ticket_id=ticket_id, changed_at__gte=since).exclude(agent_id=_agent(by))
    return list(drafts.order_by("agent__name").values_list("agent__name", flat=True).distinct())


def _agent(by: Actor) -> int:
    assert by.id is not None  # only people type
    return by.id
