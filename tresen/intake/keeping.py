"""Raw first: payloads are committed as they came, before anybody tries to understand them."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import connection

from tresen.channels.contract import Source
from tresen.files.keeping import keep_all
from tresen.intake.waking import wake

KEPT_FOR = timedelta(days=30)
"""As long as the strictest contract allows (Amazon's data protection policy asks for 30 days)."""
WAKES_PARSING = "tresen_payloads"
"""NOTIFY channel: there is something to understand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrived:
    """A payload as it came in. `size` is its size where it came from, `external_key` where it stood there.

    `about` and `headers` as of a connector's `RawPayload`.
    """

    source: Source
    external_key: str
    body: bytes
    size: int
    received_at: datetime
    mailbox: int | None = None
    store: int | None = None
    about: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)


def keep_raw(arrived: Sequence[Arrived], *, at: datetime) -> int:
    """Keep these in the caller's transaction; gives how many were new. What stood there before changes nothing."""
    if not arrived:
        return 0
    blobs = keep_all([one.body for one in arrived], at=at)
    rows = [
        (
            one.source.value,
            one.mailbox,
            one.store,
            one.external_key,
            blob,
            one.size,
            one.received_at,
            at,
            at + KEPT_FOR,
            one.about[:80],
            json.dumps(dict(one.headers)),
        )
        for one, blob in zip(arrived, blobs, strict=True)
    ]
    with connection.cursor() as cursor:
        cursor.execute(_KEEP, [list(column) for column in zip(*rows, strict=True)])
        new = int(cursor.rowcount)
    if new:
        wake(WAKES_PARSING)
    return new


_KEEP = """
    INSERT INTO intake_storedpayload
        (source, mailbox_id, store_id, external_key, blob_id, size, received_at, recorded_at, expires_at,
         about, headers, state, attempts, problem)
    SELECT given.*, 'kept', 0, '' FROM unnest(
        %s::text[], %s::bigint[], %s::bigint[], %s::text[], %s::bytea[], %s::bigint[], %s::timestamptz[],
        %s::timestamptz[], %s::timestamptz[], %s::text[], %s::jsonb[]
    ) AS given
    ON CONFLICT DO NOTHING
"""
