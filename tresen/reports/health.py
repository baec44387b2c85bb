"""How each store stands with its platform: the platform's own measures, reckoned from the clocks as it reckons them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Q

from tresen.accounts.scope import Scope
from tresen.channels.health_measures import HealthMeasure, Tells, measures_in
from tresen.reports.budgets import Budget, Held, Pace, budget, pace
from tresen.reports.models import FigureReading, PlatformFigure
from tresen.reports.slices import ANSWERED, MISSED, STILL_OPEN, looking_back, shown_by
from tresen.stores.connectors import connector_of
from tresen.stores.models import Store

NOTHING = timedelta()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """What the platform itself said, and of which day. `by_itself`: it was read there; nobody entered it."""

    value: float
    as_of: date
    by_itself: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """That a platform's figure is read by itself once a day. `trouble`: why it could not be, as it was said."""

    read_at: datetime | None
    trouble: str


class Seen(NamedTuple):
    """So many of a window's messages are in scope: answered in time, missed, and still open."""

    in_time: int
    missed: int
    open: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How a store stands by a measure: a share has `held` and `budget`, an average `pace`, another only `reported`.

    `held` counts all teams, as the platform does; `seen` what the scope shows of it, which is what lists show.
    `reading`: where the platform's interface tells its own figure, how reading it went.
    """

    store: Store
    measure: HealthMeasure
    held: Held | None = None
    seen: Seen | None = None
    budget: Budget | None = None
    pace: Pace | None = None
    reported: Reported | None = None
    reading: Reading | None = None

    @property
    def figure(self) -> float | None:
        """The figure now, in per cent or hours: ours, or the platform's where only it can know."""
        if self.budget is not None:
            return self.budget.figure
        if self.pace is not None:
            return self.pace.figure
        return self.reported.value if self.reported else None

    @property
    def holds(self) -> bool:
        """Whether the platform is content; so it is where nothing was counted."""
        return self.figure is None or self.measure.wanted.holds(round(self.figure, 9))


def standings(*, scope: Scope, at: datetime, store: int | None = None) -> list[Standing]:
    """Every measure of every store in scope, by the store's name. A store's figure counts all of its teams."""
    asked = _asked(_stores(scope, store), at)
    shares = [one for one in asked if one[1].tells in {Tells.LATE, Tells.IN_TIME}]
    averages = [one for one in asked if one[1].tells is Tells.AVERAGE]
    held = dict(zip(_keys(shares), _held(shares, scope, at), strict=True))
    paces = dict(zip(_keys(averages), _paces(averages, at), strict=True))
    reported = reported_of({store.pk for store, _ in asked})
    readings = _readings(asked)
    return [
        Standing(
            store=one,
            measure=measure,
            held=held[one.pk, measure.key][0] if (one.pk, measure.key) in held else None,
            seen=held[one.pk, measure.key][1] if (one.pk, measure.key) in held else None,
            budget=budget(measure, held[one.pk, measure.key][0]) if (one.pk, measure.key) in held else None,
            pace=paces.get((one.pk, measure.key)),
            reported=reported.get((one.pk, measure.key)),
            reading=readings.get(one.pk) if _tells(one, measure) else None,
        )
        for one, measure in asked
    ]


def measures_of(store: Store, *, at: datetime) -> tuple[HealthMeasure, ...]:
    """What this store's platform judges it by."""
    region = connector_of(store.channel).rule_packs.region_of(store.marketplace)
    return measures_in(store.channel, region, at.astimezone(UTC).date())


def reported_of(stores: Collection[int]) -> dict[tuple[int, str], Reported]:
    """The platforms' own figures of these stores, of the newest day that is known, by store and measure."""
    newest = PlatformFigure.objects.filter(store__in=stores).order_by("store", "measure", "-as_of", "-pk")
    return {
        (one.store_id, one.measure): Reported(
            value=float(one.value), as_of=one.as_of, by_itself=one.entered_by_id is None
        )
        for one in newest.distinct("store", "measure")
    }


