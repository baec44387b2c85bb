"""Whom an answer is for, where a platform's thread has more readers than the one who asked."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from tresen.channels.by_hand.log import OWN_KEY
from tresen.channels.contract import Role, ThreadKeyKind
from tresen.replies.permitting import CannotAnswer
from tresen.stores.connectors import connector_of
from tresen.tickets.models import Conversation, ConversationTie, Direction, Message

TO = "to"
"""Among a message's facts: the roles it is for, where that was chosen."""


def readers_of(conversations: Collection[Conversation]) -> dict[int, tuple[Role, ...]]:
    """Whom an answer in each of these conversations can be for; those in which nobody chooses are left out."""
    asked = [one for one in conversations if connector_of(one.store).readers is not None]
    if not asked:
        return {}
    threads = threads_of(asked)
    known: dict[tuple[int, str], set[str]] = {}
    told = Message.objects.filter(conversation__in=asked, direction=Direction.IN, facts__has_key="readers")
    for conversation, readers in told.order_by("pk").values_list("conversation_id", "facts__readers"):
        if conversation in threads:
            known[threads[conversation]] = set(readers.split(","))
    found = {}
    for one in asked:
        offered = connector_of(one.store).readers
        assert offered is not None  # only such are asked
        roles = tuple(role for role in offered.roles if role in known.get(threads.get(one.pk, (0, "")), ()))
        if len(roles) > 1:
            found[one.pk] = roles
    return found


def threads_of(conversations: Collection[Conversation]) -> dict[int, tuple[int, str]]:
    """The thread of each conversation that has one, alike for all conversations in it: its store, and its key."""
    stores = {one.pk: one.store for one in conversations}
    ties = ConversationTie.objects.filter(conversation__in=stores, kind=ThreadKeyKind.THREAD)
    platforms = ties.exclude(value__startswith=OWN_KEY).order_by("-pk")
    first: Mapping[int, str] = dict(platforms.values_list("conversation_id", "value"))
    found = {}
    for number, value in first.items():
        readers = connector_of(stores[number]).readers
        if readers is not None:
            found[number] = (stores[number].pk, readers.key(value, readers.roles[0]))
    return found


def conversations_for(
    conversation: Conversation, wanted: Sequence[Role] | None, *, at: datetime
) -> tuple[Sequence[Role], list[Conversation]]:
    """The conversations of the thread with those an answer is for; the one that is answered comes first.

    None: it is for whoever the conversation is with. Raises CannotAnswer.
    """
    offered = readers_of([conversation]).get(conversation.pk, ())
    if wanted is None:
        return (), [conversation]
    if not wanted:
        raise CannotAnswer(_("Choose whom the answer is for."))
    if any(role not in offered for role in wanted):
        raise CannotAnswer(_("Not all of those whom you chose read this thread: reload the page."))
    roles = [role for role in offered if role in wanted]
    found = [_with(conversation, role, at=at) for role in roles]
    return roles, sorted(found, key=lambda one: one.pk != conversation.pk)


def _with(conversation: Conversation, role: Role, *, at: datetime) -> Conversation:
    """The conversation of the same ticket and thread with this role; begun where nobody of that role has written."""
    if conversation.role == role:
        return conversation
    store = conversation.store
    readers = connector_of(store).readers
    assert readers is not None  # such roles are offered by them alone
    _store, thread = threads_of([conversation])[conversation.pk]
    key = readers.key(thread, role)
    there = Conversation.objects.filter(ticket=conversation.ticket_id, store=store, role=role.value)
    known = there.filter(ties__kind=ThreadKeyKind.THREAD, ties__value=key).select_related("store__brand", "identity")
    found = known.order_by("-pk").first()
    if found is not None:
        return found
    begun = Conversation.objects.create(
        ticket_id=conversation.ticket_id, store=store, role=role.value, subject=conversation.subject, opened_at=at
    )
    ConversationTie.objects.create(conversation=begun, store=store, kind=ThreadKeyKind.THREAD, value=key)
    return begun
