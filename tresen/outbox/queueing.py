"""Putting a reply on its way, and taking it back before it leaves."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from tresen.accounts.actors import Actor
from tresen.chats.presence import chat_in, is_there
from tresen.orders.models import Order
from tresen.outbox.in_chat import may_have_been_shown
from tresen.outbox.models import Delivery, DeliveryState
from tresen.outbox.quiet import delivery_may_leave_at
from tresen.outbox.reaching import conversations_of, suffix
from tresen.stores.models import Mailbox, Store
from tresen.tickets import ledger
from tresen.tickets.events import Key, ReplyQueued, ReplyWithdrawn
from tresen.tickets.models import Message
from tresen.vault.sealing import sealed

UNDO_WINDOW = timedelta(seconds=6)
"""A reply waits this long before its first attempt, so that one key takes it back."""

UNDO_IN_CHAT = timedelta(seconds=2)
"""The same where somebody waits before his screen."""

WITHDRAWABLE = (DeliveryState.QUEUED, DeliveryState.HELD)


@dataclass(frozen=True, slots=True)
class First:
    """The first message of a conversation: about which order, and of which of the channel's kinds."""

    order: Order
    opening: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What makes a letter to a partner of a message: the mailbox it leaves through, and what stands below its text."""

    mailbox: Mailbox
    closing: str


def queue(
    message: Message,
    *,
    store: Store,
    recipient: str,
    answers_up_to: int,
    author: Key,
    first: First | None = None,
    letter: Letter | None = None,
    by: Actor,
    at: datetime,
) -> Delivery:
    """Queue a reply in the caller's transaction, with the ticket locked. A store in shadow holds it: nothing leaves.

    The message's `external_id` must be set: it is the fixed id that every attempt carries. `first`: it answers nobody.
    `letter`: it goes to a partner, by plain mail.
    """
    delivery = Delivery(
        message=message,
        store=store,
        recipient=recipient,
        mailbox=letter.mailbox if letter else None,
        closing=sealed(letter.closing) if letter else None,
        idempotency_key=message.external_id,
        answers_up_to=answers_up_to,
        state=DeliveryState.HELD if store.shadow else DeliveryState.QUEUED,
        queued_at=at,
        opening=first.opening if first else "",
        order=first.order if first else None,
    )
    if not store.shadow:
        delivery.next_attempt_at = delivery_may_leave_at(delivery, at=at + _undo_window(message, at=at))
    delivery.save(force_insert=True)
    _record_queued(message, answers_up_to=answers_up_to, author=author, by=by, at=at)
    return delivery


def _undo_window(message: Message, *, at: datetime) -> timedelta:
    chat = chat_in(message.conversation_id) if message.conversation_id is not None else None
    return UNDO_IN_CHAT if chat is not None and is_there(chat, at=at) else UNDO_WINDOW


def _record_queued(message: Message, *, answers_up_to: int, author: Key, by: Actor, at: datetime) -> None:
    """In each conversation that it reaches."""
    for reached in conversations_of(message):
        event = ReplyQueued(
            message=message.pk,
            conversation=reached.pk,
            role=Key(reached.role),
            answers_up_to=answers_up_to,
            author=author,
        )
        ledger.record(
            message.ticket_id, event, by=by, at=at, source_key=f"message:{message.pk}{suffix(message, reached)}"
        )


def take_out(delivery: Delivery, *, by: Actor, at: datetime) -> bool:
    """Withdraw a locked delivery that has not left, with the ticket locked; False when it is on its way already."""
    if delivery.state not in WITHDRAWABLE or may_have_been_shown(delivery, at=at):
        return False
    delivery.state = DeliveryState.WITHDRAWN
    delivery.next_attempt_at = None
    delivery.save(update_fields=["state", "next_attempt_at"])
    event = ReplyWithdrawn(message=delivery.message_id)
    ledger.record(delivery.message.ticket_id, event, by=by, at=at, source_key=f"message:{delivery.message_id}")
    return True
