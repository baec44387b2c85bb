"""From how a channel knows a customer to who that is. A new identity is a new customer: nobody is merged on a guess."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from tresen.batches.cursors import batch_cursor
from tresen.channels.senders import IdentityKind, Sender

type IdentityKey = tuple[str, str, str]
"""Channel, realm, key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """A sender as a message shows him. `realm` is the marketplace whose alias this is, empty for plain mail."""

    channel: str
    realm: str
    key: str
    kind: str
    name: str


def identity_key(sender: Sender, *, channel: str, marketplace: str) -> IdentityKey | None:
    """How a sender is known: a plain address or a telephone is the same person at every store, an alias on its own.

    Who is said to be known elsewhere is known there. None for one who stands for many, and for one without a key.
    """
    if sender.kind is IdentityKind.SHARED or not sender.key:
        return None
    if sender.channel:
        return sender.channel[:30], sender.realm[:60], sender.key[:320]
    if sender.kind is IdentityKind.EMAIL:
        return "email", "", sender.key.lower()[:320]
    if sender.kind is IdentityKind.PHONE:
        return "phone", "", sender.key[:320]
    return channel, marketplace[:60], sender.key[:320]


def match_customers(contacts: Sequence[Contact], *, at: datetime) -> dict[IdentityKey, int]:
    """The identities of these contacts, by (channel, realm, key); unknown ones get a customer of their own."""
    unique = {_key(contact): contact for contact in contacts}
    if not unique:
        return {}
    ordered = [unique[key] for key in sorted(unique)]
    columns = _columns(ordered)
    known = _known(columns)
    fresh = [contact for contact in ordered if _key(contact) not in known]
    if fresh:
        known |= _keep(fresh, at=at)
    # Somebody else may have kept a few of them in the meantime.
    return known if len(known) == len(unique) else _known(columns)


def learn_names(contacts: Sequence[Contact]) -> None:
    """Name those who are known without a name, and nobody else: who is unknown, or forgotten, stays so.

    Meta's webhooks tell no name; its conversations, read later, tell the same messages once more with one.
    """
    named = {_key(contact): contact for contact in contacts if contact.name}
    if not named:
        return
    ordered = [named[key] for key in sorted(named)]
    with batch_cursor() as cursor:
        cursor.execute(_NAME, [*_columns(ordered), [contact.name for contact in ordered]])


def _columns(contacts: Sequence[Contact]) -> list[list[str]]:
    return [
        [contact.channel for contact in contacts],
        [contact.realm for contact in contacts],
        [contact.key for contact in contacts],
    ]


def _key(contact: Contact) -> IdentityKey:
    return contact.channel, contact.realm, contact.key


def _known(columns: list[list[str]]) -> dict[IdentityKey, int]:
    with batch_cursor() as cursor:
        cursor.execute(_KNOWN, columns)
        return {(channel, realm, key): identity for channel, realm, key, identity in cursor}


def _keep(fresh: Sequence[Contact], *, at: datetime) -> dict[IdentityKey, int]:
    with batch_cursor() as cursor:
        cursor.execute(
            _KEEP,
            {
                "channels": [contact.channel for contact in fresh],
                "realms": [contact.realm for contact in fresh],
                "keys": [contact.key for contact in fresh],
                "kinds": [contact.kind for contact in fresh],
                "names": [contact.name for contact in fresh],
                "at": at,
            },
        )
        return {(channel, realm, key): identity for channel, realm, key, identity in cursor}


_KNOWN = """
    SELECT identity.channel, identity.realm, identity.key, identity.id
    FROM unnest(%b::text[], %b::text[], %b::text[]) AS given (channel, realm, key)
    JOIN customers_identity identity
        ON (identity.channel, identity.realm, identity.key) = (given.channel, given.realm, given.key)
"""
_KEEP = """
    WITH given AS (
        SELECT nextval('customers_customer_id_seq') AS customer, channel, realm, key, kind, name
        FROM unnest(%(channels)b::text[], %(realms)b::text[], %(keys)b::text[], %(kinds)b::text[], %(names)b::text[])
            AS given (channel, realm, key, kind, name)
    ), customers AS (
        INSERT INTO customers_customer (id, name, segment, created_at)
        SELECT customer, name, 'new', %(at)s::timestamptz FROM given
    ), identities AS (
        INSERT INTO customers_identity (channel, realm, key, kind, name, customer_id, first_seen_at)
        SELECT channel, realm, key, kind, name, customer, %(at)s::timestamptz FROM given
        ON CONFLICT (channel, realm, key) DO NOTHING
        RETURNING channel, realm, key, id, customer_id
    ), decisions AS (
        INSERT INTO customers_linkdecision (identity_id, customer_id, verdict, evidence, decided_at)
        SELECT id, customer_id, 'same', 'first_contact', %(at)s::timestamptz FROM identities
    )
    SELECT channel, realm, key, id FROM identities
"""
_NAME = """
    WITH nameless AS (
        SELECT identity.id, identity.customer_id, given.name
        FROM unnest(%b::text[], %b::text[], %b::text[], %b::text[]) AS given (channel, realm, key, name)
        JOIN customers_identity identity
            ON (identity.channel, identity.realm, identity.key) = (given.channel, given.realm, given.key)
        WHERE identity.name = '' ORDER BY identity.id FOR UPDATE OF identity
    ), customers AS (
        UPDATE customers_customer customer SET name = nameless.name FROM nameless
        WHERE customer.id = nameless.customer_id AND customer.name = ''
    )
    UPDATE customers_identity identity SET name = nameless.name FROM nameless WHERE identity.id = nameless.id
"""
