"""Things wanted of an order at a fake OTTO."""

from tests.factories.sales import AT
from tresen.channels.order_door import ActionLine, ActionWanted, OrderRef
from tresen.fakes.sales import Line

NUMBER, ORDER = "kx7b000001", "00000000-0000-4000-8000-000000000001"
LAMPS = Line(id="l-1", sku="LW-1", item="P-4711", title="Lampe Mira", quantity=2, price=4990)


def wanted(**more: object) -> ActionWanted:
    known: dict[str, object] = {
        "key": "k1",
        "order": OrderRef(number=NUMBER, external_id=ORDER),
        "currency": "EUR",
        "since": AT,
    }
    return ActionWanted(**{**known, **more})  # type: ignore[arg-type]


def money_for(*pieces: str, amount: int = 990) -> ActionWanted:
    lines = [ActionLine(external_id=piece, quantity=0, amount=amount) for piece in pieces]
    return wanted(amount=amount * len(lines), reason="damaged", lines=lines)
