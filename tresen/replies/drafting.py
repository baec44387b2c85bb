"""Drafts: what an agent has typed and not yet sent, kept per agent and conversation."""

from datetime import datetime
from typing import NamedTuple

from tresen.accounts.actors import Actor
from tresen.replies.models import Draft
from tresen.tickets.models import Conversation


class Typed(NamedTuple):
    """What was typed, and when it was kept last."""

    text: str
    at: datetime


def keep_draft(conversation_id: int, *, text: str, by: Actor, at: datetime) -> None:
    """Keep what was typed; an empty text drops it. Raises Conversation.DoesNotExist."""
    if not text.strip():
        drop_draft(conversation_id, by=by)
        return
    ticket_id = Conversation.objects.values_list("ticket_id", flat=True).get(pk=conversation_id)
    Draft.objects.update_or_create(
        conversation_id=conversation_id,
        agent_id=_agent(by),
        defaults={"text": text.replace("\0", ""), "changed_at": at, "ticket_id": ticket_id},
    )


def drop_draft(conversation_id: int, *, by: Actor) -> None:
    """Forget what was typed."""
    Draft.objects.filter(conversation_id=conversation_id, agent_id=_agent(by)).delete()


def drafts_of(ticket_id: int, *, by: Actor) -> dict[int, Typed]:
    """The agent's own drafts on a ticket, by conversation."""
    drafts = Draft.objects.filter(ticket_id=ticket_id, agent_id=_agent(by))
    return {draft.conversation_id: Typed(draft.text, draft.changed_at) for draft in drafts}


def writing_besides(ticket_id: int, *, by: Actor, since: datetime) -> list[str]:
    """The names of colleagues whose draft on this ticket changed since then."""
    drafts = Draft.objects.filter(ticket_id=ticket_id, changed_at__gte=since).exclude(agent_id=_agent(by))
    return list(drafts.order_by("agent__name").values_list("agent__name", flat=True).distinct())


def _agent(by: Actor) -> int:
    assert by.id is not None  # only people type
    return by.id
