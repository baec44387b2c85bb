"""What filing must know before it decides: one statement a question, whatever the batch's size."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from tresen.batches.cursors import batch_cursor, columns_of
from tresen.channels.contract import Role, ThreadKey, ThreadKeyKind
from tresen.customers.matching import IdentityKey
from tresen.intake.choosing import KnownConversation, KnownTicket
from tresen.intake.copies import Written
from tresen.intake.items import Item, name_of
from tresen.mail.thread_keys import is_own_message_id
from tresen.tickets.models import MessageKind, Status

type OurWords = Mapping[int, Sequence[Written]]


@dataclass(frozen=True, slots=True)
class Twin:
    """A message that was filed before with the same id and content."""

    message: int
    ticket: int
    brand: int


def twins_of(items: Sequence[Item]) -> dict[bytes, list[Twin]]:
    """Messages already filed, by dedupe key, in any brand."""
    found: dict[bytes, list[Twin]] = defaultdict(list)
    with batch_cursor() as cursor:
        cursor.execute(
            "SELECT dedupe_key, id, ticket_id, brand_id FROM tickets_message WHERE dedupe_key = ANY(%b::bytea[])",
            [[item.dedupe_key for item in items]],
        )
        for key, message, ticket, brand in cursor:
            found[bytes(key)].append(Twin(message, ticket, brand))
    return found


def arrived(items: Sequence[Item]) -> set[tuple[int, int]]:
    """Which (payload, position) have an arrival already: their batch was committed before a crash."""
    with batch_cursor() as cursor:
        cursor.execute(
            "SELECT payload_number, position FROM tickets_messagearrival WHERE payload_number = ANY(%b::bigint[])",
            [[item.understood.payload for item in items]],
        )
        return set(cursor.fetchall())


def tied_conversations(items: Sequence[Item]) -> dict[tuple[int, ThreadKey], list[KnownConversation]]:
    """The conversations that the items' keys lead to, with their tickets' participants and orders."""
    asking = _asking({(item.store.id, key) for item in items for key in item.ties})
    if not asking:
        return {}
    tickets: dict[int, KnownTicket] = {}
    conversations: dict[int, KnownConversation] = {}
    tied: dict[tuple[int, ThreadKey], list[KnownConversation]] = defaultdict(list)
    with batch_cursor() as cursor:
        cursor.execute(_TIED, columns_of(asking))
        for place, kind, value, conversation, role, surface, ticket, of, status, last_message_at, *who in cursor:
            known = tickets.setdefault(
                ticket,
                KnownTicket(id=ticket, store=of, closed=status == Status.CLOSED, last_message_at=last_message_at),
            )
            one = conversations.setdefault(
                conversation,
                KnownConversation(id=conversation, ticket=known, role=Role(role), surface=surface, identity=_key(who)),
            )
            for store in asking[place, kind, value]:
                tied[store, ThreadKey(kind=ThreadKeyKind(kind), value=value)].append(one)
    _fill(tickets)
    _fill_addresses([one for one in conversations.values() if one.identity is None or _may_be_answered(items)])
    return tied


def _may_be_answered(items: Sequence[Item]) -> bool:
    """Whether a copy of our own words says whom it went to."""
    return any(item.kind is MessageKind.OWN_ANSWER and item.reply_to for item in items)


def named_conversations(items: Sequence[Item]) -> dict[tuple[int, str], list[KnownConversation]]:
    """The conversations in which a buyer waits whose name is all that a copy of our own answer gives."""
    asked = {name_of(item) for item in items if item.kind is MessageKind.OWN_ANSWER and not item.ties}
    found: dict[tuple[int, str], list[KnownConversation]] = defaultdict(list)
    asked = {(store, name) for store, name in asked if name}
    if not asked:
        return found
    tickets: dict[int, KnownTicket] = {}
    with batch_cursor() as cursor:
        cursor.execute(_NAMED, [sorted({store for store, _ in asked})])
        for store, name, conversation, role, ticket, status, last_message_at, *identity in cursor:
            key = store, " ".join(name.casefold().split())
            if key in asked:
                known = KnownTicket(
                    id=ticket, store=store, closed=status == Status.CLOSED, last_message_at=last_message_at
                )
                known = tickets.setdefault(ticket, known)
                one = KnownConversation(id=conversation, ticket=known, role=Role(role), identity=_key(identity))
                found[key].append(one)
    _fill(tickets)
    return found


def _asking(wanted: Collection[tuple[int, ThreadKey]]) -> dict[tuple[int, str, str], list[int]]:
    """Which stores ask for each (store, kind, value).

    The id of one of our answers is looked for in all stores of the brand: who answers a shop's mail writes to the
    brand's mailbox.
    """
    ours = {store for store, key in wanted if _is_ours(key)}
    places = _siblings(ours) if ours else {}
    asking: dict[tuple[int, str, str], list[int]] = defaultdict(list)
    for store, key in wanted:
        for place in places[store] if _is_ours(key) else (store,):
            asking[place, key.kind.value, key.value].append(store)
    return asking


def _is_ours(key: ThreadKey) -> bool:
    return key.kind is ThreadKeyKind.REFERENCE and is_own_message_id(key.value)


def _siblings(stores: Collection[int]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    with batch_cursor() as cursor:
        cursor.execute(_SIBLINGS, [list(stores)])
        for store, sibling in cursor:
            found[store].append(sibling)
    return found


def our_words(conversations: Iterable[int]) -> OurWords:
    """The answers that left from here, by conversation. Of others a copy is the first sure word that they did."""
    asked = list(conversations)
    found: dict[int, list[Written]] = defaultdict(list)
    if asked:
        with batch_cursor() as cursor:
            cursor.execute(_OURS, [asked])
            for conversation, written_at, text in cursor:
                found[conversation].append(Written(written_at, text))
    return found


def orders_named(wanted: Iterable[tuple[int, str]]) -> dict[tuple[int, str], int]:
    """The ids of the orders we know, by store and number."""
    pairs = sorted(set(wanted))
    if not pairs:
        return {}
    stores, numbers = zip(*pairs, strict=True)
    with batch_cursor() as cursor:
        cursor.execute(
            "SELECT o.store_id, o.number, o.id FROM unnest(%b::bigint[], %b::text[]) AS given (store, number)"
            " JOIN orders_order o ON (o.store_id, o.number) = (given.store, given.number)",
            [list(stores), list(numbers)],
        )
        return {(store, number): order for store, number, order in cursor}


def new_ids(*, tickets: int, conversations: int, messages: int) -> tuple[list[int], list[int], list[int]]:
    """Fresh row ids, growing in the order in which we record."""
    with batch_cursor() as cursor:
        cursor.execute(
            """
            SELECT ARRAY(SELECT nextval('tickets_ticket_id_seq') FROM generate_series(1, %s::int)),
                   ARRAY(SELECT nextval('tickets_conversation_id_seq') FROM generate_series(1, %s::int)),
                   ARRAY(SELECT nextval('tickets_message_id_seq') FROM generate_series(1, %s::int))
            """,
            [tickets, conversations, messages],
        )
        row: tuple[list[int], list[int], list[int]] = cursor.fetchone()
        return row


def _key(identity: Sequence[str | datetime | None]) -> IdentityKey | None:
    channel, realm, key = identity
    return (str(channel), str(realm), str(key)) if channel is not None else None


def _fill(tickets: dict[int, KnownTicket]) -> None:
    if not tickets:
        return
    with batch_cursor() as cursor:
        cursor.execute(_PARTICIPANTS, [list(tickets)])
        for ticket, channel, realm, key in cursor:
            tickets[ticket].participants.add((channel, realm, key))
        cursor.execute(_ORDERS, {"tickets": list(tickets)})
        for ticket, number, removed in cursor:
            (tickets[ticket].removed if removed else tickets[ticket].orders).add(number)


def _fill_addresses(conversations: Sequence[KnownConversation]) -> None:
    if not conversations:
        return
    by_id = {one.id: one for one in conversations}
    with batch_cursor() as cursor:
        cursor.execute(_ADDRESSES, [list(by_id)])
        for conversation, address in cursor:
            by_id[conversation].addresses.add(address)


_SIBLINGS = """
    SELECT mine.id, sibling.id FROM stores_store mine JOIN stores_store sibling ON sibling.brand_id = mine.brand_id
    WHERE mine.id = ANY(%b::bigint[])
