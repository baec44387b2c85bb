"""Bytes go when the strictest contract says so; their number and a keyed hash of their id stay."""

from collections.abc import Sequence
from datetime import datetime

from django.db import connection, transaction


@transaction.atomic
def expire_due(at: datetime, *, most: int = 500) -> int:
    """Delete a batch of payloads whose time has come, with their bytes; gives how many. What waits to be read stays."""
    with connection.cursor() as cursor:
        cursor.execute(_EXPIRE, [at, most])
        blobs = [row[0] for row in cursor.fetchall()]
    drop_unused(blobs)
    return len(blobs)


def drop_unused(blobs: Sequence[bytes | memoryview]) -> None:
    """Delete those of these bytes that nothing points at any more, in the caller's transaction."""
    if not blobs:
        return
    with connection.cursor() as cursor:
        cursor.execute(_UNUSED, [list(blobs)])
        unused = [row[0] for row in cursor.fetchall()]
        cursor.execute("DELETE FROM files_blobchunk WHERE blob_id = ANY(%s)", [unused])
        cursor.execute("DELETE FROM files_blob WHERE sha256 = ANY(%s)", [unused])


# An array is read once. With IN the planner may read the first of them again and again, and each time find others.
_EXPIRE = """
    DELETE FROM intake_storedpayload WHERE number = ANY(ARRAY(
        SELECT number FROM intake_storedpayload WHERE expires_at <= %s AND state <> 'kept'
        ORDER BY expires_at, number LIMIT %s FOR UPDATE SKIP LOCKED
    )) RETURNING blob_id
"""
# Locked first: whoever keeps the same bytes again just now waits, and then keeps them anew.
_UNUSED = """
    SELECT sha256 FROM files_blob blob WHERE sha256 = ANY(%s)
      AND NOT EXISTS (SELECT FROM intake_storedpayload payload WHERE payload.blob_id = blob.sha256)
      AND NOT EXISTS (SELECT FROM tickets_attachment attachment WHERE attachment.blob_id = blob.sha256)
    ORDER BY sha256 FOR UPDATE
"""
