"""What a play kept and lost, read from the clocks that the product itself kept."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from django.db import connection

from tresen.local.scenes.playing import Play, Served

PATIENT = timedelta(hours=40)
"""A claim with so much time left can wait for whoever is late sooner."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """Of `all` clocks that were decided in the play, so many were `kept`."""

    kept: int = 0
    all: int = 0

    @property
    def percent(self) -> float:
        """The share that was kept; all of nothing."""
        return 100 * self.kept / self.all if self.all else 100.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """A play's outcome.

    `limits` are platform clocks by the limit's key, `savable` those of them that ran when the play began and `cases`
    the deadlines of claims; `own` are our reply targets. `urgent_wait` is the median time to the answer of what is tier
    0, claims among it. `starved` were late although a claim with PATIENT left was served meanwhile; `too_early` rested
    and were served all the same.
    """

    answered: int
    limits: Mapping[str, Kept]
    savable: Mapping[str, Kept]
    own: Kept
    cases: Kept
    urgent_wait: timedelta | None
    starved: int
    too_early: int

    @property
    def all_limits(self) -> Kept:
        """All platform clocks together."""
        kept = sum(one.kept for one in self.limits.values())
        return Kept(kept=kept, all=sum(one.all for one in self.limits.values()))


def figures_of(play: Play) -> Figures:
    """How a play came out, by the rows of its database."""
    times = {"begins": play.scene.begins, "ends": play.scene.ends}
    with connection.cursor() as cursor:
        cursor.execute(_DECIDED, times)
        rows = cursor.fetchall()
        cursor.execute(_URGENT, times)
        waits = [wait for (wait,) in cursor]
        cursor.execute(_LATE, times)
        late = cursor.fetchall()
        cursor.execute("SELECT ticket_id, max(due) FROM sla_clock WHERE kind = 'case' GROUP BY 1")
        claims = dict(cursor.fetchall())
    return Figures(
        answered=len(play.served),
        limits={metric: Kept(kept=kept, all=every) for kind, metric, kept, every, _, _ in rows if kind == "platform"},
        savable={metric: Kept(kept=kept, all=every) for kind, metric, _, _, kept, every in rows if kind == "platform"},
        own=_sum(rows, "own"),
        cases=_sum(rows, "case"),
        urgent_wait=median(waits) if waits else None,
        starved=starved(late, play.served, claims),
        too_early=too_early(play.served, play.rested),
    )


def starved(late: Iterable[tuple[datetime, datetime]], served: Iterable[Served], claims: Mapping[int, datetime]) -> int:
    """How many of what was waiting from its first to its second instant, and was late then, could have had a turn."""
    patient = sorted(one.at for one in served if one.ticket in claims and claims[one.ticket] - one.at >= PATIENT)
    return sum(any(began <= at < due for at in patient) for began, due in late)


def too_early(served: Iterable[Served], rested: Mapping[int, datetime]) -> int:
    """How many were served a second time before the day to which they rested."""
    seen = set[int]()
    early = 0
    for one in served:
        early += one.ticket in seen and one.at < rested.get(one.ticket, one.at)
        seen.add(one.ticket)
    return early


def _sum(rows: Sequence[tuple[str, str, int, int, int, int]], kind: str) -> Kept:
    return Kept(kept=sum(row[2] for row in rows if row[0] == kind), all=sum(row[3] for row in rows if row[0] == kind))


# Decided in the play: kept or late after it began. What was late before counts nowhere, and what is open at the end and
# not due yet is not decided; but what could be saved when it began and is still open at the end was not saved.
_DECIDED = """
    SELECT kind, metric,
           count(*) FILTER (WHERE breached_at IS NULL AND met_at IS NOT NULL),
           count(*) FILTER (WHERE met_at IS NOT NULL OR breached_at IS NOT NULL),
           count(*) FILTER (WHERE started_at < %(begins)s AND breached_at IS NULL AND met_at IS NOT NULL),
           count(*) FILTER (WHERE started_at < %(begins)s)
    FROM sla_clock
    WHERE kind IN ('own', 'platform', 'case') AND due > %(begins)s AND started_at < %(ends)s AND outcome <> 'void'
    GROUP BY kind, metric ORDER BY kind, metric
"""
_URGENT = """
    SELECT clock.met_at - greatest(clock.started_at, %(begins)s)
    FROM sla_clock clock JOIN tickets_ticket ticket ON ticket.id = clock.ticket_id
    WHERE clock.met_at >= %(begins)s AND (clock.kind = 'case' OR clock.kind = 'own' AND ticket.risk_tier = 0)
"""
_LATE = """
    SELECT greatest(started_at, %(begins)s), due FROM sla_clock
    WHERE kind = 'platform' AND breached_at > %(begins)s AND breached_at <= %(ends)s
"""
