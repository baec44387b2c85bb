"""The clocks behind a number, newest first, a page at a time: as many rows as the number says."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db import connection

from tresen.accounts.scope import Scope
from tresen.reports.attainment import Measure
from tresen.reports.slices import MISSED, Slice, within

PAGE = 50


class Which(StrEnum):
    """Which of a measure's clocks a number counts."""

    ALL = "all"
    DECIDED = "decided"
    MET = "met"
    PROVISIONAL = "provisional"
    BREACHED = "breached"
    COUNTED_MISSED = "counted_missed"
    WAIVED = "waived"
    VOID = "void"
    RUNNING = "running"
    CORRECTED = "corrected"


@dataclass(frozen=True, slots=True)
class After:
    """Where a page begins: behind this clock."""

    started_at: datetime
    clock: int

    def token(self) -> str:
        """As an address names it."""
        return f"{self.started_at.isoformat()}~{self.clock}"

    @classmethod
    def read(cls, token: str) -> "After | None":
        """What a token names; None for one that we never gave."""
        started_at, _, clock = token.partition("~")
        try:
            at = datetime.fromisoformat(started_at)
            return cls(at, int(clock)) if at.tzinfo is not None else None
        except ValueError:
            return None


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedClock:
    """One clock that a number counts, with the ticket it belongs to; `agent` is who ended it."""

    id: int
    ticket: int
    subject: str
    channel: str
    store: str
    outcome: str
    started_at: datetime
    due: datetime | None
    met_at: datetime | None
    waived_at: datetime | None
    corrected_at: datetime | None
    agent: int | None


@dataclass(frozen=True, slots=True)
class Page:
    """Some of them, and where the next page begins."""

    clocks: Sequence[CountedClock]
    next: After | None


def counted(
    wanted: Slice, measure: Measure, which: Which, *, scope: Scope, after: After | None = None, most: int = PAGE
) -> Page:
    """The clocks of this measure in this slice that came out so."""
    inside = within(wanted, scope)
    clauses = [inside.clause, "clock.kind = %(kind)s", "clock.metric = %(metric)s", _OUTCOMES[which]]
    params = inside.params | {"kind": measure.kind, "metric": measure.metric, "most": most + 1}
    if measure.channel:
        clauses.append("store.channel = %(of_channel)s")
        params["of_channel"] = measure.channel
    if after is not None:
        clauses.append("(clock.started_at, clock.id) < (%(after_at)s, %(after_id)s)")
        params |= {"after_at": after.started_at, "after_id": after.clock}
    with connection.cursor() as cursor:
        cursor.execute(_LIST.format(clause=" AND ".join(clauses)), params)
        names = [column.name for column in cursor.description]
        found = [CountedClock(**dict(zip(names, row, strict=True))) for row in cursor]
    page = found[:most]
    return Page(page, After(page[-1].started_at, page[-1].id) if len(found) > most else None)


_OUTCOMES = {
    Which.ALL: "true",
    Which.DECIDED: "clock.outcome IN ('met', 'met_provisional', 'breached')",
    Which.MET: "clock.outcome IN ('met', 'met_provisional')",
    Which.PROVISIONAL: "clock.outcome = 'met_provisional'",
    Which.BREACHED: "clock.outcome = 'breached'",
    Which.COUNTED_MISSED: MISSED,
    Which.WAIVED: "clock.outcome = 'waived'",
    Which.VOID: "clock.outcome = 'void'",
    Which.RUNNING: "clock.outcome IN ('running', 'paused')",
    Which.CORRECTED: "clock.corrected_at IS NOT NULL",
}
_LIST = """
    SELECT clock.id, clock.ticket_id AS ticket, ticket.subject, store.channel, store.name AS store, clock.outcome,
        clock.started_at, clock.due, clock.met_at, clock.waived_at, clock.corrected_at, clock.ended_by_id AS agent
    FROM sla_clock clock
    JOIN stores_store store ON store.id = clock.store_id
    JOIN tickets_ticket ticket ON ticket.id = clock.ticket_id
    WHERE {clause}
    ORDER BY clock.started_at DESC, clock.id DESC
    LIMIT %(most)s
"""
