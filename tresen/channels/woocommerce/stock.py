"""Stock of all products that the shop counts, and of variations that are counted by themselves."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import msgspec

from tresen.channels.feeds import Brings, Feed, Page, Stale, Step, Stopped, Told, Window
from tresen.channels.inbound import Inbound, RawPayload, Source, Unreadable
from tresen.channels.order_news import StockNotice
from tresen.channels.outbound import StoreAccess
from tresen.channels.typed_json import NotAsDocumented, instant, read_json, read_value
from tresen.channels.woocommerce.asking import PER_PAGE, Place, ask, listed, place_in
from tresen.channels.woocommerce.shapes import Product

PRODUCTS, VARIATIONS = "products", "variations"
PRODUCT = "product"
"""The header under which a page of variations keeps whose they are."""


def read(access: StoreAccess, _window: Window, place: str) -> Step:
    """A page of products, or the variations of one."""
    at = place_in(place)
    if isinstance(at, Stale):
        return at
    if at.alone:
        return _read_variations(access, at)
    found = listed(access, "/products", at)
    if isinstance(found, Stale | Stopped):
        return found
    answer, following = found
    with_variations = [*_with_variations(answer.body)]
    if with_variations or following:
        following = msgspec.structs.replace(following or Place(), alone=with_variations)
    return Page(told=(Told(about=PRODUCTS, body=answer.body),), next=following.text() if following else "")


def _read_variations(access: StoreAccess, at: Place) -> Step:
    """Those of the first product that waits, up to a hundred."""
    product, *rest = at.alone
    answer = ask(access, f"/products/{product}/variations", ("per_page", str(PER_PAGE)))
    if isinstance(answer, Stopped):
        return answer
    following = msgspec.structs.replace(at, alone=rest)
    told = Told(about=VARIATIONS, body=answer.body, headers={PRODUCT: str(product)})
    return Page(told=(told,), next=following.text() if rest or at.last else "")


def _with_variations(body: bytes) -> Iterator[int]:
    for told in read_json(body, list[Any]):
        try:
            product = read_value(told, Product)
        except NotAsDocumented:
            continue
        if product.type == "variable" and product.variations:
            yield product.id


def levels_in(payload: RawPayload) -> Iterator[Inbound]:
    """How much there is of each. What was asked for is so now; what is told by itself, when it last changed."""
    told = read_json(payload.body, list[Any])
    for one in told:
        try:
            product = read_value(one, Product)
            notice = level_of(product, item=payload.headers.get(PRODUCT, ""), at=_at(product, payload))
        except ValueError as wrong:
            yield Unreadable(reason="not_as_documented", subject=payload.about, excerpt=str(wrong))
            continue
        if notice is not None:
            yield notice


def level_of(product: Product, *, at: datetime, item: str = "") -> StockNotice | None:
    """None for what has no SKU, or is not counted by itself."""
    if not product.sku or product.manage_stock is not True or product.stock_quantity is None:
        return None
    return StockNotice(
        sku=product.sku,
        at=at,
        available=product.stock_quantity,
        item_id=item or str(product.id),
        title=product.name or "",
    )


def _at(product: Product, payload: RawPayload) -> datetime:
    received = min(instant(payload.received_at), instant(payload.recorded_at))
    if payload.source is Source.WEBHOOK and product.date_modified_gmt is not None:
        return min(instant(product.date_modified_gmt), received)
    return received


FEED = Feed(key="stock", title="Stock", read=read, every=timedelta(hours=6), brings=Brings.WHOLE)
