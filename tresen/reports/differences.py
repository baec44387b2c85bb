"""Why a platform's figure may be another than ours: messages of a window that can explain it, and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.db import connection

from tresen.accounts.scope import Scope
from tresen.channels.health_measures import HealthMeasure
from tresen.reports.slices import looking_back, within

NEAR = timedelta(minutes=30)
"""So near to the limit, another reading of when a message came or left decides."""
MOST = 200


class Why(StrEnum):
    """What may be counted otherwise there. The first that fits is given."""

    STRUCK_OUT = "struck_out"
    PROVISIONAL = "provisional"
    JUST_LATE = "just_late"
    JUST_IN_TIME = "just_in_time"
    NO_ANSWER_SEEN = "no_answer_seen"
    MARKED_THERE = "marked_there"
    MARKED_LATE = "marked_late"
    ANSWERED_THERE = "answered_there"
    NOT_MARKED_YET = "not_marked_yet"


OURS_BETTER = frozenset({Why.STRUCK_OUT, Why.PROVISIONAL, Why.JUST_IN_TIME, Why.MARKED_THERE, Why.MARKED_LATE})
"""There it may be worse than here; for the others it may be the other way round, or either."""
THEIRS_BETTER = frozenset({Why.JUST_LATE, Why.NO_ANSWER_SEEN})


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


def differences(store: int, measure: HealthMeasure, *, scope: Scope, at: datetime) -> Sequence[Difference]:
    """The newest messages of the measure's window, at most 200, that explain a difference, as far as data allow."""
    inside = within(looking_back(measure.window, at=at, store=store), scope)
    params = inside.params | {"metric": measure.limit, "near": NEAR, "most": MOST}
    with connection.cursor() as cursor:
        cursor.execute(_DIFFERENT.format(clause=inside.clause), params)
        names = [column.name for column in cursor.description]
        rows = [dict(zip(names, row, strict=True)) for row in cursor]
    return [Difference(**row | {"why": Why(row["why"])}) for row in rows]


_DIFFERENT = """
    SELECT * FROM (
        SELECT CASE
            WHEN clock.outcome = 'void' THEN 'struck_out'
            WHEN clock.outcome = 'met_provisional' THEN 'provisional'
            WHEN clock.outcome = 'breached' AND clock.met_at <= clock.due + %(near)s THEN 'just_late'
            WHEN clock.outcome = 'met' AND clock.met_at >= clock.due - %(near)s THEN 'just_in_time'
            WHEN clock.outcome = 'breached' AND clock.met_at IS NULL AND clock.waived_at IS NULL THEN 'no_answer_seen'
            WHEN clock.outcome = 'waived' THEN 'marked_there'
            WHEN clock.outcome = 'breached' AND clock.met_at IS NULL THEN 'marked_late'
            WHEN clock.met_at IS NOT NULL AND clock.ended_by_id IS NULL THEN 'answered_there'
            WHEN clock.outcome = 'running' AND NOT EXISTS (
                SELECT FROM sla_clock own WHERE own.ticket_id = clock.ticket_id AND own.kind = 'own'
                    AND own.conversation_id = clock.conversation_id AND own.outcome = 'running'
            ) THEN 'not_marked_yet'
        END AS why, clock.ticket_id AS ticket, ticket.subject, clock.started_at, clock.due, clock.met_at, clock.outcome
        FROM sla_clock clock
        JOIN stores_store store ON store.id = clock.store_id
        JOIN tickets_ticket ticket ON ticket.id = clock.ticket_id
        WHERE {clause} AND clock.kind = 'platform' AND clock.metric = %(metric)s
    ) AS told WHERE why IS NOT NULL ORDER BY started_at DESC LIMIT %(most)s
"""