def _stores(scope: Scope, store: int | None) -> list[Store]:
    stores = Store.objects.filter(retired_at=None)
    if scope.is_empty:
        return []
    if scope.stores is not None and scope.brands is not None:
        stores = stores.filter(Q(pk__in=scope.stores) | Q(brand__in=scope.brands))
    if store is not None:
        stores = stores.filter(pk=store)
    return list(stores.order_by("name"))


def _tells(store: Store, measure: HealthMeasure) -> bool:
    """Whether its platform's interface tells this measure's figure."""
    door = connector_of(store.channel).figures
    return door is not None and measure.key in door.measures


def _readings(asked: Sequence["Asked"]) -> dict[int, Reading]:
    """How reading went, by store."""
    stores = {store.pk for store, measure in asked if _tells(store, measure)}
    rows = FigureReading.objects.filter(store__in=stores, store__connection__isnull=False) if stores else ()
    return {row.store_id: Reading(read_at=row.read_at, trouble=row.trouble) for row in rows}


type Asked = tuple[Store, HealthMeasure]


def _asked(stores: Sequence[Store], at: datetime) -> list[Asked]:
    return [(store, measure) for store in stores for measure in measures_of(store, at=at)]


def _keys(asked: Sequence[Asked]) -> list[tuple[int, str]]:
    return [(store.pk, measure.key) for store, measure in asked]


def _held(asked: Sequence[Asked], scope: Scope, at: datetime) -> list[tuple[Held, Seen]]:
    shown = shown_by(scope)
    rows = _rows(_SHARES.format(shown=shown.clause), asked, at, **shown.params)
    return [
        (Held(in_time=in_time, missed=sorted(missed), open=still_open), Seen(*seen))
        for in_time, missed, still_open, *seen in rows
    ]


def _paces(asked: Sequence[Asked], at: datetime) -> list[Pace]:
    return [
        pace(measure.wanted, answered=answered, took=took or NOTHING, open_now=still_open, waited=waited or NOTHING)
        for (_, measure), (answered, took, still_open, waited) in zip(asked, _rows(_AVERAGES, asked, at), strict=True)
    ]


def _rows(statement: str, asked: Sequence[Asked], at: datetime, **more: Any) -> list[tuple[Any, ...]]:
    if not asked:
        return []
    windows = [looking_back(measure.window, at=at, store=store.pk) for store, measure in asked]
    params: dict[str, Any] = more | {
        "of_stores": [window.store for window in windows],
        "limits": [measure.limit for _, measure in asked],
        "since": [window.since for window in windows],
        "until": [window.until for window in windows],
        "at": at,
    }
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return list(cursor)


_WINDOWS = """
    unnest(%(of_stores)s::bigint[], %(limits)s::text[], %(since)s::timestamptz[], %(until)s::timestamptz[])
        WITH ORDINALITY AS asked (store, metric, since, until, place)
    LEFT JOIN sla_clock clock ON clock.store_id = asked.store
        AND clock.started_at >= asked.since AND clock.started_at < asked.until
"""
_SHARES = f"""
    SELECT count(*) FILTER (WHERE {ANSWERED}),
        coalesce(array_agg(clock.started_at) FILTER (WHERE {MISSED}), '{{{{}}}}'),
        count(*) FILTER (WHERE {STILL_OPEN}),
        count(*) FILTER (WHERE {ANSWERED} AND {{shown}}),
        count(*) FILTER (WHERE {MISSED} AND {{shown}}),
        count(*) FILTER (WHERE {STILL_OPEN} AND {{shown}})
    FROM {_WINDOWS} AND clock.kind = 'platform' AND clock.metric = asked.metric
    GROUP BY asked.place ORDER BY asked.place
"""
# An average counts turns: what we owe once, the platform answers for once.
_AVERAGES = f"""
    SELECT count(clock.met_at), sum(clock.met_at - clock.started_at),
        count(*) FILTER (WHERE {{waits}}), sum(%(at)s - clock.started_at) FILTER (WHERE {{waits}})
    FROM {_WINDOWS} AND clock.kind = 'own' AND clock.outcome NOT IN ('void', 'waived')
    GROUP BY asked.place ORDER BY asked.place
""".format(waits="clock.met_at IS NULL AND clock.waived_at IS NULL AND clock.id IS NOT NULL")
