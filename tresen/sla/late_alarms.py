"""Alarms that had come before they were written: of a message that came late, of an answer that was taken back late.

A sweep goes on from the last alarm it saw and would pass them by; they stand here until one has attended to them.
"""

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db import connection

from tresen.batches.cursors import batch_cursor, columns_of
from tresen.sla.clock_rows import ClockKey

TABLE = "sla_latealarm"


def write_down(found: Mapping[ClockKey, datetime | None]) -> None:
    """Leave these clocks' alarms to the next sweep of any worker."""
    rows = [(ticket, alarm) for (ticket, _), alarm in found.items() if alarm is not None]
    if rows:
        with batch_cursor() as cursor:
            cursor.execute(_WRITE, columns_of(rows))


def taken(tickets: Collection[int], *, at: datetime) -> dict[int, datetime]:
    """The earliest late alarm of each of these tickets, which the caller has locked and attends to now."""
    first: dict[int, datetime] = {}
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, [list(tickets), at])
        for ticket, alarm in cursor:
            first[ticket] = min(alarm, first.get(ticket, alarm))
    return first


_WRITE = f"INSERT INTO {TABLE} (ticket_id, alarm) SELECT * FROM unnest(%b::bigint[], %b::timestamptz[])"
_TAKE = f"DELETE FROM {TABLE} WHERE ticket_id = ANY(%s) AND alarm <= %s RETURNING ticket_id, alarm"
