"""What agents passed on, and why: for whoever leads them."""

from dataclasses import dataclass
from datetime import datetime

from tresen.accounts.scope import Scope
from tresen.batches.cursors import batch_cursor
from tresen.routing.queues import within

MOST_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Skipped:
    """A ticket that an agent passed on; `reason` is a key. Of several times with the same ticket, the last."""

    ticket: int
    subject: str
    agent: str
    reason: str
    skipped_at: datetime


def skipped_since(since: datetime, *, scope: Scope) -> list[Skipped]:
    """What was passed on since then, the newest first, as far as it is visible and at most MOST_SHOWN."""
    inside = within(scope)
    with batch_cursor() as cursor:
        cursor.execute(_SKIPPED.format(in_scope=inside.clause), {**inside.params, "since": since})
        return [Skipped(*row) for row in cursor]


_SKIPPED = f"""
    SELECT place.id, place.subject, agent.name, skip.reason, skip.skipped_at
    FROM routing_skip skip JOIN tickets_ticket place ON place.id = skip.ticket_id
    JOIN accounts_agent agent ON agent.id = skip.agent_id
    WHERE skip.skipped_at > %(since)b AND place.team_id = ANY(%(teams)b::bigint[]) {{in_scope}}
    ORDER BY skip.skipped_at DESC, skip.id DESC LIMIT {MOST_SHOWN}
"""
