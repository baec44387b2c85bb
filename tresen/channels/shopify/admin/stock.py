"""Stock of all tracked products, summed over the shop's locations."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import msgspec

from tresen.channels.feeds import Brings, Feed, Page, Stale, Step, Stopped, Told, Window
from tresen.channels.inbound import Inbound, Unreadable
from tresen.channels.order_news import StockNotice
from tresen.channels.outbound import StoreAccess
from tresen.channels.shopify.admin.asking import Question, ask_to_read
from tresen.channels.shopify.admin.order_shapes import Legacy, More
from tresen.channels.shopify.admin.places import Place, not_read, place_in, rest_of
from tresen.channels.shopify.shapes import Text
from tresen.channels.typed_json import NotAsDocumented, instant, read_value

STOCK, VARIANT = "stock", "variant"
"""Pages of variants with their first locations, and one variant with all of them."""
_PAGE, _FEW, _MANY = 40, 3, 100
_FIELDS = """
fragment Stocked on ProductVariant {
  id sku displayName updatedAt
  product { legacyResourceId }
  inventoryItem {
    tracked
    inventoryLevels(first: $locations) {
      nodes { quantities(names: ["available", "committed", "incoming"]) { name quantity updatedAt } }
      pageInfo { hasNextPage }
    }
  }
}
"""
_VARIANTS = Question(
    document="""
query Stock($first: Int!, $after: String, $locations: Int!) {
  productVariants(first: $first, after: $after) {
    nodes { ...Stocked }
    pageInfo { hasNextPage endCursor }
  }
}
"""
    + _FIELDS,
    cost=2 + _PAGE * (5 + 2 * _FEW),
)
_ONE = Question(
    document="""
query StockOfOne($id: ID!, $locations: Int!) {
  productVariant(id: $id) { ...Stocked }
}
"""
    + _FIELDS,
    cost=5 + 2 * _MANY,
)


class _Quantity(msgspec.Struct, frozen=True, rename="camel"):
    name: str
    quantity: int
    updated_at: datetime | None = None


class _Level(msgspec.Struct, frozen=True):
    quantities: Sequence[_Quantity] = ()


class _Levels(msgspec.Struct, frozen=True, rename="camel"):
    nodes: Sequence[_Level] = ()
    page_info: More = More()


class _Item(msgspec.Struct, frozen=True, rename="camel"):
    inventory_levels: _Levels
    tracked: bool = True


class _Variant(msgspec.Struct, frozen=True, rename="camel"):
    id: str
    display_name: str
    updated_at: datetime
    product: Legacy
    inventory_item: _Item
    sku: Text = None


class _VariantsPage(msgspec.Struct, frozen=True, rename="camel"):
    nodes: Sequence[Any] = ()
    page_info: More = More()


def read(access: StoreAccess, _window: Window, place: str) -> Step:
    """A page of variants, or one that lies at many locations."""
    at = place_in(place)
    if isinstance(at, Stale):
        return at
    if at.alone:
        answer = ask_to_read(access, _ONE, {"id": at.alone[0], "locations": _MANY})
        if isinstance(answer, Stopped):
            return answer
        return Page(told=(Told(about=VARIANT, body=answer.body),), next=rest_of(at).text())
    answer = ask_to_read(access, _VARIANTS, {"first": _PAGE, "after": at.after or None, "locations": _FEW})
    if isinstance(answer, Stopped):
        return not_read(answer, at)
    try:
        page = read_value(answer.data.get("productVariants"), _VariantsPage)
    except NotAsDocumented as wrong:
        return Stopped(reason=str(wrong))
    cut = [*filter(None, map(_id_if_cut, page.nodes))]
    following = Place(alone=cut, after=page.page_info.after)
    return Page(told=(Told(about=STOCK, body=answer.body),), next=following.text())


def levels_in(data: Mapping[str, Any]) -> Iterator[Inbound]:
    """How much there is of each; of what lies at more locations than came, nothing is said yet."""
    told = (
        [data["productVariant"]]
        if "productVariant" in data
        else read_value(data.get("productVariants"), _VariantsPage).nodes
    )
    for one in told:
        try:
            found: Inbound | None = _notice(read_value(one, _Variant)) if one is not None else None
        except ValueError as wrong:
            found = Unreadable(reason="not_as_documented", subject=STOCK, excerpt=str(wrong))
        if found is not None:
            yield found


def _notice(variant: _Variant) -> StockNotice | None:
    levels = variant.inventory_item.inventory_levels
    if not variant.sku or not variant.inventory_item.tracked or levels.page_info.has_next_page:
        return None
    quantities = [one for level in levels.nodes for one in level.quantities]
    times = [one.updated_at for one in quantities if one.updated_at]
    return StockNotice(
        sku=variant.sku,
        at=max(map(instant, [variant.updated_at, *times])),
        available=_sum(quantities, "available"),
        item_id=str(variant.product.legacy_resource_id),
        title=variant.display_name,
        reserved=_sum(quantities, "committed"),
        inbound=_sum(quantities, "incoming"),
    )


def _sum(quantities: Sequence[_Quantity], name: str) -> int:
    return sum(one.quantity for one in quantities if one.name == name)


def _id_if_cut(told: object) -> str:
    """A variant that cannot be read says so when it is understood."""
    try:
        variant = read_value(told, _Variant)
    except NotAsDocumented:
        return ""
    return variant.id if variant.inventory_item.inventory_levels.page_info.has_next_page else ""


FEED = Feed(key=STOCK, title="Stock", read=read, every=timedelta(hours=6), brings=Brings.WHOLE)
