"""A store at Amazon for tests: over recorded answers, or over an account at the fake platform."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta

from tests.channels.asking import CheckedHttp, OpenAccess
from tests.channels.payloads import RECEIVED, RECORDED
from tests.channels.specifications.documents import PLATFORMS
from tests.channels.specifications.interface import Interface
from tresen.channels.amazon import CONNECTOR
from tresen.channels.contract import Feed, Inbound, RawPayload, Source
from tresen.channels.feeds import Page, Told, Window
from tresen.channels.http import HttpOutcome, HttpResponse
from tresen.fakes.amazon import KEYS, FakeAmazon
from tresen.fakes.sales import Buyer, Line, Sale
from tresen.fakes.world import World
from tresen.timekeeping import wall

MODELS = (
    *("orders_2026-01-01", "ordersV0", "sellers", "reports_2021-06-30"),
    *("messaging", "solicitations", "fbaInventory"),
)
INTERFACES = tuple(Interface(f"amazon/models/{name}.json") for name in MODELS) if PLATFORMS.is_dir() else ()
UNCHECKED = ("/auth/o2/token", "/prepared/", "/queue")
BASE = "https://fake.example"
SETTINGS = {
    "client_id": KEYS["client_id"],
    "address": BASE,
    "token_address": f"{BASE}/auth/o2/token",
    "queue": f"{BASE}/queue/123456789012/orders",
    "queue_key": KEYS["queue_key"],
}
SECRETS = {name: KEYS[name] for name in ("client_secret", "refresh_token", "queue_secret")}
IDA = Buyer(key="ida1", name="Ida Muster", email="ida1@marketplace.amazon.de")
FAST = dict.fromkeys(("searchOrders", "getOrder"), (1000.0, 1000.0))


def ago(**span: float) -> datetime:
    """So long before now."""
    return wall.now().replace(microsecond=0) - timedelta(**span)


def sale(number: str = "303-1000001-2000001", **changes: object) -> Sale:
    """An order of two lamps."""
    line = Line(id=f"9{number[-7:]}", sku="LW-1", item="B0BIRCH001", title="Lamp", quantity=2, price=4990)
    usual = {
        "number": number,
        "id": number,
        "buyer": IDA,
        "lines": [line],
        "currency": "EUR",
        "ordered_at": ago(hours=5),
        "changed_at": ago(hours=4),
        "ship_by": ago(hours=-20),
        "deliver_by": ago(days=-3),
    }
    return Sale(**(usual | changes))  # type: ignore[arg-type]


def account(*sales: Sale, **settings: object) -> FakeAmazon:
    """An account at the fake platform."""
    world = World(clock=wall.now)
    world.fill(sales=sales)
    return FakeAmazon(world, **settings)  # type: ignore[arg-type]


def store(
    fake: FakeAmazon | None = None,
    *,
    answers: Iterable[HttpOutcome] = (),
    settings: Mapping[str, str] | None = None,
    secrets: Mapping[str, str] | None = None,
) -> OpenAccess:
    """A store of that account, or one that is answered with `answers` in turn."""
    way = CheckedHttp(interfaces=INTERFACES, answers=list(answers), fake=fake, unchecked=UNCHECKED)
    opened = OpenAccess(
        way,
        connection=CONNECTOR.connection,
        marketplace="amazon.de",
        settings=SETTINGS if settings is None else settings,
        secrets=SECRETS if secrets is None else secrets,
    )
    if fake is None:
        opened._tokens["seller"] = "Atza|token"
    return opened


def last_days(days: float = 1) -> Window:
    """Until now."""
    return Window(since=ago(days=days), until=wall.now())


def read_all(feed: Feed, access: OpenAccess, window: Window, *, place: str = "", most: int = 40) -> list[Told]:
    """All that a window brings, from this place on."""
    told: list[Told] = []
    for _ in range(most):
        step = feed.read(access, window, place)
        assert isinstance(step, Page), step
        told += step.told
        place = step.next
        if not place:
            return told
    raise AssertionError("It never ends.")


def payload(told: Told, *, received_at: datetime = RECEIVED) -> RawPayload:
    """As it is kept."""
    return RawPayload(
        number=1,
        source=Source.API,
        body=told.body,
        received_at=received_at,
        recorded_at=max(RECORDED, received_at),
        about=told.about,
        headers=told.headers,
    )


def parsed(told: Sequence[Told], *, received_at: datetime | None = None) -> list[Inbound]:
    """What it means."""
    at = received_at or datetime.now(UTC)
    return [one for each in told for one in CONNECTOR.parse(payload(each, received_at=at))]


def answer(status: int = 200, body: bytes = b"{}", **headers: str) -> HttpResponse:
    """What a platform says."""
    return HttpResponse(status=status, headers=headers, body=body)
