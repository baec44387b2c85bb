"""Reading the platforms' own figures once a day, of each connected store whose platform tells them.

Whoever reads holds the row for a while; should it die, it is read again then. What is read twice is kept once.
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

import structlog
from django.db import transaction
from django.db.models import Exists, OuterRef

from tresen.accounts.actors import SYSTEM
from tresen.channels.contract import Stopped
from tresen.channels.figures import Figure, FigureDoor
from tresen.reports.entering import Given, enter_figures
from tresen.reports.health import measures_of
from tresen.reports.models import FigureReading, PlatformFigure
from tresen.stores.access import access_to
from tresen.stores.connectors import connector_of, connectors
from tresen.stores.health import pause_after
from tresen.stores.models import Store
from tresen.timekeeping.running import running_from

log = structlog.get_logger()

A_DAY = timedelta(days=1)
HOLD = timedelta(minutes=5)
"""Longer than a reading may take: one request or two, each of half a minute at most."""
AFTER_A_FAULT = timedelta(hours=1)


def read_figures(at: datetime, *, most: int = 20) -> int:
    """Read those that are due; gives how many readings ended, well or not: each is due later then."""
    _begin_new(at)
    clock = running_from(at)
    for done in range(most):
        row = claim(clock())
        if row is None:
            return done
        _turn(row, clock)
    return most


@transaction.atomic
def claim(at: datetime) -> FigureReading | None:
    """A due reading, held for a while: should its reader die, it is due again then."""
    rows = FigureReading.objects.select_for_update(skip_locked=True, of=("self",)).select_related("store")
    due = rows.filter(next_at__lte=at, store__retired_at=None, store__connection__isnull=False)
    row = due.order_by("next_at", "pk").first()
    if row is not None:
        FigureReading.objects.filter(pk=row.pk).update(next_at=at + HOLD)
    return row


def _begin_new(at: datetime) -> None:
    """Stores that were connected since, or whose connector has learned to."""
    able = [one.key for one in connectors() if one.figures]
    begun = FigureReading.objects.filter(store=OuterRef("pk"))
    stores = Store.objects.filter(~Exists(begun), channel__in=able, retired_at=None, connection__isnull=False)
    FigureReading.objects.bulk_create((FigureReading(store=one, next_at=at) for one in stores), ignore_conflicts=True)


def _turn(row: FigureReading, clock: Callable[[], datetime]) -> None:
    door = connector_of(row.store).figures
    wanted = {one.key for one in measures_of(row.store, at=clock())} & set(door.measures if door else ())
    found = _read(row, door, clock) if door and wanted else ()
    if isinstance(found, Stopped):
        _stopped(row, found, at=clock())
    else:
        _keep(row, [one for one in found if one.measure in wanted], at=clock())


def _read(row: FigureReading, door: FigureDoor, clock: Callable[[], datetime]) -> Sequence[Figure] | Stopped:
    """A bug in a connector stops this store's figures alone, and says so."""
    try:
        return door.read(access_to(row.store, clock=clock), clock())
    except Exception as error:
        log.exception("figures_failed", store=row.store_id, channel=row.store.channel)
        return Stopped(reason=f"{type(error).__name__}: {error}"[:500], after=AFTER_A_FAULT)


@transaction.atomic
def _keep(row: FigureReading, found: Sequence[Figure], *, at: datetime) -> None:
    """Keep what is new, and that it was read, both or neither; one reader of a store after the other."""
    FigureReading.objects.select_for_update().get(pk=row.pk)
    new = [
        Given(store=row.store_id, measure=one.measure, as_of=one.as_of, value=one.value)
        for one in found
        if not _is_known(row.store_id, one)
    ]
    enter_figures(new, by=SYSTEM, at=at)
    FigureReading.objects.filter(pk=row.pk).update(next_at=at + A_DAY, read_at=at, failures=0, trouble="")


def _is_known(store: int, told: Figure) -> bool:
    """Whether it is what stands for its day."""
    of_the_day = PlatformFigure.objects.filter(store=store, measure=told.measure, as_of=told.as_of)
    newest = of_the_day.order_by("-pk").first()
    return newest is not None and newest.value == told.value


def _stopped(row: FigureReading, stopped: Stopped, *, at: datetime) -> None:
    if stopped.held:
        FigureReading.objects.filter(pk=row.pk).update(next_at=at + stopped.after)
        return
    log.warning("figures_stopped", store=row.store_id, trouble=stopped.reason)
    failures = row.failures + 1
    next_at = at + max(stopped.after, pause_after(failures))
    FigureReading.objects.filter(pk=row.pk).update(next_at=next_at, failures=failures, trouble=stopped.reason[:1000])
