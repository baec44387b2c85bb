"""What stands in the queue of one ticket, for operations and screens that have shown it is theirs to see."""

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from django.db import connection

from tresen.routing.models import QueuePlace
from tresen.routing.placing import DUTIES, NO_WORDS


class Start(NamedTuple):
    """When work must begin for the first limit that others have set for a ticket; `at` of None: it is too late in turn.

    `of_platform`: the limit is the platform's, not a case's or the law's.
    """

    due: datetime
    at: datetime | None
    of_platform: bool


class LimitKind(StrEnum):
    """Whose a limit is: the platform's, a case's or the law's deadline, or a target of ours."""

    PLATFORM = "platform"
    DEADLINE = "deadline"
    OWN = "own"


class RunsOut(NamedTuple):
    """What runs out, and when."""

    due: datetime
    kind: LimitKind


def place_that_owes(ticket_id: int) -> QueuePlace | None:
    """The ticket's place where words are owed, or a word about their delivery.

    A mark at the platform is neither, nor is a case, a promise or a legal request.
    """
    return QueuePlace.objects.filter(ticket=ticket_id).exclude(task__in=NO_WORDS).first()


def duty_owed(ticket_id: int) -> bool:
    """Whether all that the ticket still waits for is a case, a promise or a legal request."""
    return QueuePlace.objects.filter(ticket=ticket_id, task__in=DUTIES).exists()


def runs_out_before(ticket_id: int, until: datetime | None, *, at: datetime) -> RunsOut | None:
    """What of the ticket can still be kept at `at` and runs out before `until` (None: some day).

    A limit that others have set goes before a target of ours, however late it is.
    """
    place = QueuePlace.objects.filter(ticket=ticket_id).first()
    if place is None:
        return None
    of_others = LimitKind.PLATFORM if place.limit_due == place.platform_due else LimitKind.DEADLINE
    for due, kind in ((place.limit_due, of_others), (place.own_due, LimitKind.OWN)):
        if due is not None and at < due and (until is None or due < until):
            return RunsOut(due=due, kind=kind)
    return None


def start_by_of(ticket_id: int) -> Start | None:
    """When work must begin to keep the first limit that others have set for the ticket, by its team's last reckoning.

    None where no such limit runs, or none that is due in the next 48 hours.
    """
    with connection.cursor() as cursor:
        cursor.execute(_START_BY, [ticket_id])
        row = cursor.fetchone()
        return Start(*row) if row else None


_START_BY = """
    SELECT place.limit_due, reckoned.start_by, place.platform_due IS NOT DISTINCT FROM place.limit_due
    FROM routing_queueplace place JOIN routing_backlog backlog ON backlog.team_id = place.team_id
    CROSS JOIN LATERAL unnest(backlog.due, backlog.start_by) AS reckoned (due, start_by)
    WHERE place.ticket_id = %s AND reckoned.due <= place.limit_due
      AND reckoned.due > place.limit_due - interval '1 minute'
"""
