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
    """Count one attempt against each limit, the narrowest first. None: it may pass. Else how long to wait.

    What is refused counts too, but only where it is refused: whoever has used up his own limit can't go on to use up
    the one that everybody shares.
    """
    waits = (_count(limit, at=at) for limit in limits)
    return next((wait for wait in waits if wait is not None), None)


def _count(limit: Limit, *, at: datetime) -> timedelta | None:
    began = _beginning(limit.span, at)
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [_bucket(limit), began])
        (count,) = cursor.fetchone()
    if count == 1:
        Attempts.objects.filter(began_at__lt=at - KEPT).delete()
    return began + limit.span - at if count > limit.most else None


def _bucket(limit: Limit) -> bytes:
    return salted_hmac("tresen.intake.limiting", limit.who, algorithm="sha256").digest()


def _beginning(span: timedelta, at: datetime) -> datetime:
    seconds = int(span.total_seconds())
    return datetime.fromtimestamp(int(at.timestamp()) // seconds * seconds, tz=UTC)


_COUNT = """
INSERT INTO intake_attempts (bucket, began_at, count) VALUES (%s, %s, 1)
ON CONFLICT (bucket, began_at) DO UPDATE SET count = intake_attempts.count + 1
RETURNING count
"""
