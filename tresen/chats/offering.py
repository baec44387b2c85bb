"""Offers a chat round: to one available agent after the other, until one takes it or its time is over.

A visitor's message is offered in the transaction that files it, so that it never stands in the queue in between.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from tresen.accounts.actors import SYSTEM
from tresen.chats.desks import free_agents
from tresen.chats.ending import Why, end
from tresen.chats.models import Chat, ChatDesk, Standing
from tresen.chats.presence import is_there
from tresen.stores.chatting import chat_of
from tresen.tickets import ledger
from tresen.tickets.events import ChatOffered, MessageReceived
from tresen.tickets.projection import TicketNow
from tresen.tickets.recorded import NewEvent, RecordedEvent

STANDS_FOR = timedelta(seconds=25)
"""So long an offer waits for one agent, where another could be asked after them."""


def offer_chats(events: Sequence[RecordedEvent], at: datetime) -> None:
    """Offer the chats in which a visitor wrote to whom all had been answered; what was left unanswered stays queued."""
    written = {
        entry.event.conversation: entry
        for entry in reversed(events)
        if isinstance(entry.event, MessageReceived) and entry.event.expects_answer
    }
    if not written:
        return
    chats = Chat.objects.filter(conversation__in=written, unanswered_since=None, by_mail_since=None)
    found = list(chats.select_for_update(of=("self",)).select_related("store").order_by("pk"))
    # From the ledger: a new ticket's row is not written yet.
    tickets = ledger.tickets_of({written[chat.conversation_id].ticket for chat in found if chat.conversation_id})
    entries = []
    for chat in found:
        assert chat.conversation_id is not None  # it was found by it
        entry = written[chat.conversation_id]
        chat.unanswered_since = entry.occurred_at
        if chat.standing == Standing.QUEUE and is_there(chat, at=at):
            entries += _begin_round(chat, entry.ticket, tickets[entry.ticket], at=at)
        chat.save(update_fields=[*_OFFER, "unanswered_since"])
    if entries:
        ledger.record_all(entries, at=at)


def pass_on(chat: Chat, *, at: datetime) -> None:
    """Offer a locked chat that its agent did not take to the next one; when nobody is left, it goes to the queue."""
    assert chat.round_until is not None  # it is on offer
    assert chat.conversation is not None
    ticket = chat.conversation.ticket_id
    candidates = _candidates(chat, ledger.tickets_of([ticket])[ticket], at=at) if at < chat.round_until else []
    if not candidates:
        end(chat, Why.NOT_TAKEN, by=SYSTEM, at=at)
        return
    entry = _offer(chat, ticket, candidates, at=at)
    chat.save(update_fields=_OFFER)
    ledger.record_all([entry], at=at)


_OFFER = ("standing", "agent", "round", "asked", "offered_until", "round_until")


def _begin_round(chat: Chat, ticket: int, now: TicketNow, *, at: datetime) -> list[NewEvent]:
    chat.round, chat.asked = chat.round + 1, []
    chat.round_until = at + chat_of(chat.store).round_lasts
    candidates = _candidates(chat, now, at=at)
    return [_offer(chat, ticket, candidates, at=at)] if candidates else []


def _candidates(chat: Chat, now: TicketNow, *, at: datetime) -> list[int]:
    """Who has the ticket comes first, then who waits longest."""
    free = free_agents(team=now.state.team, store=chat.store_id, brand=now.brand, but=chat.asked, at=at)
    return sorted(free, key=lambda agent: agent != now.state.assignee)


def _offer(chat: Chat, ticket: int, candidates: Sequence[int], *, at: datetime) -> NewEvent:
    assert chat.round_until is not None  # a round has begun
    assert chat.conversation_id is not None
    agent = candidates[0]
    chat.standing, chat.agent_id, chat.asked = Standing.OFFERED, agent, [*chat.asked, agent]
    chat.offered_until = min(chat.round_until, at + STANDS_FOR) if len(candidates) > 1 else chat.round_until
    ChatDesk.objects.filter(agent=agent).update(since=at)
    event = ChatOffered(conversation=chat.conversation_id, agent=agent)
    key = f"chat:{chat.pk}:{chat.round}:{agent}"
    return NewEvent(ticket=ticket, event=event, by=SYSTEM, occurred_at=at, source_key=key)
