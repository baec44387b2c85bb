"""How many clocks were kept, by channel, store, team, agent or time: set-based over the clocks' rows.

The platform's clocks, our own and every other kind stand in lines of their own: no figure ever counts two kinds.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db import connection

from tresen.accounts.scope import Scope
from tresen.clock.clocks import Outcome
from tresen.reports.histograms import CLASS_OF, Histogram
from tresen.reports.slices import Slice, within


class By(StrEnum):
    """What each line of a report stands for."""

    CHANNEL = "channel"
    STORE = "store"
    TEAM = "team"
    AGENT = "agent"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Counts:
    """How clocks came out. `met` holds those met provisionally, `provisional` says how many of it they are.

    `running` holds what is paused too. `corrected`: those, of whatever outcome, that once had another one.
    """

    met: int = 0
    provisional: int = 0
    breached: int = 0
    waived: int = 0
    void: int = 0
    running: int = 0
    corrected: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(*(getattr(self, name) + getattr(other, name) for name in self.__slots__))

    @property
    def decided(self) -> int:
        """What the share is a share of."""
        return self.met + self.breached

    @property
    def share(self) -> float | None:
        """Met of met and breached, 0 to 1. What was waived or struck out, or still runs, is in neither."""
        return self.met / self.decided if self.decided else None


@dataclass(frozen=True, slots=True, order=True)
class Measure:
    """What is measured: a kind of clock and its metric; of a platform's limit also whose it is."""

    kind: str
    channel: str
    metric: str


@dataclass(frozen=True, slots=True)
class Figures:
    """What one line says of one measure. `took` is clock time to the answer, `worked` the target's own hours."""

    counts: Counts = Counts()
    took: Histogram = field(default_factory=Histogram)
    worked: Histogram = field(default_factory=Histogram)

    def __add__(self, other: "Figures") -> "Figures":
        return Figures(self.counts + other.counts, self.took + other.took, self.worked + other.worked)


type Line = str | int
"""A channel's key, an id, or the number of a span, from 1."""
type Report = dict[Measure, dict[Line, Figures]]


def attainment(wanted: Slice, *, by: By, scope: Scope, begins: Sequence[datetime] = ()) -> Report:
    """The figures of each measure, line by line; one statement, whatever the number of lines.

    `begins` are the first instants of the days, weeks or months by which the lines stand.
    """
    inside = within(wanted, scope)
    params = inside.params | {"begins": list(begins)}
    found: defaultdict[tuple[Measure, Line], _Counted] = defaultdict(_Counted)
    for line, kind, channel, metric, outcome, count, corrected, pairs, counts in _asked(by, inside.clause, params):
        counted = found[Measure(kind, channel, metric), line]
        counted.counts += counts_of(outcome, count, corrected=corrected)
        counted.add_times(pairs, counts)
    report: Report = {measure: {} for measure in sorted({measure for measure, _ in found})}
    for (measure, line), counted in found.items():
        report[measure][line] = counted.figures()
    return report


@dataclass(slots=True)
class _Counted:
    """What is being added up; histograms are made once, at the end."""

    counts: Counts = Counts()
    took: Counter[int] = field(default_factory=Counter)
    worked: Counter[int] = field(default_factory=Counter)

    def add_times(self, pairs: Sequence[int | None], counts: Sequence[int]) -> None:
        """So many answers for each pair of classes."""
        for pair, count in zip(pairs, counts, strict=True):
            if pair is not None:
                took, worked = divmod(pair, PAIRED)
                self.took[took] += count
                if worked != UNKNOWN:
                    self.worked[worked] += count

    def figures(self) -> Figures:
        return Figures(self.counts, Histogram(self.took), Histogram(self.worked))


def counts_of(outcome: str, count: int, *, corrected: int = 0) -> Counts:
    """So many clocks that came out so."""
    match outcome:
        case Outcome.MET:
            counts = Counts(met=count)
        case Outcome.MET_PROVISIONAL:
            counts = Counts(met=count, provisional=count)
        case Outcome.BREACHED:
            counts = Counts(breached=count)
        case Outcome.WAIVED:
            counts = Counts(waived=count)
        case Outcome.VOID:
            counts = Counts(void=count)
        case _:
            counts = Counts(running=count)
    return replace(counts, corrected=corrected)


def _asked(by: By, clause: str, params: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    line, shown = ("clock.store_id", "(SELECT channel FROM stores_store WHERE id = line)")
    if by is not By.CHANNEL:
        line, shown = _LINES[by], "line"
    with connection.cursor() as cursor:
        cursor.execute(_FIGURES.format(line=line, shown=shown, clause=clause), params)
        return list(cursor.fetchall())


_SPAN = "width_bucket(clock.started_at, %(begins)s::timestamptz[])"
_LINES = {
    By.STORE: "clock.store_id",
    By.TEAM: "clock.team_id",
    By.AGENT: "coalesce(clock.ended_by_id, 0)",
    By.DAY: _SPAN,
    By.WEEK: _SPAN,
    By.MONTH: _SPAN,
}
PAIRED = 1024
"""More than there are classes: what a clock took and what it took of working time travel as one number."""
UNKNOWN = PAIRED - 1
"""Stands for the class where working time is unknown."""
_TOOK = CLASS_OF.format(seconds="date_part('epoch', clock.met_at - clock.started_at)")
_WORKED = CLASS_OF.format(seconds="clock.worked")
PAIR = f"""CASE WHEN clock.kind <> 'platform' AND clock.met_at IS NOT NULL AND clock.outcome <> 'void'
    THEN {_TOOK} * {PAIRED} + coalesce({_WORKED}, {UNKNOWN}) END"""
"""Whose groups the server knows by statistics of the very same words (sla 0015): it then counts with all processors."""
# Each clock is read and counted once, by numbers and short words alone: that costs more than all that follows. The few
# groups are then put together again, a line's times in one row.
_FIGURES = f"""
    WITH grouped AS MATERIALIZED (
        SELECT {{line}} AS line, CASE WHEN clock.kind = 'platform' THEN clock.store_id END AS store, clock.kind,
            clock.metric, clock.outcome,
            {PAIR} AS pair,
            count(*) AS count, count(clock.corrected_at) AS corrected
        FROM sla_clock clock WHERE {{clause}}
        GROUP BY 1, 2, 3, 4, 5, 6
    )
    SELECT {{shown}}, kind, coalesce((SELECT channel FROM stores_store WHERE id = store), ''), metric, outcome,
        count, corrected, pairs, counts
    FROM (
        SELECT line, store, kind, metric, outcome, sum(count)::bigint AS count, sum(corrected)::bigint AS corrected,
            array_agg(pair) AS pairs, array_agg(count) AS counts
        FROM grouped GROUP BY 1, 2, 3, 4, 5
    ) AS figures
"""
