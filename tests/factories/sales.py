"""Sales and conversations at a fake platform."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from tresen.fakes.sales import Buyer, By, Letter, Line, Sale, Shelved, Talk

AT = datetime(2026, 11, 30, 9, tzinfo=UTC)
IDA = Buyer(key="c-1001", name="Ida Muster", email="ida@mail.example")


def a_sale(number: str = "ORD-1-A", *, changed_at: datetime = AT, **more: object) -> Sale:
    """Two lamps, paid and not yet shipped."""
    line = Line(id=f"{number}-1", sku="LW-1", item="P-4711", title="Lampe Mira", quantity=2, price=4990)
    known: dict[str, object] = {
        "id": number,
        "buyer": IDA,
        "lines": [line],
        "currency": "EUR",
        "ordered_at": changed_at - timedelta(hours=1),
        "ship_by": changed_at + timedelta(days=2),
    }
    return Sale(number=number, changed_at=changed_at, **{**known, **more})  # type: ignore[arg-type]


def many_sales(count: int, *, every: timedelta = timedelta(minutes=1), until: datetime = AT) -> Sequence[Sale]:
    """So many, changed one after another, the last of them at `until`."""
    return [a_sale(f"ORD-{n}-A", changed_at=until - every * (count - n)) for n in range(1, count + 1)]


def a_talk(number: str = "t-1", *, sale: str = "ORD-1-A", text: str = "Wo ist mein Paket?", at: datetime = AT) -> Talk:
    """A buyer's question about an order."""
    letter = Letter(id=f"{number}-m1", by=By.BUYER, text=text, at=at)
    return Talk(id=number, buyer=IDA, topic="Frage zur Bestellung", sale=sale, letters=[letter])


def a_shelf(sku: str = "LW-1", available: int = 7) -> Shelved:
    """A product on the shelf."""
    return Shelved(sku=sku, item="P-4711", title="Lampe Mira", available=available, changed_at=AT)
