"""Orders that somebody wants to see as they are now: asked for once, however many want it, and kept like all else."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import datetime, timedelta

import structlog
from django.db import connection, transaction

from tresen.channels.contract import Source
from tresen.channels.feeds import Stopped, Told
from tresen.channels.order_door import NoSuchOrder, OrderDoor, OrderRef, ReadInPart
from tresen.channels.order_news import OrderNamed
from tresen.intake.keeping import Arrived, keep_raw
from tresen.intake.models import AskedOrder
from tresen.intake.waking import wake
from tresen.orders.models import Order
from tresen.stores.access import access_to
from tresen.stores.connectors import connector_of
from tresen.stores.health import pause_after
from tresen.timekeeping.running import running_from

log = structlog.get_logger()

HOLD = timedelta(minutes=2)
GIVES_UP_AFTER = 8
"""So many failures in a row; whoever looks again asks again."""
NAMED_LONG_AGO = timedelta(days=1)
"""What a platform named so long ago, the orders feed has brought by now."""
WAKES_ASKING = "tresen_asked_orders"
"""NOTIFY channel: an order was asked for."""

type Clock = Callable[[], datetime]
type Named = tuple[int, str]
"""Store and number."""


def ask_for(orders: Sequence[Named], *, at: datetime, whatever_is_known: bool = False) -> int:
    """Have these read anew, in the caller's transaction; gives how many will be.

    One that was told of a moment ago, as the platform allows, is not asked for again, unless it has changed since as
    far as we know (`whatever_is_known`); nor are those of stores that can't ask.
    """
    wanted = sorted(set(orders))
    if not wanted:
        return 0
    doors = _doors({store for store, _number in wanted})
    rows = [
        (store, number, at if whatever_is_known else at - door.not_sooner)
        for store, number in wanted
        if (door := doors.get(store))
    ]
    return _asked(rows, at=at)


def ask_for_named(named: Sequence[tuple[int, OrderNamed, datetime]], *, at: datetime) -> int:
    """Have orders read that a platform named at a time, in the caller's transaction; gives how many will be.

    Named many times, an order is read once; not at all where it was read since, as when old payloads are read again.
    """
    recent = [one for one in named if one[2] > at - NAMED_LONG_AGO]
    newest: dict[Named, datetime] = {}
    for store, number, moment in sorted(_numbered(recent), key=lambda one: one[2]):
        newest[store, number] = moment
    if not newest:
        return 0
    doors = _doors({store for store, _number in newest})
    rows = [(store, number, moment) for (store, number), moment in sorted(newest.items()) if doors.get(store)]
    return _asked(rows, at=at, told_before=[at] * len(rows))


def _numbered(named: Sequence[tuple[int, OrderNamed, datetime]]) -> Iterator[tuple[int, str, datetime]]:
    """By the numbers that people call them by. One that is not known so far waits for the next reading of orders."""
    nameless = [(store, one) for store, one, _moment in named if not one.number]
    by_id = _numbers("external_id", {(store, one.external_id) for store, one in nameless if one.external_id})
    by_line = _numbers("lines__external_id", {(store, one.line_id) for store, one in nameless if one.line_id})
    for store, one, moment in named:
        number = one.number or by_id.get((store, one.external_id)) or by_line.get((store, one.line_id), "")
        if number:
            yield store, number[:80], moment


def _numbers(field: str, keys: Collection[Named]) -> Mapping[Named, str]:
    """The numbers of orders by what the platform calls them, or a line of theirs."""
    if not keys:
        return {}
    stores, external = zip(*sorted(keys), strict=True)
    orders = Order.objects.filter(**{"store__in": set(stores), f"{field}__in": set(external)})
    return {(store, key): number for store, key, number in orders.values_list("store", field, "number")}


def _doors(stores: Collection[int]) -> Mapping[int, OrderDoor | None]:
    with connection.cursor() as cursor:
        cursor.execute(_DOORS, [list(stores)])
        return {store: connector_of(channel).order for store, channel in cursor.fetchall()}


def _asked(
    rows: Sequence[tuple[int, str, datetime]], *, at: datetime, told_before: Sequence[datetime] | None = None
) -> int:
    """`rows`: what was read since then is not read again; `told_before`: nor what was told of since."""
    if not rows:
        return 0
    columns = _columns(rows)
    with connection.cursor() as cursor:
        cursor.execute(_ASK, {"at": at, **columns, "told_before": list(told_before or columns["fresh_from"])})
        asked = int(cursor.rowcount)
    if asked:
        wake(WAKES_ASKING)
    return asked


def _columns(rows: Sequence[tuple[int, str, datetime]]) -> dict[str, list[object]]:
    stores, numbers, fresh_from = zip(*rows, strict=True)
    return {"stores": list(stores), "numbers": [str(one)[:80] for one in numbers], "fresh_from": list(fresh_from)}


def read_asked(at: datetime, *, most: int = 20) -> int:
    """Read orders that were asked for, the longest waiting first; gives how many were told of."""
    clock = running_from(at)
    told = 0
    for _ in range(most):
        asked = _claim(clock())
        if asked is None:
            break
        told += _read(asked, clock)
    return told


def _read(asked: AskedOrder, clock: Clock) -> bool:
    door = connector_of(asked.store).order
    if door is None:
        AskedOrder.objects.filter(pk=asked.pk).update(next_at=None, held_until=None)
        return False
    outcome = _outcome(asked, door, clock)
    match outcome:
        case Stopped():
            _put_off(asked, outcome, at=clock())
            return False
        case NoSuchOrder():
            _answered(asked, (), unknown=True, at=clock())
        case ReadInPart():
            _answered_in_part(asked, outcome, at=clock())
        case _:
            _answered(asked, outcome, unknown=False, at=clock())
    return True


def _outcome(asked: AskedOrder, door: OrderDoor, clock: Clock) -> Sequence[Told] | ReadInPart | NoSuchOrder | Stopped:
    known = (
        Order.objects.filter(store=asked.store_id, number=asked.number).values_list("external_id", flat=True).first()
    )
    try:
        return door.read(OrderRef(number=asked.number, external_id=known or ""), access_to(asked.store, clock=clock))
    except Exception as error:
        log.exception("order_not_read", store=asked.store_id)
        return Stopped(reason=f"{type(error).__name__}: {error}"[:500])


@transaction.atomic
def _answered(asked: AskedOrder, told: Sequence[Told], *, unknown: bool, at: datetime) -> None:
    """Keep what was told, and that it was. A time in the key: what is as before is news of just that."""
    keep_raw([_arrived(asked, position, one, at=at) for position, one in enumerate(told)], at=at)
    AskedOrder.objects.filter(pk=asked.pk).update(
        answered_at=at, unknown=unknown, next_at=None, held_until=None, failures=0, trouble=""
    )


@transaction.atomic
def _answered_in_part(asked: AskedOrder, outcome: ReadInPart, *, at: datetime) -> None:
    """What was told is kept, and the order is read again: `asked` still counts how often that did not do."""
    _answered(asked, outcome.told, unknown=False, at=at)
    _put_off(asked, outcome.stopped, at=at)


def _arrived(asked: AskedOrder, position: int, told: Told, *, at: datetime) -> Arrived:
    return Arrived(
        source=Source.API,
        external_key=f"order/{asked.number}/{at.isoformat()}/{position}"[:300],
        body=told.body,
        size=len(told.body),
        received_at=at,
        store=asked.store_id,
        about=told.about,
        headers=told.headers,
    )


def _put_off(asked: AskedOrder, stopped: Stopped, *, at: datetime) -> None:
    failures = asked.failures if stopped.held else asked.failures + 1
    pause = stopped.after if stopped.held else max(stopped.after, pause_after(failures))
    AskedOrder.objects.filter(pk=asked.pk).update(
        failures=failures,
        trouble="" if stopped.held else stopped.reason[:1000],
        held_until=None,
        next_at=at + pause if failures < GIVES_UP_AFTER else None,
    )


def _claim(at: datetime) -> AskedOrder | None:
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, {"at": at, "until": at + HOLD})
        row = cursor.fetchone()
    return AskedOrder.objects.select_related("store").get(pk=row[0]) if row else None


# Stores that are connected to their platform's interface.
_DOORS = """
    SELECT store.id, store.channel FROM stores_store store
    JOIN stores_storeconnection connected ON connected.store_id = store.id
    WHERE store.id = ANY(%s) AND store.retired_at IS NULL
