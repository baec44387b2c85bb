"""What a person decides about a reply that was refused, came back, or may or may not have left."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tresen.accounts.actors import CHANNEL, Actor
from tresen.channels.contract import Sent
from tresen.outbox import allowing
from tresen.outbox.models import Delivery, DeliveryAttempt, DeliveryState
from tresen.outbox.receipts import PROVISIONAL_FOR, accepted_events, attempt_key, tie_thread
from tresen.outbox.told import take_told_before
from tresen.stores.leaving import sends_nothing
from tresen.stores.troubles import OPTED_OUT
from tresen.tickets import ledger
from tresen.tickets.events import ReplyResent
from tresen.tickets.locking import locked, next_cause
from tresen.tickets.models import Ticket

RESENDABLE = (DeliveryState.REFUSED, DeliveryState.BOUNCED, DeliveryState.UNCERTAIN, DeliveryState.HELD)


class CannotSettle(ValueError):
    """The reply is not in a state in which this can be said of it. The message is a sentence for the agent."""


@transaction.atomic
def it_was_sent(delivery_id: int, *, by: Actor, at: datetime) -> Delivery:
    """Say that an uncertain reply did leave: it counts from when it was attempted. Saying it twice changes nothing."""
    ticket, delivery = _held(delivery_id)
    if delivery.state == DeliveryState.ACCEPTED:
        return delivery
    if delivery.state != DeliveryState.UNCERTAIN:
        raise CannotSettle(_("Only a reply whose fate is unknown can be declared as sent."))
    attempted_at = DeliveryAttempt.objects.get(delivery=delivery, number=delivery.attempts).started_at
    _accept(ticket, delivery, since=attempted_at, by=by, at=at)
    return delivery


@transaction.atomic
def send_again(delivery_id: int, *, by: Actor, at: datetime) -> Delivery:
    """Send a refused, bounced, uncertain or held reply again, under the same id. While it is queued: no change."""
    allowing.wait_to_begin(delivery_id)
    ticket, delivery = _held(delivery_id)
    if delivery.state == DeliveryState.QUEUED:
        return delivery
    if delivery.state not in RESENDABLE:
        raise CannotSettle(_("This reply has left, or is just leaving: it can't be sent again."))
    if delivery.state == DeliveryState.BOUNCED and delivery.answer == OPTED_OUT:
        raise CannotSettle(_("The buyer takes no messages from sellers: it would come back again."))
    if kept_here := sends_nothing(delivery.store):
        raise CannotSettle(kept_here)
    if hindrance := allowing.hindrance_of(delivery, at=at):
        raise CannotSettle(hindrance)
    delivery.state = DeliveryState.QUEUED
    delivery.queued_at = delivery.next_attempt_at = at
    delivery.looks, delivery.looked_at, delivery.next_look_at = 0, None, None
    delivery.save(update_fields=["state", "queued_at", "next_attempt_at", "looks", "looked_at", "next_look_at"])
    event = ReplyResent(message=delivery.message_id)
    ledger.record(ticket.pk, event, by=by, at=at, source_key=next_cause(ticket))
    return delivery


def settle_seen(seen: Mapping[str, datetime], *, at: datetime) -> int:
    """Replies whose own copy came in, by id and time, did leave: what was uncertain is settled. Gives how many."""
    lost = Delivery.objects.filter(idempotency_key__in=seen, state=DeliveryState.UNCERTAIN).order_by("pk")
    settled = 0
    for delivery_id, key in list(lost.values_list("pk", "idempotency_key")):
        ticket, delivery = _held(delivery_id)
        if delivery.state == DeliveryState.UNCERTAIN:
            _accept(ticket, delivery, since=seen[key], by=CHANNEL, at=at)
            settled += 1
    return settled


@transaction.atomic
def settle_found(delivery_id: int, found: Sent, *, at: datetime) -> bool:
    """The platform shows this reply: an uncertain one did leave, then. False where there was nothing to settle.

    What it has told of it meanwhile holds: it may have failed since.
    """
    ticket, delivery = _held(delivery_id)
    if delivery.state != DeliveryState.UNCERTAIN:
        return False
    delivery.external_id = found.external_id[:400]
    tie_thread(delivery, found.thread)
    _accept(ticket, delivery, since=found.at, by=CHANNEL, at=at, provisional=found.provisional)
    take_told_before(delivery, at=at)
    return True


def learn_number(delivery_id: int, number: str) -> None:
    """What the platform calls a reply that it took without saying so: by it the reply is known when told again."""
    nameless = Delivery.objects.filter(pk=delivery_id, state=DeliveryState.ACCEPTED, external_id="")
    nameless.update(external_id=number[:400])


def _accept(
    ticket: Ticket, delivery: Delivery, *, since: datetime, by: Actor, at: datetime, provisional: bool = True
) -> None:
    delivery.state = DeliveryState.ACCEPTED
    delivery.accepted_at = since
    delivery.next_look_at = None
    delivery.save(update_fields=["state", "accepted_at", "external_id", "next_look_at"])
    until = since + PROVISIONAL_FOR if provisional else None
    for event, more in accepted_events(delivery, provisional_until=until):
        key = attempt_key(delivery.pk, delivery.attempts) + more
        ledger.record(ticket.pk, event, by=by, at=since, recorded_at=at, source_key=key)


def _held(delivery_id: int) -> tuple[Ticket, Delivery]:
    """The ticket, then its delivery, both locked. Raises Delivery.DoesNotExist."""
    ticket = locked(Delivery.objects.values_list("message__ticket_id", flat=True).get(pk=delivery_id))
    rows = Delivery.objects.select_for_update(of=("self",)).select_related(
        "store", "order__store", "message__conversation"
    )
    return ticket, rows.get(pk=delivery_id)
