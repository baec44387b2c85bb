"""When an answer may leave where its channel keeps quiet hours: at once, or in the morning of the recipient's place.

What a person writes to somebody who has just written is part of a talk and leaves at once. What we begin, what a
machine writes and what is answered late at night waits. Only what has left stops a clock.
"""

from datetime import datetime, timedelta

from tresen.channels.quiet_hours import awake_at
from tresen.channels.senders import IdentityKind
from tresen.outbox.models import Delivery
from tresen.stores.connectors import connector_of
from tresen.stores.models import StoreConnection
from tresen.tickets.models import Conversation, Direction, Message, MessageKind

JUST_NOW = timedelta(minutes=30)
"""Whoever has written so shortly before is awake."""


def may_leave_at(conversation: Conversation, *, written_at: datetime, by_person: bool, at: datetime) -> datetime:
    """When what was written at `written_at` may leave, from `at` on; `at` itself where nothing is against it.

    Needs its store and identity beside it. What begins a conversation is given as not `by_person`.
    """
    quiet, identity = connector_of(conversation.store).quiet, conversation.identity
    if quiet is None or identity is None or identity.kind != IdentityKind.PHONE:
        return at
    settings = StoreConnection.objects.filter(store=conversation.store_id).values_list("settings", flat=True).first()
    hours = quiet(identity.key, settings or {})
    if hours is None or (by_person and _has_just_written(conversation, written_at)):
        return at
    return awake_at(hours, at)


def delivery_may_leave_at(delivery: Delivery, *, at: datetime) -> datetime:
    """The same for what is on its way."""
    message, conversation = delivery.message, delivery.message.conversation
    if conversation is None or delivery.mailbox_id is not None or connector_of(delivery.store).quiet is None:
        return at
    by_person = message.agent_id is not None and not delivery.opening
    return may_leave_at(conversation, written_at=delivery.queued_at, by_person=by_person, at=at)


def _has_just_written(conversation: Conversation, written_at: datetime) -> bool:
    theirs = Message.objects.filter(conversation=conversation, direction=Direction.IN, kind=MessageKind.MESSAGE)
    return theirs.filter(occurred_at__gte=written_at - JUST_NOW).exists()
