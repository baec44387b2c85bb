"""Watches live chats: nobody waits unseen for an agent who is not there, no agent for a visitor who has gone."""

from collections.abc import Container
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from tresen.accounts.actors import SYSTEM
from tresen.chats.desks import note_missed
from tresen.chats.ending import Why, end
from tresen.chats.models import Chat, Standing
from tresen.chats.offering import pass_on
from tresen.chats.presence import is_there
from tresen.staffing.absences import away_at
from tresen.stores.chatting import chat_of
from tresen.tickets.assigning import assign
from tresen.tickets.locking import locked
from tresen.tickets.solving import SETTLED


def watch_chats(at: datetime) -> int:
    """Let go of what can't go on as it is; gives how many chats changed hands or went to the queue."""
    live = list(Chat.objects.exclude(standing=Standing.QUEUE).order_by("pk").values_list("pk", flat=True))
    away = away_at(at) if live else {}
    return sum(_watch(chat, away, at=at) for chat in live)


@transaction.atomic
def _watch(chat_id: int, away: Container[int], *, at: datetime) -> bool:
    locked(Chat.objects.values_list("conversation__ticket", flat=True).get(pk=chat_id))
    rows = Chat.objects.select_for_update(of=("self",)).select_related("store", "agent", "conversation__ticket")
    chat = rows.filter(~Q(standing=Standing.QUEUE), pk=chat_id).first()
    if chat is None:
        return False
    if not is_there(chat, at=at):
        end(chat, Why.VISITOR_LEFT, by=SYSTEM, at=at)
    elif chat.agent is None or not chat.agent.is_active or chat.agent.pk in away:
        end(chat, Why.AGENT_AWAY, by=SYSTEM, at=at)
    elif chat.standing == Standing.OFFERED and chat.offered_until is not None and chat.offered_until <= at:
        note_missed(chat.agent.pk, at=at)
        pass_on(chat, at=at)
    elif chat.standing == Standing.TAKEN and _is_overdue(chat, at=at):
        _take_from(chat, chat.agent.pk, at=at)
    else:
        return False
    return True


def _is_overdue(chat: Chat, *, at: datetime) -> bool:
    waits = chat.unanswered_since
    return waits is not None and waits + chat_of(chat.store).answered_within <= at


def _take_from(chat: Chat, agent_id: int, *, at: datetime) -> None:
    """Whoever took it does not answer: it is everybody's again."""
    assert chat.conversation is not None  # only filed chats are taken
    note_missed(agent_id, at=at)
    end(chat, Why.UNANSWERED, by=SYSTEM, at=at)
    ticket = chat.conversation.ticket
    if ticket.assignee_id == agent_id and ticket.status not in SETTLED:
        assign(ticket.pk, assignee_id=None, by=SYSTEM, at=at)
