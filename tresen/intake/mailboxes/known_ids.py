"""Keyed hashes of what came in: they outlive the bytes, so that expired mail is neither imported again nor missed.

A mail is known by where it stands (folder and number, which change when a server numbers anew) and by its bytes
(which stay). Without the key nobody can test whether a given mail was ever here.
"""

import hmac
from collections.abc import Iterable, Sequence
from datetime import datetime
from hashlib import sha256

from django.db import connection

from tresen.vault import hashing

KEY_NAME = "intake:known_ids"

_REMEMBER = """
    INSERT INTO intake_knownid (hash, recorded_at) SELECT DISTINCT hash, %s::timestamptz FROM unnest(%s::bytea[]) hash
    ON CONFLICT DO NOTHING
"""
_KNOWN = "SELECT hash FROM intake_knownid WHERE hash = ANY(%s::bytea[])"


def place_hash(key: bytes, *, mailbox: int, folder: str, uidvalidity: int, uid: int) -> bytes:
    """A mail known by where it stands."""
    return _hash(key, f"place\0{mailbox}\0{folder}\0{uidvalidity}\0{uid}".encode())


def passed_hash(place: bytes) -> bytes:
    """A mail that was passed over, because it is older than the chosen start: an earlier start may want it."""
    return sha256(b"passed\0" + place).digest()


def content_hash(key: bytes, *, mailbox: int, raw: bytes) -> bytes:
    """A mail known by its bytes, in one mailbox: the same mail in another one is another arrival."""
    return _hash(key, f"content\0{mailbox}\0".encode() + sha256(raw).digest())


def hashing_key(*, at: datetime) -> bytes:
    """The installation's key, made when it is first asked for."""
    return hashing.hashing_key(KEY_NAME, at=at)


def known(hashes: Sequence[bytes]) -> set[bytes]:
    """Those that were here before."""
    with connection.cursor() as cursor:
        cursor.execute(_KNOWN, [list(hashes)])
        return {bytes(row[0]) for row in cursor}


def remember(hashes: Iterable[bytes], *, at: datetime) -> None:
    """From now on these are known."""
    with connection.cursor() as cursor:
        cursor.execute(_REMEMBER, [at, list(hashes)])


def _hash(key: bytes, content: bytes) -> bytes:
    return hmac.digest(key, content, "sha256")
