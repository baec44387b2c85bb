"""Which mail answers a question: it names our mail, and comes from whom we asked.

Who names it has had it in his hands: its Message-ID and the code in its subject can't be guessed. That alone opens no
door, for mails are forwarded; the sender must be the partner as well, and our own receiver must not disown him.
"""

import re
import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from django.db import connection

CODE = re.compile(r"\[Q-([0-9A-Z]{4})-([0-9A-Z]{4})-([0-9A-Z]{4})\]", re.IGNORECASE)
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""No letter in it looks like a figure or another letter: 12 of them are 60 bits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question that can still be answered by mail, named by one of its mails' ids or by its code.

    `senders`: who may answer it, in small letters: whole addresses, or "@domain".
    """

    names: frozenset[str]
    ticket: int
    store: int
    conversation: int
    reference: str
    senders: frozenset[str] = field(default_factory=frozenset)

    def may_be_answered_by(self, address: str) -> bool:
        """Whether this address is one of whom we asked."""
        address = address.lower()
        return bool(address) and (address in self.senders or f"@{address.rpartition('@')[2]}" in self.senders)


def new_code() -> str:
    """A code for a subject: "Q-7K3M-F9QZ-T2WB"."""
    letters = "".join(secrets.choice(ALPHABET) for _ in range(12))
    return f"Q-{letters[:4]}-{letters[4:8]}-{letters[8:]}"


def codes_in(subject: str) -> tuple[str, ...]:
    """The codes that a subject names."""
    return tuple(f"Q-{'-'.join(found.groups())}".upper() for found in CODE.finditer(subject[:1000]))


def without_code(subject: str) -> str:
    """The subject as people read it."""
    return CODE.sub("", subject).strip()


def questions_named(names: Collection[str]) -> Sequence[Asked]:
    """The questions of these Message-IDs and codes, but those of closed tickets. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(_NAMED, [list(names), list(names)])
        return [
            Asked(
                names=frozenset([code, *ids]),
                ticket=ticket,
                store=store,
                conversation=conversation,
                reference=ids[0],
                senders=frozenset(one.lower() for one in senders if one),
            )
            for ticket, store, conversation, code, ids, senders in cursor.fetchall()
        ]


_NAMED = """
    SELECT question.ticket_id, conversation.store_id, question.conversation_id, question.code,
           array_agg(letter.external_id ORDER BY letter.id),
           array_agg(letter.reply_to) || partner.also_from || ARRAY[partner.address]::varchar[]
    FROM partners_question question
    JOIN partners_partner partner ON partner.id = question.partner_id
    JOIN tickets_conversation conversation ON conversation.id = question.conversation_id
    JOIN tickets_ticket ticket ON ticket.id = question.ticket_id AND ticket.status <> 'closed'
    JOIN tickets_message letter ON letter.conversation_id = question.conversation_id
        AND letter.direction = 'out' AND letter.external_id <> ''
    WHERE question.id = ANY(ARRAY(
        SELECT id FROM partners_question WHERE code = ANY(%s)
        UNION
        SELECT named.id FROM tickets_message message
        JOIN partners_question named ON named.conversation_id = message.conversation_id
        WHERE message.external_id = ANY(%s) AND message.external_id <> '' AND message.direction = 'out'
    ))
    GROUP BY question.id, partner.id, conversation.id
"""
