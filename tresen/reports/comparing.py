"""Our figure of a measure beside the platform's own of the same day: how far apart, and what could make that up."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db import connection
from django.utils import timezone

from tresen.accounts.scope import Scope
from tresen.channels.health_measures import HealthMeasure, Tells
from tresen.reports.budgets import HUNDRED
from tresen.reports.differences import FEWER_THERE, IN_TIME_HERE, MISSED_HERE, MORE_THERE, Why, counts_of
from tresen.reports.health import Standing
from tresen.reports.slices import ANSWERED, MISSED, STILL_OPEN, looking_back

SAME = 0.05
"""So near, both figures round to the same tenth."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """Figures are per cent. `ours` is as of the platform's day, over `missed` of `counted` messages.

    `misses`: so many more (below nought: fewer) misses among as many messages would be the platform's figure. `whys`
    are the reasons that lead there; `could`, so many messages have one. `reach`: the figure if all of these counted
    otherwise there. `with_open`: the figure if those still open then counted as answered.
    """

    then: datetime
    theirs: float
    ours: float
    missed: int
    counted: int
    misses: int
    whys: frozenset[Why]
    could: int
    reach: float
    open: int
    with_open: float

    @property
    def same(self) -> bool:
        """Whether there is nothing to explain."""
        return abs(self.theirs - self.ours) < SAME

    @property
    def enough(self) -> bool:
        """Whether these messages alone could make up the difference."""
        low, high = sorted((self.ours, self.reach))
        return low - SAME <= self.theirs <= high + SAME


def compared(standing: Standing, *, scope: Scope, at: datetime) -> Compared | None:
    """The platform's newest figure beside ours of that day; None without one, or where nothing was counted then.

    A figure counts all teams, and so does `could`; the scope only says whether anything may be told at all.
    """
    if standing.reported is None or standing.held is None or scope.is_empty:
        return None
    then = min(at, _end_of(standing))
    in_time, missed, still_open = _held_then(standing, then)
    if not in_time + missed:
        return None
    counts = counts_of(standing.store.pk, standing.measure, at=then)
    return _compared(standing, then, in_time, missed, still_open, counts)


def _end_of(standing: Standing) -> datetime:
    assert standing.reported is not None  # asked before
    midnight = datetime.combine(standing.reported.as_of + timedelta(days=1), time())
    return midnight.replace(tzinfo=timezone.get_current_timezone())


def _compared(
    standing: Standing, then: datetime, in_time: int, missed: int, still_open: int, counts: Mapping[Why, int]
) -> Compared:
    assert standing.reported is not None  # asked before
    measure, theirs = standing.measure, standing.reported.value
    counted = in_time + missed
    ours = _figure(measure, missed, counted)
    late_there = theirs if measure.tells is Tells.LATE else HUNDRED - theirs
    misses = late_there / HUNDRED * counted - missed
    whys = MORE_THERE if misses > 0 else FEWER_THERE
    found = {why: many for why, many in counts.items() if why in whys}
    return Compared(
        then=then,
        theirs=theirs,
        ours=ours,
        missed=missed,
        counted=counted,
        misses=round(misses) or (1 if misses > 0 else -1),
        whys=whys,
        could=sum(found.values()),
        reach=_reach(measure, in_time, missed, found),
        open=still_open,
        with_open=_figure(measure, missed, counted + still_open),
    )


def _reach(measure: HealthMeasure, in_time: int, missed: int, found: Mapping[Why, int]) -> float:
    """What is missed here is in time there, or is not counted; anything else is missed there."""
    for why, many in found.items():
        if why in MISSED_HERE:
            missed -= many
            in_time += 0 if why is Why.NOT_MARKED_YET else many
        else:
            missed += many
            in_time -= many if why in IN_TIME_HERE else 0
    return _figure(measure, missed, in_time + missed)


def _figure(measure: HealthMeasure, missed: int, whole: int) -> float:
    if not whole:
        return 0.0
    return (missed if measure.tells is Tells.LATE else whole - missed) / whole * HUNDRED


def _held_then(standing: Standing, then: datetime) -> tuple[int, int, int]:
    window = looking_back(standing.measure.window, at=then, store=standing.store.pk)
    params = {
        "store": window.store,
        "since": window.since,
        "until": window.until,
        "metric": standing.measure.limit,
        "then": then,
    }
    with connection.cursor() as cursor:
        cursor.execute(_HELD_THEN, params)
        in_time, missed, still_open = cursor.fetchone()
    return in_time, missed, still_open


_HELD_THEN = f"""
    SELECT count(*) FILTER (WHERE {ANSWERED} AND clock.met_at <= %(then)s),
        count(*) FILTER (WHERE {MISSED} AND clock.due <= %(then)s),
        count(*) FILTER (WHERE {STILL_OPEN} OR ({ANSWERED} AND clock.met_at > %(then)s)
            OR ({MISSED} AND clock.due > %(then)s))
    FROM sla_clock clock
    WHERE clock.store_id = %(store)s AND clock.started_at >= %(since)s AND clock.started_at < %(until)s
        AND clock.kind = 'platform' AND clock.metric = %(metric)s
"""
