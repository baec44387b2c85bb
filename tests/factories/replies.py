"""Tickets with a message of a buyer, and answers given by the operation itself."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from tests.factories.messages import a_message, filed
from tests.factories.shops import MONDAY, a_store, an_agent
from tresen.accounts.actors import SYSTEM, Actor
from tresen.channels.contract import OutboundAttachment, SendResult, Sent
from tresen.outbox.bounced import Failed
from tresen.outbox.models import Delivery, DeliveryState
from tresen.outbox.receipts import confirm, take_back
from tresen.replies.answering import Then, answer
from tresen.stores.models import Store
from tresen.tickets.models import Conversation, Message, Ticket
from tresen.tickets.waiving import WaiveReason, waive


def a_ticket(store: Store | None = None, *, at: datetime = MONDAY, **message: object) -> Ticket:
    filing, *_ = filed(store or a_store(), a_message(at=at, **message))  # type: ignore[arg-type]
    return Ticket.objects.get(pk=filing.ticket.id)


def answered(
    ticket: Ticket,
    *,
    text: str = "Ihr Paket ist unterwegs.",
    at: datetime | None = None,
    by: Actor | None = None,
    then: Then = Then.KEEP_OPEN,
    up_to: int | None = None,
    files: Sequence[OutboundAttachment] = (),
) -> Delivery:
    """An answer in the ticket's newest conversation, an hour after its newest message."""
    newest = Message.objects.filter(ticket=ticket).latest("pk")
    conversation = Conversation.objects.filter(ticket=ticket).latest("pk")
    message = answer(
        ticket.pk,
        conversation_id=conversation.pk,
        text=text,
        answers_up_to=up_to or newest.pk,
        by=by or Actor.agent(an_agent().pk),
        at=at or newest.occurred_at + timedelta(hours=1),
        then=then,
        attachments=files,
    )
    return Delivery.objects.get(message=message)


def attempted(delivery: Delivery, result: SendResult, *, at: datetime, attempt: int = 1) -> None:
    """What the outbox keeps of one attempt to send it, which ended so."""
    Delivery.objects.filter(pk=delivery.pk).update(state=DeliveryState.SENDING, attempts=attempt)
    confirm(delivery.pk, result, attempt=attempt, at=at)


def leaves(delivery: Delivery, *, at: datetime) -> None:
    """The platform takes the reply."""
    attempted(delivery, Sent(at=at, external_id="250", answer="250 ok"), at=at)


def comes_back(delivery: Delivery, *, at: datetime) -> None:
    """A mail server says that what had left does not arrive: there is no such user."""
    bounce = Failed(
        store=delivery.store_id,
        message_id=delivery.idempotency_key,
        recipient=delivery.recipient,
        orders=(),
        reason="550 no such user",
        occurred_at=at,
    )
    assert take_back([bounce], at=at) == 1


def came_back_five_days_late(ticket: Ticket, *, at: datetime, then: Then = Then.KEEP_OPEN) -> Delivery:
    """An answer that left `at`, which its mail server gave up five days later."""
    delivery = answered(ticket, at=at, then=then)
    attempted(delivery, Sent(at=at, external_id="250", answer="250 ok", provisional=True), at=at)
    comes_back(delivery, at=at + timedelta(days=5))
    return delivery


def waived(ticket: Ticket, *, at: datetime = MONDAY + timedelta(hours=1)) -> None:
    """The buyer only says thanks: no answer to the newest message of the ticket is needed."""
    message = Message.objects.filter(ticket=ticket, direction="in").latest("pk")
    assert message.conversation_id is not None
    waive(
        ticket.pk,
        conversation_id=message.conversation_id,
        up_to=message.pk,
        reason=WaiveReason.THANKS,
        by=SYSTEM,
        at=at,
    )
