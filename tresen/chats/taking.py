"""An agent takes a chat that is offered, passes it on, or closes it."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tresen.accounts.actors import Actor
from tresen.chats.ending import Why, end
from tresen.chats.models import Chat, Standing
from tresen.chats.offering import pass_on
from tresen.tickets import ledger
from tresen.tickets.assigning import assign
from tresen.tickets.events import ChatTaken
from tresen.tickets.locking import locked
from tresen.tickets.solving import SETTLED


class ChatGone(ValueError):
    """It is not this agent's any more. The message is a sentence for them."""


@transaction.atomic
def take(chat_id: int, *, agent_id: int, at: datetime) -> int:
    """Take the chat that is offered to this agent; gives its ticket, theirs if it was nobody's. Twice is once.

    Raises ChatGone.
    """
    chat = _held(chat_id, agent_id)
    assert chat.conversation is not None  # only filed chats are offered
    ticket = chat.conversation.ticket
    if chat.standing == Standing.TAKEN:
        return ticket.pk
    chat.standing, chat.offered_until = Standing.TAKEN, None
    chat.save(update_fields=["standing", "offered_until"])
    event, by = ChatTaken(conversation=chat.conversation.pk, agent=agent_id), Actor.agent(agent_id)
    ledger.record(ticket.pk, event, by=by, at=at, source_key=f"chat:{chat.pk}:{chat.round}")
    if ticket.assignee_id is None and ticket.status not in SETTLED:
        assign(ticket.pk, assignee_id=agent_id, by=by, at=at)
    return ticket.pk


@transaction.atomic
def decline(chat_id: int, *, agent_id: int, at: datetime) -> None:
    """Not now: it is offered to the next one. Raises ChatGone."""
    chat = _held(chat_id, agent_id)
    if chat.standing != Standing.OFFERED:
        raise ChatGone(_("You have taken this chat: close it instead."))
    pass_on(chat, at=at)


@transaction.atomic
def close(chat_id: int, *, agent_id: int, at: datetime) -> int:
    """The agent is done with it; gives its ticket. What the visitor still waits for stands in the queue.

    Raises ChatGone.
    """
    chat = _held(chat_id, agent_id)
    assert chat.conversation is not None
    end(chat, Why.CLOSED, by=Actor.agent(agent_id), at=at)
    return chat.conversation.ticket_id


def _held(chat_id: int, agent_id: int) -> Chat:
    """The chat, locked behind its ticket. Raises ChatGone where the agent neither has it nor is offered it."""
    ticket = Chat.objects.filter(pk=chat_id).values_list("conversation__ticket", flat=True).first()
    if ticket is not None:
        locked(ticket)
        chat = (
            Chat.objects.select_for_update(of=("self",)).select_related("store", "conversation__ticket").get(pk=chat_id)
        )
        if chat.agent_id == agent_id and chat.standing != Standing.QUEUE:
            return chat
    raise ChatGone(_("This chat is not yours any more: a colleague has it, or it stands in the queue."))
