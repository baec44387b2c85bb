"""A seller at the fake eBay, and a store's way to it that is held against eBay's specifications."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import count

from tests.channels.asking import CheckedHttp, OpenAccess
from tests.channels.specifications.documents import PLATFORMS
from tests.channels.specifications.interface import Interface
from tresen.channels.contract import Feed, Inbound, RawPayload, Source
from tresen.channels.ebay import CONNECTOR
from tresen.channels.feeds import Page, Stale, Stopped, Told, Window
from tresen.channels.http import HttpOutcome, HttpRequest, HttpResponse
from tresen.fakes.ebay.platform import APP_ID, CERT_ID, REFRESH_TOKEN, Ebay
from tresen.fakes.sales import Buyer, By, Letter, Line, Sale, Shelved, Talk
from tresen.fakes.world import World

AT = datetime(2026, 11, 20, 9, tzinfo=UTC)
HOME = "https://api.ebay.example/shop"
WINDOW = Window(since=AT - timedelta(days=2), until=AT + timedelta(hours=1))
INTERFACES = (
    (
        Interface("ebay/specs/commerce_message_v1_oas3.json", base="/commerce/message/v1"),
        Interface("ebay/specs/sell_fulfillment_v1_oas3.json", base="/sell/fulfillment/v1"),
        Interface("ebay/specs/commerce_identity_v1_oas3.json", base="/commerce/identity/v1"),
        Interface("ebay/specs/sell_inventory_v1_oas3.json", base="/sell/inventory/v1"),
        Interface("ebay/specs/commerce_notification_v1_oas3.json", base="/commerce/notification/v1"),
        Interface("ebay/specs/developer_analytics_v1_beta_oas3.json", base="/developer/analytics/v1_beta"),
    )
    if PLATFORMS.is_dir()
    else ()
)
UNCHECKED = ("/identity/v1/oauth2/", "/post-order/")
"""The token's endpoint has no specification, and Post-Order's are hand-made, without queries and bodies."""


def clock() -> datetime:
    return AT


def number(index: int) -> str:
    return f"{10 + index // 100000:02d}-{index % 100000:05d}-{12345 + index:05d}"


def a_sale(index: int, *, at: datetime = AT - timedelta(hours=1)) -> Sale:
    name = f"Member_{index}"
    buyer = Buyer(key=name, name=f"Ida Muster {index}", email=f"{index:020x}@members.ebay.example")
    lines = [
        Line(id=f"1000{index}", sku=f"LW-{index}", item=f"2200000{index:05d}", title="Lamp", quantity=2, price=4990),
        Line(id=f"2000{index}", sku="KB-1", item="220000099999", title="Cable", quantity=1, price=550),
    ]
    return Sale(
        number=number(index),
        id=f"{index}",
        buyer=buyer,
        lines=lines,
        currency="EUR",
        ordered_at=at - timedelta(days=1),
        changed_at=at,
        ship_by=at + timedelta(days=2),
        deliver_by=at + timedelta(days=5),
    )


def a_talk(index: int, *, at: datetime = AT - timedelta(hours=2), letters: int = 1, key: str = "") -> Talk:
    buyer = Buyer(key=key or f"Member_{index}", name="Ida Muster", email="x@members.ebay.example")
    written = [
        Letter(
            id=f"m{index}-{count}",
            by=By.BUYER if count % 2 == 0 else By.SELLER,
            text=f"Is it {count} cm wide?",
            at=at + timedelta(seconds=count),
            subject="Lamp",
        )
        for count in range(letters)
    ]
    return Talk(id=f"8000{index}", buyer=buyer, topic="Lamp", item=f"2200000{index:05d}", letters=written)


def a_fake(*, sales: Sequence[Sale] = (), talks: Sequence[Talk] = (), stock: int = 0) -> Ebay:
    world = World(clock=clock)
    levels = [
        Shelved(sku=f"LW-{index:03d}", item="", title=f"Lamp {index}", available=index, changed_at=AT)
        for index in range(stock)
    ]
    world.fill(sales=sales, talks=talks, stock=levels)
    return Ebay(world)


def opened(fake: Ebay | None = None, *answers: HttpOutcome) -> OpenAccess:
    """The store, let in at the fake, or at these answers."""
    way = CheckedHttp(
        interfaces=INTERFACES, answers=list(answers), fake=fake, below="/shop" if fake else "", unchecked=UNCHECKED
    )
    return OpenAccess(
        way=way,
        connection=CONNECTOR.connection if fake else None,
        marketplace="ebay.de",
        settings={"app_id": APP_ID, "address": HOME if fake else ""},
        secrets={"cert_id": CERT_ID, "refresh_token": REFRESH_TOKEN},
    )


def feed(key: str) -> Feed:
    return next(one for one in CONNECTOR.feeds if one.key == key)


def read_all(
    access: OpenAccess, key: str, *, window: Window = WINDOW, dying: bool = False
) -> tuple[list[Told], list[int]]:
    """All that a feed tells of a window, and how many requests each step took. `dying`: each step is taken twice."""
    told: list[Told] = []
    cost: list[int] = []
    place = ""
    while True:
        before = len(access.way.asked)
        step = feed(key).read(access, window, place)
        assert isinstance(step, Page), step
        if dying:
            again = feed(key).read(access, window, place)
            assert isinstance(again, Page)
            assert again.next == step.next
        told += step.told
        cost.append(len(access.way.asked) - before)
        place = step.next
        if not place:
            return told, cost


def read_through(access: OpenAccess, key: str, *, fails: int) -> tuple[list[Told], int, int]:
    """The same while each so-and-so-many-th request fails at eBay; also how many did, and in how many steps in vain."""
    answered, asked, failed = access.way.send, count(1), []

    def send(request: HttpRequest) -> HttpOutcome:
        if next(asked) % fails:
            return answered(request)
        failed.append(request)
        return answer(502)

    access.way.send = send  # type: ignore[method-assign]
    told, place, in_vain = list[Told](), "", 0
    for _step in range(500):
        step = feed(key).read(access, WINDOW, place)
        if isinstance(step, Stopped):
            in_vain += 1
            continue
        assert isinstance(step, Page)
        told += step.told
        place = step.next
        if not place:
            return told, len(failed), in_vain
    raise AssertionError("It never ends.")


def payload(told: Told, *, source: Source = Source.API, at: datetime = AT + timedelta(minutes=1)) -> RawPayload:
    return RawPayload(
        number=1,
        source=source,
        body=told.body,
        received_at=at,
        recorded_at=at,
        about=told.about,
        headers=told.headers,
    )


def understood(told: Sequence[Told]) -> list[Inbound]:
    return [each for one in told for each in CONNECTOR.parse(payload(one))]


def answer(status: int, body: bytes = b"{}") -> HttpResponse:
    return HttpResponse(status=status, headers={}, body=body)


__all__ = ["Stale", "Stopped"]