"""
_ASK = """
    INSERT INTO intake_askedorder AS asked (store_id, number, asked_at, next_at, failures, trouble, unknown)
    SELECT given.store, given.number, %(at)s, %(at)s, 0, '', false
    FROM unnest(%(stores)s::bigint[], %(numbers)s::text[], %(told_before)s::timestamptz[])
        AS given (store, number, told_before)
    LEFT JOIN orders_order known ON (known.store_id, known.number) = (given.store, given.number)
    WHERE known.told_at IS NULL OR known.told_at <= given.told_before
    ON CONFLICT (store_id, number) DO UPDATE
    SET asked_at = excluded.asked_at, next_at = coalesce(asked.next_at, excluded.next_at), failures = 0
    WHERE asked.answered_at IS NULL OR asked.answered_at <= (
        SELECT given.fresh_from
        FROM unnest(%(stores)s::bigint[], %(numbers)s::text[], %(fresh_from)s::timestamptz[])
            AS given (store, number, fresh_from)
        WHERE (given.store, given.number) = (asked.store_id, asked.number)
    )
"""
_CLAIM = """
    UPDATE intake_askedorder SET held_until = %(until)s WHERE id = (
        SELECT asked.id FROM intake_askedorder asked
        JOIN stores_store store ON store.id = asked.store_id AND store.retired_at IS NULL
        JOIN stores_storeconnection connected ON connected.store_id = store.id
        WHERE asked.next_at <= %(at)s AND (asked.held_until IS NULL OR asked.held_until <= %(at)s)
        ORDER BY asked.next_at, asked.id LIMIT 1 FOR UPDATE OF asked SKIP LOCKED
    ) RETURNING id
"""
