"""Pictures of products: kept here for whoever looks at an order, fetched in the background, forgotten when unused."""

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import datetime, timedelta

import structlog
from django.db import connection

from tresen.orders.models import Picture, PictureState
from tresen.stores.health import pause_after
from tresen.stores.models import StoreConnection
from tresen.stores.picture_asking import NoPicture, NotReached, PictureBrought, PictureOutcome, bring
from tresen.timekeeping.running import running_from

log = structlog.get_logger()

FRESH_FOR = timedelta(days=30)
"""Then it is fetched anew, if somebody has looked since; else it goes."""
AGAIN_AFTER_NONE = timedelta(days=7)
LOOKED_AT_MOST_EVERY = timedelta(days=1)
"""So often it is written down that somebody looked."""
HOLD = timedelta(minutes=2)
GIVES_UP_AFTER = 6

type Told = tuple[int, str]
"""A store, and an address that its platform told."""


def want(orders: Iterable[int], *, at: datetime) -> None:
    """From now on the pictures of these orders' lines are kept here. Known ones change nothing."""
    wanted = sorted(set(orders))
    if wanted:
        with connection.cursor() as cursor:
            cursor.execute(_WANT, {"orders": wanted, "at": at})


def kept(told: Collection[Told]) -> Mapping[Told, int | None]:
    """The pictures that are known here of these, by their ids; None for one that cannot be shown (yet)."""
    if not told:
        return {}
    stores, addresses = zip(*told, strict=True)
    found = Picture.objects.filter(store__in=set(stores), address__in=set(addresses)).defer("content")
    return {
        (one.store_id, one.address): one.pk if one.content_type else None
        for one in found
        if (one.store_id, one.address) in told
    }


def looked_at(picture: Picture, *, at: datetime) -> None:
    """Somebody saw it: it stays."""
    if at - picture.used_at > LOOKED_AT_MOST_EVERY:
        Picture.objects.filter(pk=picture.pk).update(used_at=at)


def fetch_pictures(at: datetime, *, most: int = 50) -> int:
    """Fetch those that are due, the longest waiting first; gives how many came."""
    clock: Callable[[], datetime] = running_from(at)
    came = 0
    for _ in range(most):
        wanted = _claim(clock())
        if wanted is None:
            break
        came += _keep(wanted, _outcome(wanted), at=clock())
    return came


def forget_unused(at: datetime, *, most: int = 5_000) -> int:
    """Delete a batch of those that nobody has looked at for as long as a picture is fresh; gives how many."""
    with connection.cursor() as cursor:
        cursor.execute(_FORGET, [at - FRESH_FOR, most])
        return int(cursor.rowcount)


def _outcome(wanted: Picture) -> PictureOutcome:
    connected = StoreConnection.objects.filter(store=wanted.store_id).first()
    try:
        return bring(wanted.address, interface=connected.settings.get("address", "") if connected else "")
    except Exception as error:
        log.exception("picture_not_fetched", picture=wanted.pk)
        return NotReached(f"{type(error).__name__}: {error}")


def _keep(wanted: Picture, outcome: PictureOutcome, *, at: datetime) -> bool:
    """What was fetched before stays to be shown while its platform is in trouble."""
    rows = Picture.objects.filter(pk=wanted.pk)
    match outcome:
        case PictureBrought(content=content, content_type=kind):
            rows.update(
                state=PictureState.KEPT,
                content=content,
                content_type=kind,
                fetched_at=at,
                next_at=at + FRESH_FOR,
                held_until=None,
                failures=0,
                trouble="",
            )
            return True
        case NoPicture(reason=reason):
            rows.update(
                state=PictureState.NONE,
                content=None,
                content_type="",
                next_at=at + AGAIN_AFTER_NONE,
                held_until=None,
                failures=0,
                trouble=reason[:300],
            )
        case NotReached(reason=reason):
            failures = wanted.failures + 1
            pause = AGAIN_AFTER_NONE if failures >= GIVES_UP_AFTER else pause_after(failures)
            rows.update(failures=failures, next_at=at + pause, held_until=None, trouble=reason[:300])
    return False


def _claim(at: datetime) -> Picture | None:
    """One that is due and that somebody has looked at lately; committed when this returns."""
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, {"at": at, "until": at + HOLD, "looked": at - FRESH_FOR})
        row = cursor.fetchone()
    return Picture.objects.defer("content").get(pk=row[0]) if row else None


_WANT = """
    INSERT INTO orders_picture (store_id, address, used_at, next_at)
    SELECT DISTINCT known.store_id, line.picture, %(at)s, %(at)s
    FROM orders_orderline line JOIN orders_order known ON known.id = line.order_id
    WHERE line.order_id = ANY(%(orders)s) AND line.picture <> ''
    ORDER BY known.store_id, line.picture
    ON CONFLICT (store_id, address) DO NOTHING
"""
_CLAIM = """
    UPDATE orders_picture SET held_until = %(until)s WHERE id = (
        SELECT id FROM orders_picture
        WHERE next_at <= %(at)s AND (held_until IS NULL OR held_until <= %(at)s) AND used_at > %(looked)s
        ORDER BY next_at, id LIMIT 1 FOR UPDATE SKIP LOCKED
    ) RETURNING id
"""
_FORGET = """
    DELETE FROM orders_picture WHERE id = ANY(ARRAY(
        SELECT id FROM orders_picture WHERE used_at <= %s ORDER BY used_at LIMIT %s FOR UPDATE SKIP LOCKED
    ))
"""
