"""Reading the platform after nobody knew whether it took a reply: found there, it counts; else a person decides.

The machine never sends it a second time, whatever it finds.
"""

from datetime import datetime, timedelta

import structlog
from django.db import connection

from tresen.channels.contract import Sent, Stopped
from tresen.outbox.models import Delivery, DeliveryState
from tresen.outbox.preparing import prepared
from tresen.outbox.settling import settle_found
from tresen.outbox.ways import way_to_look
from tresen.stores.access import access_to
from tresen.timekeeping.running import running_from

log = structlog.get_logger()

PAUSES = (timedelta(minutes=1), timedelta(minutes=4), timedelta(minutes=15), timedelta(hours=1))
"""Between one look and the next; after the last the platform will not show it any more."""
HOLD = timedelta(minutes=2)
AFTER_A_FAULT = timedelta(minutes=15)


def look_for_uncertain(at: datetime, *, most: int = 20) -> int:
    """Look for uncertain replies on platforms that can be read; gives how many were found there."""
    clock = running_from(at)
    found = 0
    for _ in range(most):
        delivery = _claim(clock())
        if delivery is None:
            break
        match _looked(delivery, at=clock()):
            case Sent() as sent:
                found += settle_found(delivery.pk, sent, at=clock())
            case Stopped() as stopped:
                _again(delivery, after=stopped.after)
            case None:
                _not_there(delivery, at=clock())
    return found


def _looked(delivery: Delivery, *, at: datetime) -> Sent | Stopped | None:
    find = way_to_look(delivery)
    assert find is not None  # only such are claimed
    try:
        return find(prepared(delivery), access_to(delivery.store, clock=running_from(at)))
    except Exception as error:  # a look harms nobody: it is taken again
        log.exception("look_failed", delivery=delivery.pk)
        return Stopped(reason=f"{type(error).__name__}: {error}"[:500], after=AFTER_A_FAULT)


def _claim(at: datetime) -> Delivery | None:
    """A reply to be looked for; those whose platform can't be read wait for a person."""
    while True:
        with connection.cursor() as cursor:
            cursor.execute(_CLAIM, {"at": at, "until": at + HOLD})
            row = cursor.fetchone()
        if row is None:
            return None
        related = ("store__brand", "order", "message__conversation__identity")
        delivery = Delivery.objects.select_related(*related).get(pk=row[0])
        if way_to_look(delivery) is not None and row[1]:
            return delivery
        Delivery.objects.filter(pk=delivery.pk).update(next_look_at=None)


def _again(delivery: Delivery, *, after: timedelta) -> None:
    uncertain = Delivery.objects.filter(pk=delivery.pk, state=DeliveryState.UNCERTAIN)
    assert delivery.next_look_at is not None  # it was just claimed
    uncertain.update(next_look_at=delivery.next_look_at - HOLD + max(after, PAUSES[0]))


def _not_there(delivery: Delivery, *, at: datetime) -> None:
    """It may come to be shown later; in the end a person decides, and knows that it was looked for."""
    pause = PAUSES[delivery.looks] if delivery.looks < len(PAUSES) else None
    Delivery.objects.filter(pk=delivery.pk, state=DeliveryState.UNCERTAIN).update(
        looks=delivery.looks + 1, looked_at=at, next_look_at=at + pause if pause else None
    )


_CLAIM = """
    UPDATE outbox_delivery SET next_look_at = %(until)s WHERE id = (
        SELECT id FROM outbox_delivery WHERE state = 'uncertain' AND next_look_at <= %(at)s
        ORDER BY next_look_at, id LIMIT 1 FOR UPDATE SKIP LOCKED
    ) RETURNING id, EXISTS (
        SELECT FROM stores_storeconnection connected WHERE connected.store_id = outbox_delivery.store_id
    )
"""
