"""What comes back after a reply was handed over: the platform's answer, and bounces that take it back.

Tickets are locked before deliveries, here and everywhere, so that two writers never wait in a circle.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection, transaction

from tresen.accounts.actors import CHANNEL
from tresen.channels.contract import Author, Later, Refused, SendResult, Sent, ThreadKeyKind, Uncertain
from tresen.outbox.bounced import Failed, deliveries_of
from tresen.outbox.chosen_ways import answers
from tresen.outbox.models import Delivery, DeliveryAttempt, DeliveryPart, DeliveryState
from tresen.outbox.pausing import pause_after, tried_long_enough
from tresen.outbox.reaching import conversations_of, suffix
from tresen.tickets import ledger
from tresen.tickets.events import Event, Key, ReplyAccepted, ReplyBounced, ReplyRefused, ReplyUncertain
from tresen.tickets.locking import locked
from tresen.tickets.models import ConversationTie
from tresen.tickets.recorded import NewEvent
from tresen.uncertain.looking import FIRST_LOOK

__all__ = ["PROVISIONAL_FOR", "RETURNS_WITHIN", "Failed", "confirm", "take_back"]

PROVISIONAL_FOR = timedelta(hours=72)
"""How long a bounce may still take back what a mail server accepted."""

RETURNS_WITHIN = timedelta(days=7)
"""So long after it left a reply is looked for when a bounce names no mail: servers try for up to five days
(RFC 5321, 4.5.4.1), and their last word may be slow. The clocks are no longer touched by then."""

FIRST_WORD = Key("first_word")
"""The author of a conversation's first message, as no platform's rules name him."""
INTERIM = Key("interim")
"""The same of what leaves by a way that is no answer: it stops no clock, and nothing crosses it."""

_OPEN = (DeliveryState.SENDING, DeliveryState.UNCERTAIN)


@transaction.atomic
def confirm(delivery_id: int, result: SendResult, *, attempt: int, at: datetime) -> Delivery:
    """Keep what came of an attempt. A delivery that was settled meanwhile stays as it was settled."""
    ticket = Delivery.objects.values_list("message__ticket_id", flat=True).get(pk=delivery_id)
    locked(ticket)
    delivery = (
        Delivery.objects.select_for_update(of=("self",)).select_related("message__conversation").get(pk=delivery_id)
    )
    DeliveryAttempt.objects.filter(delivery=delivery, number=attempt, ended_at=None).update(
        ended_at=at, outcome=_outcome(result), answer=_words(result)
    )
    if delivery.state not in _OPEN or delivery.attempts != attempt:
        return delivery
    events = _apply(delivery, result, at=at)
    delivery.answer = _words(result)
    if delivery.state == DeliveryState.UNCERTAIN:
        delivery.next_look_at = at + FIRST_LOOK
    if isinstance(result, Sent):
        tie_thread(delivery, result.thread)
    if isinstance(result, Sent | Uncertain):
        _keep_parts(delivery, result.parts)
    delivery.save(update_fields=["state", "answer", "next_attempt_at", "accepted_at", "external_id", "next_look_at"])
    happened = result.at if isinstance(result, Sent) else at
    for event, more in events:
        key = attempt_key(delivery_id, attempt) + more
        ledger.record(ticket, event, by=CHANNEL, at=happened, recorded_at=at, source_key=key)
    return delivery


@dataclass(frozen=True, slots=True)
class _Returned:
    """A delivery that came back."""

    delivery: int
    ticket: int
    message: int
    attempt: int
    at: datetime
    reason: str


def take_back(failed: Sequence[Failed], *, at: datetime) -> int:
    """Mark the replies that these bounces are about as bounced, in the caller's transaction; gives how many were."""
    found = deliveries_of(failed, window=RETURNS_WITHIN)
    if not found:
        return 0
    with connection.cursor() as cursor:
        # In one order with every other writer: first the tickets, then their deliveries.
        cursor.execute(_LOCK_TICKETS, [list(found)])
        cursor.execute(_LOCK_DELIVERIES, [list(found)])
        returned = [
            # A server stamps whole seconds: a bounce is never older than what it takes back.
            _Returned(
                delivery, ticket, message, attempt, max(found[delivery].occurred_at, since), found[delivery].reason
            )
            for delivery, ticket, message, attempt, since in cursor.fetchall()
        ]
        cursor.execute(_MARK, [[each.delivery for each in returned], [each.reason for each in returned]])
    ledger.record_all([_bounce(each) for each in returned], at=at)
    return len(returned)


