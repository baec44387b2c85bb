"""Chats follow what happens to their tickets: an answer, an end, another hand."""

from collections.abc import Sequence
from datetime import datetime

from django.db import connection

from tresen.accounts.actors import SYSTEM
from tresen.chats.ending import Why, let_go
from tresen.chats.models import Chat, Standing
from tresen.tickets import ledger
from tresen.tickets.chatting import answered_up_to
from tresen.tickets.events import TicketAssigned, TicketMoved, TicketSolved
from tresen.tickets.recorded import RecordedEvent


def note_chats_answered(events: Sequence[RecordedEvent], at: datetime) -> None:
    """Since when each of these tickets' chats waits for an answer, and whether it still does."""
    del at
    tickets = {entry.ticket for entry in events}
    chats = dict(
        Chat.objects.filter(conversation__ticket__in=tickets).values_list("conversation", "conversation__ticket")
    )
    if not chats:
        return
    histories = ledger.history_of(set(chats.values()))
    answered = {number: answered_up_to(histories[ticket]).get(number, 0) for number, ticket in chats.items()}
    with connection.cursor() as cursor:
        cursor.execute(_WAITS, [list(answered), list(answered.values())])


def let_chats_go(events: Sequence[RecordedEvent], at: datetime) -> None:
    """A chat ends with its ticket's solution, and when the ticket goes to another agent or team."""
    solved, moved, given = set[int](), set[int](), dict[int, int | None]()
    for entry in events:
        match entry.event:
            case TicketSolved():
                solved.add(entry.ticket)
            case TicketMoved():
                moved.add(entry.ticket)
            case TicketAssigned(assignee=assignee):
                given[entry.ticket] = assignee
            case _:
                pass
    held = Chat.objects.exclude(standing=Standing.QUEUE).filter(conversation__ticket__in={*solved, *moved, *given})
    rows = held.select_for_update(of=("self",)).select_related("conversation").order_by("pk")
    entries = []
    for chat in rows:
        assert chat.conversation is not None  # it was found by it
        ticket = chat.conversation.ticket_id
        if ticket in solved or ticket in moved or given.get(ticket, chat.agent_id) != chat.agent_id:
            why = Why.SOLVED if ticket in solved else Why.GIVEN_ON
            entries.append(let_go(chat, why, by=SYSTEM, at=at))
    if entries:
        ledger.record_all(entries, at=at)


# As far as the answer's writer had read; what the visitor wrote since waits from when it came.
_WAITS = """
    UPDATE chats_chat chat SET unanswered_since = (
        SELECT min(message.occurred_at) FROM tickets_message message
        WHERE message.conversation_id = given.conversation AND message.direction = 'in' AND message.kind = 'message'
          AND message.id > given.up_to
    )
    FROM unnest(%s::bigint[], %s::bigint[]) AS given (conversation, up_to)
    WHERE chat.conversation_id = given.conversation
"""
