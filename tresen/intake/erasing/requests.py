"""Requests of platforms to forget somebody: kept once, carried out at once where one person is meant, and proven.

Where all of a store's buyers are meant, or somebody wants to know what is known of him, a person decides.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from tresen.accounts.actors import Actor
from tresen.accounts.auditing import record_change
from tresen.channels.erasure import ErasureKind, ErasureRequest
from tresen.intake.erasing.erasing import Meant, erase
from tresen.intake.erasing.finding import meant_by, meant_of_store
from tresen.intake.items import Understood
from tresen.intake.models import Erasure


def take_requests(batch: Sequence[Understood], *, at: datetime) -> None:
    """Keep these requests, and carry out those about one person, in the caller's transaction."""
    for one in batch:
        request = one.inbound
        assert isinstance(request, ErasureRequest)  # the caller chose them
        erasure, new = Erasure.objects.get_or_create(
            store_id=one.store.id,
            external_id=request.external_id[:200],
            defaults={
                "kind": request.kind.value,
                "who": {"keys": request.keys, "emails": request.emails, "orders": request.orders},
                "asked_at": request.occurred_at,
                "recorded_at": at,
                "waits": request.kind is not ErasureKind.BUYER,
            },
        )
        if new and not erasure.waits:
            _carry_out(erasure, meant_of(erasure), at=at)


@transaction.atomic
def carry_out(erasure_id: int, *, by: Actor, at: datetime) -> Erasure:
    """Carry out one that waits for a person. Doing it twice changes nothing."""
    erasure = Erasure.objects.select_for_update().get(pk=erasure_id)
    if erasure.carried_out_at is None:
        if erasure.kind == ErasureKind.ACCESS:
            _done(erasure, {}, at=at)
        else:
            _carry_out(erasure, meant_of(erasure), at=at)
        record_change(f"store:{erasure.store_id}", "erasure_carried_out", by=by, at=at, details={"erasure": erasure.pk})
    return erasure


def waiting() -> Sequence[Erasure]:
    """Those that a person must carry out, the oldest first."""
    waits = Erasure.objects.filter(waits=True, carried_out_at=None).select_related("store")
    return list(waits.order_by("asked_at", "pk"))


def carried_out(most: int) -> Sequence[Erasure]:
    """The latest that were carried out, by themselves or by a person, the newest first."""
    done = Erasure.objects.exclude(carried_out_at=None).select_related("store")
    return list(done.order_by("-carried_out_at", "-pk")[:most])


def meant_of(erasure: Erasure) -> Meant:
    """What we have of whom it is about."""
    if erasure.kind == ErasureKind.STORE:
        return meant_of_store(erasure.store_id)
    who = erasure.who
    return meant_by(erasure.store.channel, keys=who["keys"], emails=who["emails"], orders=who["orders"])


def _carry_out(erasure: Erasure, meant: Meant, *, at: datetime) -> None:
    words = [word for words in erasure.who.values() for word in words]
    _done(erasure, erase(meant, named=words, channel=erasure.store.channel), at=at)


def _done(erasure: Erasure, erased: dict[str, int], *, at: datetime) -> None:
    erasure.carried_out_at, erasure.erased, erasure.who, erasure.waits = at, erased, {}, False
    erasure.save(update_fields=["carried_out_at", "erased", "who", "waits"])
