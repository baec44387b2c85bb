"""What platforms tell of our answers later: that they arrived, were read, or will not arrive after all.

It may be told before our own row knows the answer's id there, for a webhook is quicker than a commit. So everything
told is kept for a while, and what failed is applied when it is told and once more when the answer's id becomes known.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection

from tresen.channels.receipts import Receipt, Stage
from tresen.outbox.models import Delivery, PlatformReceipt
from tresen.outbox.receipts import Failed, take_back

KEPT_FOR = timedelta(days=90)
_STAGES = (Stage.SENT, Stage.DELIVERED, Stage.READ)


@dataclass(frozen=True, slots=True)
class Told:
    """A platform's word on one store's answer."""

    store: int
    receipt: Receipt


def take_told(told: Sequence[Told], *, at: datetime) -> None:
    """Keep these in the caller's transaction, once however often they come; what failed is taken back."""
    if not told:
        return
    rows = [
        PlatformReceipt(
            store_id=one.store,
            external_id=one.receipt.external_id[:400],
            stage=one.receipt.stage.value,
            occurred_at=one.receipt.occurred_at,
            reason=one.receipt.reason[:500],
            recorded_at=at,
        )
        for one in told
    ]
    PlatformReceipt.objects.bulk_create(rows, ignore_conflicts=True)
    take_back([_failed(row) for row in rows if row.stage == Stage.FAILED], at=at)


def take_told_before(delivery: Delivery, *, at: datetime) -> None:
    """The same for what was told before the ids of this answer and its files were known here."""
    ids = [delivery.external_id, *delivery.parts.values_list("external_id", flat=True)] if delivery.external_id else []
    if not ids:
        return
    early = PlatformReceipt.objects.filter(store=delivery.store_id, external_id__in=ids)
    take_back([_failed(row) for row in early.filter(stage=Stage.FAILED)], at=at)


def stages_of(deliveries: Collection[Delivery]) -> dict[int, tuple[Stage, datetime]]:
    """The furthest stage each of these is known to have reached, and since when; those without one are left out."""
    ids = {(one.store_id, one.external_id): one.pk for one in deliveries if one.external_id}
    known = PlatformReceipt.objects.filter(external_id__in=[external_id for _, external_id in ids])
    found: dict[int, tuple[Stage, datetime]] = {}
    for store, external_id, stage, at in known.values_list("store_id", "external_id", "stage", "occurred_at"):
        delivery = ids.get((store, external_id))
        if delivery is None or stage not in _STAGES:
            continue
        if delivery not in found or _STAGES.index(found[delivery][0]) < _STAGES.index(Stage(stage)):
            found[delivery] = Stage(stage), at
    return found


def forget_told(at: datetime, *, most: int = 5000) -> int:
    """Delete a batch of what was told long ago; gives how many."""
    with connection.cursor() as cursor:
        cursor.execute(_FORGET, [at - KEPT_FOR, most])
        return int(cursor.rowcount)


def _failed(row: PlatformReceipt) -> Failed:
    return Failed(
        store=row.store_id,
        message_id=row.external_id,
        recipient="",
        orders=(),
        reason=row.reason,
        occurred_at=row.occurred_at,
    )


_FORGET = """
    DELETE FROM outbox_platformreceipt WHERE id = ANY(ARRAY(
        SELECT id FROM outbox_platformreceipt WHERE recorded_at < %s ORDER BY recorded_at, id LIMIT %s
    ))
"""
