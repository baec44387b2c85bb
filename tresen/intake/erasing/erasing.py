"""Forgetting: every column that the schema marks as a buyer's is emptied, and the raw bytes that name him go.

The ledger holds ids, times and numbers alone and stays: clocks and reports do not change.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import connection

from tresen.intake.expiring import drop_unused

SHORTEST_NAME = 4
"""A shorter word stands in too many payloads to tell whose they are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Meant:
    """What is erased: rows by their ids, all of these stores."""

    identities: Sequence[int]
    orders: Sequence[int]
    tickets: Sequence[int]
    conversations: Sequence[int]
    stores: Sequence[int]


def erase(meant: Meant, *, named: Sequence[str], channel: str) -> dict[str, int]:
    """Empty what is meant, in the caller's transaction; gives how many rows of each table were.

    `named`: words by which raw payloads of the channel that speak of him are found.
    """
    given: dict[str, list[int] | list[bytes] | str] = {
        "identities": list(meant.identities),
        "orders": list(meant.orders),
        "tickets": list(meant.tickets),
        "conversations": list(meant.conversations),
        "stores": list(meant.stores),
        "words": [word.encode() for word in named if len(word) >= SHORTEST_NAME],
        "channel": channel,
    }
    erased: dict[str, int] = {}
    with connection.cursor() as cursor:
        cursor.execute(_PAYLOADS, given)
        blobs = [row[0] for row in cursor.fetchall()]
        cursor.execute(_ATTACHMENTS, given)
        files = [row[0] for row in cursor.fetchall()]
        for table, (columns, where) in EMPTIED.items():
            emptied = ", ".join(f"{column} = {value}" for column, value in columns.items())
            cursor.execute(f"UPDATE {table} AS one SET {emptied} WHERE {where}", given)
            erased[table] = cursor.rowcount
        for table, where in DELETED.items():
            cursor.execute(f"DELETE FROM {table} AS one WHERE {where}", given)
            erased[table] = cursor.rowcount
    drop_unused([*blobs, *files])
    return {**erased, "intake_storedpayload": len(blobs), "tickets_attachment": len(files)}


# What partners were asked about him, and answered, stands in threads of his tickets.
_OF_PARTNERS = "SELECT id FROM tickets_conversation WHERE role = 'third_party' AND ticket_id = ANY(%(tickets)s)"
_MESSAGES = f"""(
    one.conversation_id = ANY(%(conversations)s) OR one.conversation_id IN ({_OF_PARTNERS})
    OR one.conversation_id IS NULL AND one.ticket_id = ANY(%(tickets)s)
)"""
_OF_MESSAGES = f"IN (SELECT one.id FROM tickets_message one WHERE {_MESSAGES})"

# Where a person is known by a number of the platform's or a telephone's, it may be part of the name of his thread.
_NAMES_HIM = """EXISTS (
    SELECT FROM tickets_conversation talk JOIN customers_identity person ON person.id = talk.identity_id
    WHERE talk.id = one.conversation_id AND char_length(person.key) > 3 AND position(person.key IN one.value) > 0
)"""

EMPTIED: Mapping[str, tuple[Mapping[str, str], str]] = {
    # Before the people themselves. Any other number of a thread tells of nobody, and keeps what is read again out of a
    # new ticket.
    "tickets_conversationtie": (
        {"value": "'erased:' || one.id"},
        f"""(one.conversation_id = ANY(%(conversations)s) OR one.conversation_id IN ({_OF_PARTNERS}))
            AND (one.kind IN ('buyer', 'reference') OR one.kind = 'thread' AND {_NAMES_HIM})""",
    ),
    "customers_customer": (
        {"name": "''"},
        """one.id IN (SELECT customer_id FROM customers_identity WHERE id = ANY(%(identities)s)) AND NOT EXISTS (
            SELECT FROM customers_identity other
            WHERE other.customer_id = one.id AND other.id <> ALL(%(identities)s) AND other.key NOT LIKE 'erased:%%'
        )""",
    ),
    "customers_identity": ({"key": "'erased:' || one.id", "name": "''"}, "one.id = ANY(%(identities)s)"),
    "orders_order": (
        {"buyer_email": "''", "ship_to": "''", "postcode": "''", "city": "''"},
        "one.id = ANY(%(orders)s)",
    ),
    "orders_return": ({"comment": "''"}, "one.order_id = ANY(%(orders)s)"),
    "tickets_ticket": ({"subject": "''"}, "one.id = ANY(%(tickets)s)"),
    "tickets_conversation": ({"subject": "''"}, f"one.id = ANY(%(conversations)s) OR one.id IN ({_OF_PARTNERS})"),
    # Without its key nobody's browser opens it any more.
    "chats_chat": ({"email": "''", "name": "''", "key": "NULL"}, "one.conversation_id = ANY(%(conversations)s)"),
    "outbox_delivery": ({"recipient": "''", "closing": "NULL", "answer": "''"}, f"one.message_id {_OF_MESSAGES}"),
    "outbox_deliveryattempt": (
        {"answer": "''"},
        f"one.delivery_id IN (SELECT id FROM outbox_delivery WHERE message_id {_OF_MESSAGES})",
    ),
    "duties_promise": ({"what": "''"}, "one.ticket_id = ANY(%(tickets)s)"),
    "duties_formerwords": (
        {"what": "''"},
        "one.promise_id IN (SELECT id FROM duties_promise WHERE ticket_id = ANY(%(tickets)s))",
    ),
    "actions_action": ({"words": "''", "why_not": "''"}, "one.ticket_id = ANY(%(tickets)s)"),
    "alerts_handover": ({"note": "''", "answer": "''"}, "one.ticket_id = ANY(%(tickets)s)"),
    "tickets_message": (
        {
            "subject": "''",
            "text": "''",
            "full_text": "''",
            "html": "''",
            "reply_to": "''",
            "facts": '\'{"erased": "true"}\'::jsonb',
            "links": "'[]'::jsonb",
        },
        _MESSAGES,
    ),
}
DELETED: Mapping[str, str] = {
    "replies_draft": "one.ticket_id = ANY(%(tickets)s)",
    "intake_filetofetch": f"one.message_id {_OF_MESSAGES}",
    # Behind it stood his address, and nothing stands there any more.
    "partners_questionlink": "one.question_id IN (SELECT id FROM partners_question WHERE ticket_id = ANY(%(tickets)s))",
}

# Raw bytes that became his messages, and what machines told that names him.
_PAYLOADS = f"""
    DELETE FROM intake_storedpayload payload WHERE payload.state <> 'kept' AND (
        payload.number IN (SELECT payload_number FROM tickets_messagearrival WHERE message_id {_OF_MESSAGES})
        OR payload.source IN ('api', 'webhook')
        AND payload.store_id IN (SELECT id FROM stores_store WHERE channel = %(channel)s)
        AND EXISTS (
            SELECT FROM files_blobchunk chunk, unnest(%(words)s::bytea[]) AS word
            WHERE chunk.blob_id = payload.blob_id AND position(word IN chunk.content) > 0
        )
    ) RETURNING payload.blob_id
"""
_ATTACHMENTS = f"DELETE FROM tickets_attachment WHERE message_id {_OF_MESSAGES} RETURNING blob_id"
