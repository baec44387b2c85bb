"""Who wants nothing more of a store: known again by a keyed hash alone, so that it outlives erasure and expiry.

The latest word holds, whatever the order in which words come. Without the key nobody can test whether a given number
is among them; who can open the vault can.
"""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from tresen.channels.consent import ConsentWord
from tresen.channels.senders import IdentityKind
from tresen.outbox.models import Consent
from tresen.tickets.models import Conversation
from tresen.vault.hashing import hashing_key
from tresen.vault.sealing import SecretMissing, open_secret

KEY_NAME = "outbox:consents"


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody said to a store."""

    store: int
    word: ConsentWord


def take_consents(said: Sequence[Said], *, at: datetime) -> None:
    """Keep these in the caller's transaction: the latest word of each, a refusal before a consent of the same time."""
    if not said:
        return
    key = hashing_key(KEY_NAME, at=at)
    latest: dict[tuple[int, bytes], ConsentWord] = {}
    for one in sorted(said, key=lambda one: (one.word.occurred_at, not one.word.given)):
        latest[one.store, _hash(key, one.store, one.word.person)] = one.word
    rows = sorted(latest.items(), key=lambda row: row[0])
    with connection.cursor() as cursor:
        cursor.execute(
            _KEEP,
            [
                [store for (store, _), _ in rows],
                [person for (_, person), _ in rows],
                [word.given for _, word in rows],
                [word.occurred_at for _, word in rows],
            ],
        )


def has_refused(conversation: Conversation) -> bool:
    """Whether this person wants nothing more of the store; where that can't be known any more, everybody counts so."""
    identity = conversation.identity
    if identity is None or identity.kind != IdentityKind.PHONE:
        return False
    refused = Consent.objects.filter(store=conversation.store_id, given=False)
    try:
        key = bytes.fromhex(open_secret(KEY_NAME))
    except SecretMissing:
        return refused.exists()
    return refused.filter(person=_hash(key, conversation.store_id, identity.key)).exists()


def _hash(key: bytes, store: int, person: str) -> bytes:
    return hmac.digest(key, f"{store}\0{person}".encode(), "sha256")


_KEEP = """
    INSERT INTO outbox_consent (store_id, person, given, said_at)
    SELECT * FROM unnest(%s::bigint[], %s::bytea[], %s::boolean[], %s::timestamptz[])
    ON CONFLICT (store_id, person) DO UPDATE SET given = excluded.given, said_at = excluded.said_at
    WHERE excluded.said_at > outbox_consent.said_at
       OR excluded.said_at = outbox_consent.said_at AND NOT excluded.given
"""
