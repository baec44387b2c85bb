"""Keeping and reading blobs. Content decides the key, so keeping twice changes nothing."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from hashlib import sha256

from django.db import connection

CHUNK_SIZE = 512 * 1024

_KEEP = """
    WITH fresh AS (
        INSERT INTO files_blob (sha256, size, created_at)
        SELECT DISTINCT ON (key) key, size, %(at)s
        FROM unnest(%(keys)s::bytea[], %(sizes)s::bigint[]) AS given (key, size)
        ON CONFLICT (sha256) DO NOTHING
        RETURNING sha256
    )
    INSERT INTO files_blobchunk (blob_id, position, content)
    SELECT DISTINCT ON (piece.key, piece.position) piece.key, piece.position, piece.content
    FROM unnest(%(chunk_keys)s::bytea[], %(positions)s::int[], %(contents)s::bytea[])
        AS piece (key, position, content)
    JOIN fresh ON fresh.sha256 = piece.key
"""


def keep_all(contents: Sequence[bytes], *, at: datetime) -> list[bytes]:
    """Keep each content, in the caller's transaction; gives the keys (SHA-256) in the same order."""
    keys = [sha256(content).digest() for content in contents]
    if not contents:
        return keys
    chunks = [
        (key, position, chunk)
        for key, content in zip(keys, contents, strict=True)
        for position, chunk in enumerate(_chunks(content))
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            _KEEP,
            {
                "at": at,
                "keys": keys,
                "sizes": [len(content) for content in contents],
                "chunk_keys": [key for key, _, _ in chunks],
                "positions": [position for _, position, _ in chunks],
                "contents": [chunk for _, _, chunk in chunks],
            },
        )
    return keys


def read(key: bytes) -> bytes:
    """The content kept under `key`. Raises KeyError when there is none (it may have expired)."""
    return read_all([key])[bytes(key)]


def read_all(keys: Sequence[bytes]) -> dict[bytes, bytes]:
    """The contents kept under `keys`. Raises KeyError naming the first that is not there."""
    found: dict[bytes, list[bytes]] = {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT blob.sha256, chunk.content FROM files_blob blob LEFT JOIN files_blobchunk chunk"
            " ON chunk.blob_id = blob.sha256 WHERE blob.sha256 = ANY(%s::bytea[]) ORDER BY blob.sha256, chunk.position",
            [list(keys)],
        )
        for key, chunk in cursor:
            found.setdefault(bytes(key), []).append(bytes(chunk or b""))
    for key in keys:
        if bytes(key) not in found:
            raise KeyError(bytes(key).hex())
    return {key: b"".join(chunks) for key, chunks in found.items()}


def pieces_of(key: bytes) -> Iterator[bytes]:
    """The content piece by piece, each read when it is asked for. Nothing when there is none."""
    position = 0
    while True:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT content FROM files_blobchunk WHERE blob_id = %s AND position = %s", [bytes(key), position]
            )
            found = cursor.fetchone()
        if found is None:
            return
        yield bytes(found[0])
        position += 1


def _chunks(content: bytes) -> Iterator[bytes]:
    for start in range(0, len(content), CHUNK_SIZE):
        yield content[start : start + CHUNK_SIZE]
