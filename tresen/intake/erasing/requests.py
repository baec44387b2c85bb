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
def agree(erasure_id: int, *, by: Actor, at: datetime) -> None:
    """Let one that waits for a person be carried out. Agreeing twice changes nothing.

    What somebody wanted to know was told by whoever agrees: there is nothing more to do.
    """
    erasure = Erasure.objects.select_for_update().get(pk=erasure_id)
    if erasure.agreed_at is not None or erasure.carried_out_at is not None:
        return
    erasure.agreed_at = at
    erasure.save(update_fields=["agreed_at"])
    if erasure.kind == ErasureKind.ACCESS:
        _done(erasure, {}, at=at)
    record_change(f"store:{erasure.store_id}", "erasure_carried_out", by=by, at=at, details={"erasure": erasure.pk})


def carry_out_agreed(at: datetime) -> int:
    """Carry out what was agreed to, each in one go or not at all; gives how many there were."""
    count = 0
    while _carry_out_one(at):
        count += 1
    return count


@transaction.atomic
def _carry_out_one(at: datetime) -> bool:
    agreed = Erasure.objects.filter(carried_out_at=None).exclude(agreed_at=None)
    erasure = agreed.select_for_update(of=("self",), skip_locked=True).select_related("store").order_by("pk").first()
    if erasure is None:
        return False
    _carry_out(erasure, meant_of(erasure), at=at)
    return True


def waiting() -> Sequence[Erasure]:
    """Those that a person must decide about, and those that are being carried out, the oldest first."""
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
