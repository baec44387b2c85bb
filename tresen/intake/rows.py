"""Filing's writes: one statement a table over unnest arrays, whatever the batch's size."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime

from tresen.batches.copying import Target, append, json_text
from tresen.batches.cursors import batch_cursor, columns_of
from tresen.customers.matching import IdentityKey
from tresen.intake.planning import Filing, Plan
from tresen.tickets.first_words import first_words
from tresen.tickets.models import MessageKind

type Identities = Mapping[IdentityKey, int]


def write_conversations(filings: Sequence[Filing], identities: Identities) -> None:
    """New conversations, and the ties that lead to old and new ones."""
    rows = [
        (
            filing.conversation.id,
            filing.ticket.id,
            filing.item.store.id,
            filing.conversation.role.value,
            filing.conversation.surface,
            identities.get(filing.conversation.identity) if filing.conversation.identity else None,
            filing.item.subject,
            filing.item.occurred_at,
        )
        for filing in filings
        if filing.starts
    ]
    ties = [
        (filing.conversation.id, filing.item.store.id, key.kind.value, key.value)
        for filing in filings
        for key in filing.ties
    ]
    append(_CONVERSATIONS, rows)
    append(_TIES, ties)
    known = [
        (filing.conversation.id, identities[filing.item.sender])
        for filing in filings
        if filing.adopts and not filing.starts and filing.item.sender is not None
    ]
    if known:
        with batch_cursor() as cursor:
            cursor.execute(_KNOWN_NOW, columns_of(known))


def name_tickets(filings: Sequence[Filing]) -> None:
    """Call tickets that came without subject and words, as a picture or a card does, by the first words later on."""
    first = {
        filing.ticket.id: first_words(filing.item.text)
        for filing in reversed(filings)
        if not filing.opens and filing.item.kind is MessageKind.MESSAGE and filing.item.text and not filing.item.subject
    }
    if first:
        with batch_cursor() as cursor:
            cursor.execute(_NAMED_NOW, columns_of(sorted(first.items())))


def write_messages(filings: Sequence[Filing], identities: Identities, *, at: datetime) -> None:
    """The messages themselves."""
    append(_MESSAGES, [_message_row(filing, identities, at) for filing in filings])


def write_arrivals(plan: Plan) -> None:
    """How each message came in, also the repeated ones."""
    rows = [
        (
            filing.message,
            filing.item.understood.mailbox,
            filing.item.understood.payload,
            filing.item.understood.position,
        )
        for filing in plan.filings
    ]
    rows += [
        (twin.message, item.understood.mailbox, item.understood.payload, item.understood.position)
        for item, twin in plan.repeats
    ]
    append(_ARRIVALS, rows)


def write_participants(filings: Sequence[Filing], identities: Identities) -> None:
    """Who takes part in the tickets from now on."""
    rows = [
        (filing.ticket.id, identities[filing.item.sender], filing.item.role.value)
        for filing in filings
        if filing.joins and filing.item.sender is not None and filing.item.sender in identities
    ]
    append(_PARTICIPANTS, rows)


def write_orders(filings: Sequence[Filing], orders: Mapping[tuple[int, str], int]) -> None:
    """Which orders the tickets concern from now on; the first one that a ticket opens with is its primary one."""
    rows = [
        (filing.ticket.id, filing.item.store.id, number, orders.get((filing.item.store.id, number)), "message", first)
        for filing in filings
        for first, number in zip([filing.opens, *[False] * len(filing.orders)], filing.orders, strict=False)
    ]
    append(_ORDERS, rows)


def write_attachments(rows: Sequence[tuple[int, str, str, int, bytes, str, bool]]) -> None:
    """Files: (message, name, content type, size, blob, content id, inline)."""
    append(_ATTACHMENTS, rows)


def write_links(rows: Sequence[tuple[int, int, str, datetime]]) -> None:
    """Edges between tickets: (source, target, kind, when)."""
    if rows:
        with batch_cursor() as cursor:
            cursor.execute(_LINKS, columns_of(rows))


def _message_row(filing: Filing, identities: Identities, at: datetime) -> tuple[object, ...]:
    item = filing.item
    return (
        filing.message,
        filing.conversation.id,
        filing.ticket.id,
        item.store.brand,
        item.direction.value,
        item.kind.value,
        identities.get(item.sender) if item.sender else None,
        item.subject,
        item.text,
        item.full_text,
        item.html,
        item.understood.language,
        item.notice,
        item.reply_to,
        item.reply_reference,
        item.external_id,
        item.dedupe_key,
        json_text(json.dumps([{"kind": link.kind, "url": link.url} for link in item.links])) if item.links else _NONE,
        json_text(json.dumps(item.facts)) if item.facts else _NO_FACTS,
        json_text(json.dumps(item.problems)) if item.problems else _NONE,
        item.occurred_at,
        at,
    )


_NONE, _NO_FACTS = json_text("[]"), json_text("{}")
_CONVERSATIONS = Target(
    "tickets_conversation",
    {
        "id": "int8",
        "ticket_id": "int8",
        "store_id": "int8",
        "role": "text",
        "surface": "text",
        "identity_id": "int8",
        "subject": "text",
        "opened_at": "timestamptz",
    },
)
_TIES = Target(
    "tickets_conversationtie",
    {
        "conversation_id": "int8",
        "store_id": "int8",
        "kind": "text",
        "value": "text",
    },
)
_MESSAGES = Target(
    "tickets_message",
    {
        "id": "int8",
        "conversation_id": "int8",
        "ticket_id": "int8",
        "brand_id": "int8",
        "direction": "text",
        "kind": "text",
        "identity_id": "int8",
        "subject": "text",
        "text": "text",
        "full_text": "text",
        "html": "text",
        "language": "text",
        "notice_kind": "text",
        "reply_to": "text",
        "reply_reference": "text",
        "external_id": "text",
        "dedupe_key": "bytea",
        "links": "jsonb",
        "facts": "jsonb",
        "problems": "jsonb",
        "occurred_at": "timestamptz",
        "recorded_at": "timestamptz",
    },
)
_ARRIVALS = Target(
    "tickets_messagearrival",
    {"message_id": "int8", "mailbox_id": "int8", "payload_number": "int8", "position": "int2"},
)
_PARTICIPANTS = Target(
    "tickets_ticketparticipant",
    {
        "ticket_id": "int8",
        "identity_id": "int8",
        "role": "text",
    },
)
_ORDERS = Target(
    "tickets_ticketorder",
    {
        "ticket_id": "int8",
        "store_id": "int8",
        "number": "text",
        "order_id": "int8",
        "source": "text",
        "primary": "bool",
    },
)
_ATTACHMENTS = Target(
    "tickets_attachment",
    {
        "message_id": "int8",
        "name": "text",
        "content_type": "text",
        "size": "int8",
        "blob_id": "bytea",
        "content_id": "text",
        "inline": "bool",
    },
)
_NAMED_NOW = """
    UPDATE tickets_ticket ticket SET subject = given.subject
    FROM unnest(%b::bigint[], %b::text[]) AS given (ticket, subject)
    WHERE ticket.id = given.ticket AND ticket.subject = ''
"""
_KNOWN_NOW = """
    UPDATE tickets_conversation conversation SET identity_id = given.identity
    FROM unnest(%b::bigint[], %b::bigint[]) AS given (conversation, identity)
    WHERE conversation.id = given.conversation AND conversation.identity_id IS NULL
"""
_LINKS = """
    INSERT INTO tickets_ticketlink (source_id, target_id, kind, made_at)
    SELECT * FROM unnest(%b::bigint[], %b::bigint[], %b::text[], %b::timestamptz[]) ON CONFLICT DO NOTHING
"""
