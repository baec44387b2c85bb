"""Why a platform's figure may be another than ours: messages of a window that can make a difference, and why."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from django.db import connection

from tresen.accounts.scope import EVERYTHING, Scope
from tresen.channels.health_measures import HealthMeasure
from tresen.reports.slices import looking_back, within

NEAR = timedelta(minutes=30)
"""So near to the limit, another reading of when a message came or left decides."""
MOST = 200


class Why(StrEnum):
    """What may be counted otherwise there. The first that fits is given.

    A message that still runs makes no difference yet: neither side has counted it as missed.
    """

    STRUCK_OUT = "struck_out"
    PROVISIONAL = "provisional"
    JUST_LATE = "just_late"
    JUST_IN_TIME = "just_in_time"
    NO_ANSWER_SEEN = "no_answer_seen"
    MARKED_THERE = "marked_there"
    MARKED_LATE = "marked_late"
    ANSWERED_THERE = "answered_there"
    NOT_MARKED_YET = "not_marked_yet"


IN_TIME_HERE = frozenset({Why.PROVISIONAL, Why.JUST_IN_TIME})
TAKEN_OUT_HERE = frozenset({Why.STRUCK_OUT, Why.MARKED_THERE, Why.MARKED_LATE})
MISSED_HERE = frozenset({Why.JUST_LATE, Why.NO_ANSWER_SEEN, Why.ANSWERED_THERE, Why.NOT_MARKED_YET})
MORE_THERE = IN_TIME_HERE | TAKEN_OUT_HERE
"""There it may be missed, and here it is not."""
FEWER_THERE = MISSED_HERE
"""Here it is missed, and there it may be in time, or not count."""


LIKELIEST = (
    Why.JUST_LATE,
    Why.JUST_IN_TIME,
    Why.NOT_MARKED_YET,
    Why.NO_ANSWER_SEEN,
    Why.ANSWERED_THERE,
    Why.MARKED_LATE,
    Why.STRUCK_OUT,
    Why.MARKED_THERE,
    Why.PROVISIONAL,
)
"""What makes a difference the most often comes first: nearly every answer of the last days may still bounce."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A message that may be counted otherwise."""

    why: Why
    ticket: int
    subject: str
    started_at: datetime
    due: datetime | None
    met_at: datetime | None
    outcome: str


def differences(
    store: int, measure: HealthMeasure, *, scope: Scope, at: datetime, whys: Collection[Why] = frozenset(Why)
) -> Sequence[Difference]:
    """Messages of the measure's window, at most 200, with one of these reasons as of `at`: likeliest, then newest."""
    inside = within(looking_back(measure.window, at=at, store=store), scope)
    params = inside.params | _params(measure, at) | {"whys": [why for why in LIKELIEST if why in whys], "most": MOST}
    with connection.cursor() as cursor:
        cursor.execute(_DIFFERENT.format(clause=inside.clause) + _LISTED, params)
        names = [column.name for column in cursor.description]
        rows = [dict(zip(names, row, strict=True)) for row in cursor]
    return [Difference(**row | {"why": Why(row["why"])}) for row in rows]


def counts_of(store: int, measure: HealthMeasure, *, at: datetime) -> dict[Why, int]:
    """How many messages of all teams have which reason, as of `at`."""
    inside = within(looking_back(measure.window, at=at, store=store), EVERYTHING)
    with connection.cursor() as cursor:
        cursor.execute(_DIFFERENT.format(clause=inside.clause) + _COUNTED, inside.params | _params(measure, at))
        return {Why(why): many for why, many in cursor}


def _params(measure: HealthMeasure, at: datetime) -> dict[str, Any]:
    return {"metric": measure.limit, "near": NEAR, "at": at}


# Before its limit has passed no message is missed, there or here. The copy of an answer comes after it: what is in time
# by the copy was in time there. A message that needs none is missed there once its limit has passed, unless somebody
# has marked it there and not told it here.
_DIFFERENT = """
    WITH told AS (
        SELECT CASE
            WHEN clock.outcome = 'void' THEN 'struck_out'
            WHEN clock.outcome = 'met_provisional' THEN 'provisional'
            WHEN clock.outcome = 'breached' AND clock.met_at <= clock.due + %(near)s THEN 'just_late'
            WHEN clock.outcome = 'met' AND clock.met_at >= clock.due - %(near)s THEN 'just_in_time'
            WHEN clock.outcome = 'breached' AND clock.met_at IS NULL AND clock.waived_at IS NULL THEN
                CASE WHEN EXISTS (SELECT FROM duties_unmarked WHERE message_id = clock.message_id)
                THEN 'not_marked_yet' ELSE 'no_answer_seen' END
            WHEN clock.outcome = 'waived' THEN 'marked_there'
            WHEN clock.outcome = 'breached' AND clock.met_at IS NULL THEN 'marked_late'
            WHEN clock.outcome = 'breached' AND clock.ended_by_id IS NULL THEN 'answered_there'
        END AS why, clock.ticket_id AS ticket, ticket.subject, clock.started_at, clock.due, clock.met_at, clock.outcome
        FROM sla_clock clock
        JOIN stores_store store ON store.id = clock.store_id
        JOIN tickets_ticket ticket ON ticket.id = clock.ticket_id
        WHERE {clause} AND clock.kind = 'platform' AND clock.metric = %(metric)s
            AND clock.due <= %(at)s
    )
"""
_LISTED = """
    SELECT * FROM told WHERE why = ANY(%(whys)s)
    ORDER BY array_position(%(whys)s, why), started_at DESC LIMIT %(most)s
"""
_COUNTED = "SELECT why, count(*) FROM told WHERE why IS NOT NULL GROUP BY why"