def attempt_key(delivery_id: int, attempt: int) -> str:
    """The cause of what came of an attempt: told twice, it is recorded once."""
    return f"delivery:{delivery_id}:{attempt}"


def accepted_events(delivery: Delivery, *, provisional_until: datetime | None) -> list[tuple[Event, str]]:
    """The fact that this reply was accepted in each conversation that it reaches, and what tells their causes apart."""
    return [
        (
            ReplyAccepted(
                message=delivery.message_id,
                conversation=reached.pk,
                role=Key(reached.role),
                answers_up_to=delivery.answers_up_to,
                author=author_of(delivery),
                provisional_until=provisional_until,
            ),
            suffix(delivery.message, reached),
        )
        for reached in conversations_of(delivery.message)
    ]


def author_of(delivery: Delivery) -> Key:
    """Who wrote it, as far as answers are told apart.

    Whoever writes first, or by a way that is no answer, answers nobody: that stops no clock.
    """
    if delivery.opening:
        return FIRST_WORD
    if not answers(delivery.message):
        return INTERIM
    return Key(Author.PERSON if delivery.message.agent_id else Author.BOT)


def tie_thread(delivery: Delivery, thread: str) -> None:
    """Keep by which thread of the platform's the conversation goes on that began with this."""
    if thread and delivery.opening and delivery.message.conversation_id is not None:
        ConversationTie.objects.get_or_create(
            conversation_id=delivery.message.conversation_id,
            store_id=delivery.store_id,
            kind=ThreadKeyKind.THREAD,
            value=thread[:400],
        )


def _keep_parts(delivery: Delivery, parts: Sequence[str]) -> None:
    rows = [DeliveryPart(delivery=delivery, external_id=one[:400]) for one in parts]
    DeliveryPart.objects.bulk_create(rows, ignore_conflicts=True)


def _apply(delivery: Delivery, result: SendResult, *, at: datetime) -> list[tuple[Event, str]]:
    match result:
        case Sent():
            delivery.state = DeliveryState.ACCEPTED
            delivery.accepted_at = result.at
            delivery.external_id = result.external_id[:400]
            until = result.at + PROVISIONAL_FOR if result.provisional else None
            return accepted_events(delivery, provisional_until=until)
        case Later() if not tried_long_enough(delivery.queued_at, at=at):
            delivery.state = DeliveryState.QUEUED
            # An allowance says itself when it is free: waiting for it has not failed.
            failures = 1 if result.held else delivery.attempts
            delivery.next_attempt_at = at + max(result.after, pause_after(failures, seed=delivery.pk))
            return []
        case Later() | Refused():
            delivery.state = DeliveryState.REFUSED
            delivery.next_attempt_at = None
            return [(ReplyRefused(message=delivery.message_id), "")]
        case Uncertain():
            delivery.state = DeliveryState.UNCERTAIN
            delivery.next_attempt_at = None
            return [(ReplyUncertain(message=delivery.message_id), "")]


def _outcome(result: SendResult) -> str:
    return type(result).__name__.lower()


def _words(result: SendResult) -> str:
    return result.answer if isinstance(result, Sent) else result.reason


def _bounce(returned: _Returned) -> NewEvent:
    return NewEvent(
        ticket=returned.ticket,
        event=ReplyBounced(message=returned.message),
        by=CHANNEL,
        occurred_at=returned.at,
        source_key=attempt_key(returned.delivery, returned.attempt),
    )


_LOCK_TICKETS = """
    SELECT ticket.id FROM tickets_ticket ticket WHERE ticket.id IN (
        SELECT message.ticket_id FROM outbox_delivery delivery
        JOIN tickets_message message ON message.id = delivery.message_id WHERE delivery.id = ANY(%s)
    ) ORDER BY ticket.id FOR UPDATE
"""
_LOCK_DELIVERIES = """
    SELECT delivery.id, message.ticket_id, message.id, delivery.attempts,
           coalesce(delivery.accepted_at, message.occurred_at)
    FROM outbox_delivery delivery JOIN tickets_message message ON message.id = delivery.message_id
    WHERE delivery.id = ANY(%s) AND delivery.state IN ('accepted', 'sending', 'uncertain')
    ORDER BY delivery.id FOR UPDATE OF delivery
"""
_MARK = """
    UPDATE outbox_delivery delivery SET state = 'bounced', answer = given.reason, next_attempt_at = NULL
    FROM unnest(%s::bigint[], %s::text[]) AS given (id, reason) WHERE delivery.id = given.id
"""
