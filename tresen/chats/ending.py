"""The end of an agent's part in a chat: what is owed in it stands in the queue from then on."""

from datetime import datetime
from enum import StrEnum

from tresen.accounts.actors import Actor
from tresen.chats.models import Chat, Standing
from tresen.tickets import ledger
from tresen.tickets.events import ChatEnded, Key
from tresen.tickets.recorded import NewEvent


class Why(StrEnum):
    """Why nobody has a chat any more."""

    NOT_TAKEN = "not_taken"
    UNANSWERED = "unanswered"
    VISITOR_LEFT = "visitor_left"
    CLOSED = "closed"
    AGENT_AWAY = "agent_away"
    GIVEN_ON = "given_on"
    SOLVED = "solved"


def end(chat: Chat, why: Why, *, by: Actor, at: datetime) -> None:
    """Let a locked chat go. Its ticket is read with it."""
    ledger.record_all([let_go(chat, why, by=by, at=at)], at=at)


def let_go(chat: Chat, why: Why, *, by: Actor, at: datetime) -> NewEvent:
    """The same, for who records more at once."""
    assert chat.conversation is not None  # only filed chats are held
    chat.standing, chat.agent_id, chat.offered_until = Standing.QUEUE, None, None
    chat.save(update_fields=["standing", "agent", "offered_until"])
    return NewEvent(
        ticket=chat.conversation.ticket_id,
        event=ChatEnded(conversation=chat.conversation.pk, why=Key(why.value)),
        by=by,
        occurred_at=at,
        source_key=f"chat:{chat.pk}:{chat.round}",
    )
