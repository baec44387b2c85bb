"""A message of ours as it will be kept, whoever it goes to: its number fixed, its files beside it."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from tresen.accounts.actors import Actor, ActorKind
from tresen.channels.contract import ThreadKeyKind
from tresen.mail.thread_keys import own_message_id
from tresen.replies.permitting import Counterpart
from tresen.stores.access import mailbox_of
from tresen.stores.connectors import connector_of
from tresen.stores.models import Store
from tresen.tickets.models import ConversationTie, Direction, Message, MessageKind, Ticket


def write(
    ticket: Ticket, to: Counterpart, text: str, *, number: UUID, facts: Mapping[str, str], by: Actor, at: datetime
) -> Message:
    """An answer to this counterpart, under the subject of what it answers. `facts`: whom it is for, if chosen."""
    subject = _answering(to.conversation.store, to.subject)
    return write_under(subject, ticket, to, text, number=number, facts=facts, by=by, at=at)


def write_under(
    subject: str,
    ticket: Ticket,
    to: Counterpart,
    text: str,
    *,
    number: UUID,
    facts: Mapping[str, str],
    by: Actor,
    at: datetime,
) -> Message:
    """A message to this counterpart under this subject; what refers to it leads back to its conversation."""
    store = to.conversation.store
    message = Message.objects.create(
        conversation=to.conversation,
        ticket=ticket,
        brand_id=store.brand_id,
        direction=Direction.OUT,
        kind=MessageKind.MESSAGE,
        agent_id=by.id if by.kind is ActorKind.AGENT else None,
        subject=subject[:500],
        text=text,
        language=ticket.language,
        reply_to=to.address,
        facts=dict(facts),
        external_id=own_message_id(number, domain=_domain(store)),
        occurred_at=at,
        recorded_at=at,
    )
    ConversationTie.objects.create(
        conversation=to.conversation, store=store, kind=ThreadKeyKind.REFERENCE, value=message.external_id
    )
    return message


def _answering(store: Store, subject: str) -> str:
    prefixed = connector_of(store).reply_subject
    return prefixed(subject) if prefixed else subject


def _domain(store: Store) -> str:
    mailbox = mailbox_of(store)
    address = next(iter([*store.addresses, *([mailbox.address] if mailbox else [])]), "")
    try:
        return str(address).rpartition("@")[2].encode("idna").decode() or "localhost"
    except UnicodeError:
        return "localhost"
