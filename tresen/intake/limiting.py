"""How much may come in by a public door within a span. Counted in the database: all processes share one count."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db import connection
from django.utils.crypto import salted_hmac

from tresen.intake.models import Attempts

KEPT = timedelta(days=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """At most so many attempts by `who` ("store:3", "address:3:192.0.2.1") in each span."""

    who: str
    most: int
    span: timedelta


def count_attempt(limits: Sequence[Limit], *, at: datetime) -> timedelta | None:
    """Count one attempt against each limit. None: it may pass. Else how long to wait until it may be tried again.

    What is refused counts too: whoever goes on at once waits longer, not shorter.
    """
    kept = {(_bucket(limit), _beginning(limit.span, at)): limit for limit in limits}
    rows = sorted(kept)  # always in one order: two processes never wait for each other
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [[bucket for bucket, _began in rows], [began for _bucket, began in rows]])
        counts = {(bytes(bucket), began): count for bucket, began, count in cursor.fetchall()}
    if 1 in counts.values():
        Attempts.objects.filter(began_at__lt=at - KEPT).delete()
    waits = [began + limit.span - at for (bucket, began), limit in kept.items() if counts[bucket, began] > limit.most]
    return max(waits, default=None)


def _bucket(limit: Limit) -> bytes:
    return salted_hmac("tresen.intake.limiting", limit.who, algorithm="sha256").digest()


def _beginning(span: timedelta, at: datetime) -> datetime:
    seconds = int(span.total_seconds())
    return datetime.fromtimestamp(int(at.timestamp()) // seconds * seconds, tz=UTC)


_COUNT = """
INSERT INTO intake_attempts (bucket, began_at, count)
SELECT bucket, began_at, 1 FROM unnest(%s::bytea[], %s::timestamptz[]) AS counted(bucket, began_at)
ON CONFLICT (bucket, began_at) DO UPDATE SET count = intake_attempts.count + 1
RETURNING bucket, began_at, count
"""
