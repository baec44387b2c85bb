"""Whether one policy's conditions leave nothing for another below it, by the stores that there are. Pure."""

from collections.abc import Collection
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from tresen.sla.conditions import Between, Conditions

_PLACES = ("channels", "marketplaces", "stores", "brands")
_OTHERS = ("languages", "risk_tiers", "segments", "fulfilled_by", "tags")


@dataclass(frozen=True, slots=True, kw_only=True)
class StorePlace:
    """Where a store sells."""

    store: int
    channel: str
    marketplace: str
    brand: int


def stores_that_fit(said: Conditions, stores: Collection[StorePlace]) -> frozenset[int]:
    """The stores whose tickets can fit."""
    return frozenset(
        one.store
        for one in stores
        if (not said.channels or one.channel in said.channels)
        and (not said.marketplaces or one.marketplace in said.marketplaces)
        and (not said.stores or one.store in said.stores)
        and (not said.brands or one.brand in said.brands)
    )


def takes_all_of(
    below: Conditions, above: Conditions, *, at_below: AbstractSet[int], at_above: AbstractSet[int]
) -> bool:
    """Whether every ticket that fits `below` fits `above`, too; `at_…` are the stores that fit each.

    What only the stores of today make so does not count: another may come.
    """
    return (
        _same_places(below, above, at_below, at_above)
        and all(_within(getattr(below, name), getattr(above, name)) for name in _OTHERS)
        and above.pre_sale in {None, below.pre_sale}
        and (above.order_value is None or (below.currency == above.currency and _inside(below, above, "order_value")))
        and _inside(below, above, "lines")
    )


def _same_places(below: Conditions, above: Conditions, at_below: AbstractSet[int], at_above: AbstractSet[int]) -> bool:
    wider = {name for name in _PLACES if not _within(getattr(below, name), getattr(above, name))}
    if not wider:
        return True
    # A store keeps its channel, marketplace and brand, and a marketplace its channel; what else there is may change.
    follows = set(_PLACES) if below.stores else {"channels"} if below.marketplaces else set()
    return wider <= follows and bool(at_below) and at_below <= at_above


def _within(below: AbstractSet[object], above: AbstractSet[object]) -> bool:
    return not above or (bool(below) and below <= above)


def _inside(below: Conditions, above: Conditions, name: str) -> bool:
    inner, outer = getattr(below, name), getattr(above, name)
    if outer is None:
        return True
    return isinstance(inner, Between) and _not_below(inner, outer) and _not_above(inner, outer)


def _not_below(inner: Between, outer: Between) -> bool:
    return outer.at_least is None or (inner.at_least is not None and inner.at_least >= outer.at_least)


def _not_above(inner: Between, outer: Between) -> bool:
    return outer.at_most is None or (inner.at_most is not None and inner.at_most <= outer.at_most)
