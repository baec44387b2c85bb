"""How asking for orders goes."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from tresen.intake.models import AskedOrder
from tresen.stores.connectors import connector_of
from tresen.stores.models import StoreConnection

type Named = tuple[int, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """`pending`: the platform is about to be asked; `unknown`: it has none of that number."""

    pending: bool
    unknown: bool
    trouble: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedFor:
    """`stores`: those whose platform can be asked."""

    stores: frozenset[int]
    rows: Mapping[Named, Asked]

    def of(self, store_id: int, number: str) -> Asked | None:
        """How it goes with one order; None where nobody asked."""
        return self.rows.get((store_id, number))


def asked_for(orders: Collection[Named]) -> AskedFor:
    """How it goes with these orders."""
    if not orders:
        return AskedFor(stores=frozenset(), rows={})
    stores, numbers = ({*column} for column in zip(*orders, strict=True))
    connected = StoreConnection.objects.filter(store__in=stores, store__retired_at=None).select_related("store")
    rows = AskedOrder.objects.filter(store__in=stores, number__in=numbers)
    return AskedFor(
        stores=frozenset(one.store_id for one in connected if connector_of(one.store).order is not None),
        rows={
            (one.store_id, one.number): Asked(pending=one.next_at is not None, unknown=one.unknown, trouble=one.trouble)
            for one in rows
        },
    )
