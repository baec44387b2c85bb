"""A shop at the fake Shopify, and our way to it."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from tests.channels.asking import CheckedHttp, OpenAccess
from tests.channels.payloads import RECEIVED, RECORDED
from tests.channels.specifications.documents import PLATFORMS
from tests.channels.specifications.graphql import GraphInterface
from tresen.channels.contract import Inbound, RawPayload, Source
from tresen.channels.feeds import Feed, Page, Told, Window
from tresen.channels.http import HttpOutcome, HttpRequest, HttpResponse
from tresen.channels.shopify import CONNECTOR
from tresen.channels.shopify.admin.connecting import CONNECTION
from tresen.fakes.sales import Buyer, Line, Sale, Shelved
from tresen.fakes.shopify.platform import FakeShopify
from tresen.fakes.world import World

ADMIN = GraphInterface("shopify/graphql/admin_2026-10.json.gz", path="/admin/api/2026-10/graphql.json")
KNOWN = PLATFORMS.is_dir()
AT = datetime(2026, 11, 20, 9, tzinfo=UTC)
WINDOW = Window(since=AT - timedelta(days=1), until=AT + timedelta(days=1))
TOKEN = "shpat_invented"
MOST_PAGES = 200
IDA = Buyer(key="ida", name="Ida Muster", email="ida@mail.example")


def a_sale(number: int = 1001, *, lines: int = 1, at: datetime = AT) -> Sale:
    bought = [
        Line(
            id=f"{number}{index:02}",
            sku=f"LW-{index}",
            item=f"47{index}",
            title=f"Lamp {index}",
            quantity=2,
            price=4990,
        )
        for index in range(1, lines + 1)
    ]
    return Sale(
        number=f"#{number}", id=f"82{number}", buyer=IDA, lines=bought, currency="EUR", ordered_at=at, changed_at=at
    )


def a_world(*sales: Sale, stock: tuple[Shelved, ...] = ()) -> World:
    world = World(clock=lambda: AT + timedelta(hours=1))
    world.fill(sales=sales, stock=stock)
    return world


@dataclass
class ShopHttp(CheckedHttp):
    """Each query, and what the fake answers to it, is held against Shopify's schema."""

    def send(self, request: HttpRequest) -> HttpOutcome:
        wrong = ADMIN.complaints_about_request(request.method, request.address, request.body) if KNOWN else []
        assert wrong == []
        outcome = super().send(request)
        if KNOWN and self.fake and isinstance(outcome, HttpResponse):
            assert ADMIN.complaints_about_answer(outcome.status, outcome.body, asked=request.body) == []
        return outcome


@dataclass
class Visit:
    """The fake, and how we come to it."""

    fake: FakeShopify
    access: OpenAccess

    @property
    def world(self) -> World:
        return self.fake.world


def visit(*sales: Sale, stock: tuple[Shelved, ...] = ()) -> Visit:
    fake = FakeShopify(world=a_world(*sales, stock=stock), token=TOKEN)
    return Visit(fake, access_by(ShopHttp(fake=fake)))


def answered(*answers: HttpOutcome) -> OpenAccess:
    """A way on which these answers come."""
    return access_by(ShopHttp(answers=[*answers]))


def access_by(way: CheckedHttp) -> OpenAccess:
    return OpenAccess(way=way, connection=CONNECTION, settings={"shop": "birkenhof"}, secrets={"access_token": TOKEN})


def pages(feed: Feed, access: OpenAccess, window: Window = WINDOW) -> list[Page]:
    """All steps of a window, each begun from nothing but the place."""
    found: list[Page] = []
    while not found or found[-1].next:
        step = feed.read(access, window, found[-1].next if found else "")
        assert isinstance(step, Page), step
        found.append(step)
        assert len(found) < MOST_PAGES
    return found


def understood(told: Told) -> list[Inbound]:
    return [*CONNECTOR.parse(payload(Source.API, told.about, told.body))]


def cost_of(request: HttpRequest, shop: Visit) -> float:
    """What the fake reckons for the same request."""
    way = CheckedHttp(fake=shop.fake)
    answer = way.send(request)
    assert isinstance(answer, HttpResponse)
    return float(json.loads(answer.body)["extensions"]["cost"]["requestedQueryCost"])


def payload(source: Source, about: str, body: bytes) -> RawPayload:
    return RawPayload(number=1, source=source, body=body, received_at=RECEIVED, recorded_at=RECORDED, about=about)


def all_of(feed: Feed, access: OpenAccess, window: Window = WINDOW) -> list[Inbound]:
    return [one for page in pages(feed, access, window) for told in page.told for one in understood(told)]
