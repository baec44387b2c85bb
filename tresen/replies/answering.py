"""Answering: one transaction that fixes the text, ties it to its conversation and puts it on its way."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from tresen.accounts.actors import Actor, ActorKind
from tresen.channels.contract import Author, OutboundAttachment, ThreadKeyKind
from tresen.files import keeping
from tresen.mail.thread_keys import own_message_id
from tresen.outbox import queueing
from tresen.outbox.models import Delivery, DeliveryState
from tresen.replies import drafting
from tresen.replies.meanwhile import AnsweredMeanwhile, answer_since
from tresen.replies.owing import is_settled
from tresen.replies.permitting import CannotAnswer, Counterpart, check_text, counterpart_of
from tresen.stores.access import mailbox_of
from tresen.stores.connectors import connector_of
from tresen.stores.models import Store
from tresen.tickets import ledger, solving
from tresen.tickets.events import Event, Key, TicketReopened, TicketSolved, WaitingEnded, WaitingStarted
from tresen.tickets.locking import locked
from tresen.tickets.models import (
    Attachment,
    Conversation,
    ConversationTie,
    Direction,
    Message,
    MessageKind,
    Status,
    Ticket,
    TicketEvent,
    WaitingOn,
)

__all__ = ["AnsweredMeanwhile", "CannotAnswer", "Then", "answer", "withdraw"]


class Then(StrEnum):
    """What becomes of the ticket with the answer."""

    KEEP_OPEN = "keep_open"
    SOLVE = "solve"
    WAIT = "wait"


@transaction.atomic
def answer(
    ticket_id: int,
    *,
    conversation_id: int,
    text: str,
    answers_up_to: int,
    by: Actor,
    at: datetime,
    attachments: Sequence[OutboundAttachment] = (),
    then: Then = Then.KEEP_OPEN,
    submission: UUID | None = None,
    seen: int | None = None,
) -> Message:
    """Queue an answer that leaves after a few seconds; `answers_up_to` is the newest message its composer showed.

    `submission` is the composer's own number: the same text given in twice under it is one answer, whatever happened to
    the page in between. `seen` is the newest message of any kind that the composer's page showed. Raises CannotAnswer
    with a sentence for the agent: AnsweredMeanwhile where an answer stands that he has not seen.
    """
    ticket = locked(ticket_id)
    conversation = Conversation.objects.select_related("store__brand", "identity").filter(pk=conversation_id).first()
    to = counterpart_of(conversation, ticket=ticket, answers_up_to=answers_up_to)
    text = check_text(text, attachments, store=to.conversation.store)
    earlier = _given_in(ticket, submission)
    if earlier is not None and _is_same(earlier, to, text):
        return earlier
    if seen is not None and (other := answer_since(to.conversation, seen=seen)):
        raise AnsweredMeanwhile(_("This was answered while you wrote: send yours too?"), message=other.pk)
    message = _written(ticket, to, text, number=submission if submission and not earlier else uuid4(), by=by, at=at)
    _attach(message, attachments, at=at)
    _queue(message, to, answers_up_to=answers_up_to, by=by, at=at)
    _then(then, ticket, message, by=by, at=at)
    if by.kind is ActorKind.AGENT:
        drafting.drop_draft(conversation_id, by=by)
    return message


@transaction.atomic
def withdraw(message_id: int, *, by: Actor, at: datetime) -> bool:
    """Take an answer back while it has not left, with what it did to the ticket; its text is a draft again.

    False when it is on its way already.
    """
    ticket = locked(Message.objects.values_list("ticket_id", flat=True).get(pk=message_id))
    rows = Delivery.objects.select_for_update(of=("self",)).select_related("message")
    delivery = rows.get(message_id=message_id)
    if delivery.state == DeliveryState.WITHDRAWN:
        return True
    if not queueing.take_out(delivery, by=by, at=at):
        return False
    _restore(ticket, delivery.message, by=by, at=at)
    reply = delivery.message
    if reply.agent_id is not None and reply.conversation_id is not None:
        drafting.keep_draft(reply.conversation_id, text=reply.text, by=Actor.agent(reply.agent_id), at=at)
    return True


def _given_in(ticket: Ticket, submission: UUID | None) -> Message | None:
    """The answer that was given in under this number before."""
    if submission is None:
        return None
    replies = Message.objects.filter(ticket=ticket, direction=Direction.OUT).select_related("delivery")
    return replies.filter(external_id__startswith=own_message_id(submission, domain="")).first()


def _is_same(earlier: Message, to: Counterpart, text: str) -> bool:
    taken_back = earlier.delivery.state == DeliveryState.WITHDRAWN
    return not taken_back and (earlier.conversation_id, earlier.text) == (to.conversation.pk, text)


def _written(ticket: Ticket, to: Counterpart, text: str, *, number: UUID, by: Actor, at: datetime) -> Message:
    store = to.conversation.store
    message = Message.objects.create(
        conversation=to.conversation,
        ticket=ticket,
        brand_id=store.brand_id,
        direction=Direction.OUT,
        kind=MessageKind.MESSAGE,
        agent_id=by.id if by.kind is ActorKind.AGENT else None,
        subject=_subject(store, to.subject),
        text=text,
        language=ticket.language,
        reply_to=to.address,
        external_id=own_message_id(number, domain=_domain(store)),
        occurred_at=at,
        recorded_at=at,
    )
    ConversationTie.objects.create(
        conversation=to.conversation, store=store, kind=ThreadKeyKind.REFERENCE, value=message.external_id
    )
    return message


def _subject(store: Store, subject: str) -> str:
    prefixed = connector_of(store).reply_subject
    return (prefixed(subject) if prefixed else subject)[:500]


def _domain(store: Store) -> str:
    mailbox = mailbox_of(store)
    address = next(iter([*store.addresses, *([mailbox.address] if mailbox else [])]), "")
    try:
        return str(address).rpartition("@")[2].encode("idna").decode() or "localhost"
    except UnicodeError:
        return "localhost"


def _queue(message: Message, to: Counterpart, *, answers_up_to: int, by: Actor, at: datetime) -> None:
    queueing.queue(
        message,
        store=to.conversation.store,
        recipient=to.address,
        answers_up_to=answers_up_to,
        author=Key(Author.PERSON if by.kind is ActorKind.AGENT else Author.BOT),
        by=by,
        at=at,
    )


def _attach(message: Message, attachments: Sequence[OutboundAttachment], *, at: datetime) -> None:
    keys = keeping.keep_all([file.content for file in attachments], at=at)
    Attachment.objects.bulk_create(
        Attachment(
            message=message,
            name=file.name[:255],
            content_type=file.content_type[:120],
            size=len(file.content),
            blob_id=key,
        )
        for file, key in zip(attachments, keys, strict=True)
    )


def _then(then: Then, ticket: Ticket, message: Message, *, by: Actor, at: datetime) -> None:
    """What is solved stays so, what owes yet another answer is not solved, and a closed ticket waits for nobody."""
    match then:
        case Then.SOLVE if ticket.status not in solving.SETTLED and is_settled(ticket.pk):
            event: Event = TicketSolved(resolution=Key("answered"))
        case Then.WAIT if ticket.status != Status.CLOSED:
            event = WaitingStarted(on=Key(WaitingOn.CUSTOMER.value))
        case _:
            return
    ledger.record(message.ticket_id, event, by=by, at=at, source_key=_cause(message))


def _restore(ticket: Ticket, reply: Message, *, by: Actor, at: datetime) -> None:
    """Undo what came with the answer, where nothing else happened to the status since."""
    done = set(TicketEvent.objects.filter(ticket=ticket, source_key=_cause(reply)).values_list("kind", flat=True))
    event: Event | None = None
    if TicketSolved.kind in done and ticket.status == Status.SOLVED:
        event = TicketReopened(cause=Key("reply_withdrawn"))
    elif WaitingStarted.kind in done and ticket.status == Status.WAITING:
        event = WaitingEnded()
    if event is not None:
        ledger.record(ticket.pk, event, by=by, at=at, source_key=f"{_cause(reply)}:withdrawn")


def _cause(reply: Message) -> str:
    return f"reply:{reply.pk}"
