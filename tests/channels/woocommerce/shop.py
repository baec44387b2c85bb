"""A shop at the fake WooCommerce, and our way to it: each request is held against WooCommerce's own tables."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from tests.channels.asking import CheckedHttp, OpenAccess
from tests.channels.payloads import RECEIVED, RECORDED
from tests.channels.specifications.documents import PLATFORMS, document
from tresen.channels.contract import Inbound, RawPayload, Source
from tresen.channels.feeds import Feed, Page, Told, Window
from tresen.channels.http import HttpOutcome, HttpRequest, HttpResponse
from tresen.channels.order_door import ActionWanted, OrderRef
from tresen.channels.woocommerce import CONNECTOR
from tresen.channels.woocommerce.connecting import CONNECTION
from tresen.fakes.sales import Buyer, Line, Sale, Shelved
from tresen.fakes.woocommerce.platform import FakeWooCommerce
from tresen.fakes.world import World

KNOWN = PLATFORMS.is_dir()
AT = datetime(2026, 11, 20, 9, tzinfo=UTC)
NOW = AT + timedelta(hours=1)
WINDOW = Window(since=AT - timedelta(days=1), until=AT + timedelta(days=1))
KEY, SECRET = "ck_invented", "cs_invented"
MOST_PAGES = 50
IDA = Buyer(key="ida", name="Ida Muster", email="ida@mail.example")
PAGING = {"page", "per_page", "offset", "orderby", "order"}
PRODUCTS = {"include", *PAGING}
"""The tables beside this checkout leave products out: this much of them stands in their chapter (read 2026-11-30)."""


def a_sale(number: int = 1001, *, at: datetime = AT) -> Sale:
    line = Line(id=f"{number}1", sku="LW-1", item="47", title="Lamp", quantity=2, price=4990)
    return Sale(
        number=f"#{number}", id=str(number), buyer=IDA, lines=[line], currency="EUR", ordered_at=at, changed_at=at
    )


def a_shelf(sku: str, item: str, available: int) -> Shelved:
    return Shelved(sku=sku, item=item, title=f"Lamp {item}", available=available, changed_at=AT)


@dataclass
class ShopHttp(CheckedHttp):
    """Paths, parameters, verbs and bodies are those of the chapters' tables."""

    def send(self, request: HttpRequest) -> HttpOutcome:
        if KNOWN:
            assert complaints_about(request) == []
        return super().send(request)


def complaints_about(request: HttpRequest) -> list[str]:
    """What WooCommerce's tables do not know of a request."""
    _, _, path = urlsplit(request.address).path.partition("/wp-json/wc/v3/")
    properties, parameters = _tables(request.method, path.split("/"))
    if properties is None or parameters is None:
        return [f"There is no {request.method} {path}."]
    wrong = [f"no parameter {name}" for name, _ in request.query if name not in parameters]
    body: Mapping[str, object] = json.loads(request.body) if request.body else {}
    for name, value in body.items():
        said = properties.get(name)
        if said is None or "read-only" in said.get("flags", ()):
            wrong.append(f"{name} can't be set")
        elif not isinstance(value, _KINDS[said["type"]]):
            wrong.append(f"{name} is a {said['type']}")
    return wrong


_KINDS = {"string": str, "boolean": bool, "integer": int, "array": list}
type Table = Mapping[str, Mapping[str, Any]]


def _tables(method: str, path: list[str]) -> tuple[Table | None, set[str] | None]:
    """Which properties a body may set, and which parameters may be asked for."""
    tables = document("woocommerce/attributes-v3.json")
    match method, path:
        case "GET", ["orders", _, "refunds" | "notes" as part]:
            return {}, set(tables[f"order-{part}/available-parameters"])
        case "GET", ["orders"] | ["orders", _]:
            return {}, set() if path[1:] else set(tables["orders/available-parameters"])
        case "PUT", ["orders", _]:
            return tables["orders/order-properties"], set()
        case "POST", ["orders", _, "refunds" | "notes" as part]:
            return tables[f"order-{part}/order-{part.removesuffix('s')}-properties"], set()
        case "GET", ["products"] | ["products", _, "variations"]:
            return {}, PRODUCTS
        case _:
            return None, None


@dataclass
class Visit:
    """The fake, and how we come to it."""

    fake: FakeWooCommerce
    access: OpenAccess

    @property
    def world(self) -> World:
        return self.fake.world

    @property
    def asked(self) -> list[str]:
        return [f"{one.method} {urlsplit(one.address).path.partition('/wc/v3')[2]}" for one in self.access.way.asked]


def visit(*sales: Sale, stock: tuple[Shelved, ...] = ()) -> Visit:
    world = World(clock=lambda: NOW)
    world.fill(sales=sales, stock=stock)
    fake = FakeWooCommerce(world=world, key=KEY, secret=SECRET)
    return Visit(fake, access_by(ShopHttp(fake=fake)))


def answered(*answers: HttpOutcome) -> OpenAccess:
    """A way on which these answers come."""
    return access_by(ShopHttp(answers=[*answers]))


def access_by(way: CheckedHttp, address: str = "https://shop.example") -> OpenAccess:
    secrets = {"consumer_key": KEY, "consumer_secret": SECRET}
    return OpenAccess(way=way, connection=CONNECTION, settings={"address": address}, secrets=secrets)


def said(told: object, status: int = 200) -> HttpResponse:
    return HttpResponse(status=status, headers={}, body=json.dumps(told).encode())


def wanted(**more: object) -> ActionWanted:
    order = OrderRef(number="#1001", external_id="1001")
    known: dict[str, object] = {"key": "k1", "order": order, "currency": "EUR", "since": NOW}
    return ActionWanted(**{**known, **more})  # type: ignore[arg-type]


def pages(feed: Feed, access: OpenAccess, window: Window = WINDOW) -> list[Page]:
    """All steps of a window, each begun from nothing but the place."""
    found: list[Page] = []
    while not found or found[-1].next:
        step = feed.read(access, window, found[-1].next if found else "")
        assert isinstance(step, Page), step
        found.append(step)
        assert len(found) < MOST_PAGES
    return found


def payload(
    source: Source,
    about: str,
    body: bytes,
    headers: Mapping[str, str] | None = None,
    *,
    received_at: datetime = RECEIVED,
) -> RawPayload:
    recorded_at = max(RECORDED, received_at)
    return RawPayload(
        number=1,
        source=source,
        body=body,
        received_at=received_at,
        recorded_at=recorded_at,
        about=about,
        headers=headers or {},
    )


def understood(told: Told) -> list[Inbound]:
    return [*CONNECTOR.parse(payload(Source.API, told.about, told.body, told.headers))]


def all_of(feed: Feed, access: OpenAccess, window: Window = WINDOW) -> list[Inbound]:
    return [one for page in pages(feed, access, window) for told in page.told for one in understood(told)]
