"""How long nothing can happen in a play: minutes in which no row would change and nobody would look are passed over.

Played or passed over, the outcome is the same: what the sweeps find follows from the rows and from times that stand in
them. A test plays the same day both ways.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from tresen.routing.handling import RENEWED_EVERY

MINUTE = timedelta(minutes=1)
READ_EVERY = timedelta(minutes=10)
"""While nobody is at work mail is read so often: when it is due follows from when it came in."""


def anything_free(at: datetime) -> bool:
    """Whether any ticket waits at `at` that nobody has in hand."""
    with connection.cursor() as cursor:
        cursor.execute(_FREE, {"at": at})
        return bool(cursor.fetchone()[0])


def next_of_itself(at: datetime) -> datetime | None:
    """When, by the rows, something falls due, wakes, may be served or is reckoned anew; None: never."""
    params: dict[str, Any] = {"at": at, "renewed": RENEWED_EVERY}
    with connection.cursor() as cursor:
        cursor.execute(_BY_ITSELF, params)
        found: datetime | None = cursor.fetchone()[0]
        return found


def first_minute(moments: Iterable[datetime], *, after: datetime) -> datetime:
    """The minute to play when the next of these moments is there: of those that begin whole minutes after `after`."""
    wait = min(moments) - after
    return after + max(MINUTE, -(-wait // MINUTE) * MINUTE)


def begun(moment: datetime, *, since: datetime) -> datetime:
    """When the minute began in which this moment lies, of those that begin whole minutes after `since`."""
    return since + (moment - since) // MINUTE * MINUTE


def looked_again(last: datetime, minute: datetime) -> datetime:
    """When somebody who looks every minute, at `last` among others, looks first from `minute` on."""
    return last + max(0, -(-(minute - last) // MINUTE)) * MINUTE


# What is not answered yet, and nobody's at this instant; whether this or that agent could answer it is not asked.
_FREE = """
    SELECT EXISTS (
        SELECT FROM routing_queueplace place
        WHERE NOT place.on_its_way AND place.actionable_from <= %(at)s AND NOT EXISTS (
            SELECT FROM routing_lease held WHERE held.ticket_id = place.ticket_id AND held.until > %(at)s))
"""
_BY_ITSELF = """
    SELECT least(
        (SELECT min(next_alarm_at) FROM sla_clock),
        (SELECT min(snoozed_until) FROM tickets_ticket),
        (SELECT min(actionable_from) FROM routing_queueplace WHERE actionable_from > %(at)s),
        (SELECT max(reckoned_at) + %(renewed)s FROM routing_handling))
"""