"""
_TIED = """
    SELECT tie.store_id, tie.kind, tie.value, conversation.id, conversation.role, conversation.surface,
           ticket.id, ticket.store_id, ticket.status, ticket.last_message_at,
           identity.channel, identity.realm, identity.key
    FROM unnest(%b::bigint[], %b::text[], %b::text[]) AS given (store, kind, value)
    JOIN tickets_conversationtie tie ON (tie.store_id, tie.kind, tie.value) = (given.store, given.kind, given.value)
    JOIN tickets_conversation conversation ON conversation.id = tie.conversation_id
    JOIN tickets_ticket ticket ON ticket.id = conversation.ticket_id
    LEFT JOIN customers_identity identity ON identity.id = conversation.identity_id
"""
_PARTICIPANTS = """
    SELECT participant.ticket_id, identity.channel, identity.realm, identity.key
    FROM tickets_ticketparticipant participant JOIN customers_identity identity ON identity.id = participant.identity_id
    WHERE participant.ticket_id = ANY(%b::bigint[])
"""
_NAMED = """
    SELECT conversation.store_id, identity.name, conversation.id, conversation.role, ticket.id, ticket.status,
           ticket.last_message_at, identity.channel, identity.realm, identity.key
    FROM routing_queueplace place
    JOIN tickets_ticket ticket ON ticket.id = place.ticket_id
    JOIN tickets_conversation conversation ON conversation.ticket_id = ticket.id AND conversation.role = 'buyer'
        AND conversation.surface = ''
    JOIN customers_identity identity ON identity.id = conversation.identity_id
    WHERE place.store_id = ANY(%b::bigint[])
      AND NOT EXISTS (SELECT FROM tickets_ticketorder concerned WHERE concerned.ticket_id = ticket.id)
"""
_OURS = """
    SELECT message.conversation_id, message.occurred_at, message.text
    FROM tickets_message message JOIN outbox_delivery delivery ON delivery.message_id = message.id
    WHERE message.conversation_id = ANY(%b::bigint[]) AND delivery.state = 'accepted'
"""
_ADDRESSES = """
    SELECT DISTINCT conversation_id, lower(reply_to) FROM tickets_message
    WHERE conversation_id = ANY(%b::bigint[]) AND reply_to <> ''
"""
_ORDERS = """
    SELECT ticket_id, number, false FROM tickets_ticketorder WHERE ticket_id = ANY(%(tickets)b::bigint[])
    UNION ALL
    SELECT ticket_id, number, true FROM tickets_removedorder WHERE ticket_id = ANY(%(tickets)b::bigint[])
"""
