"""Messages that an agent writes to the buyer of an order first."""

from datetime import timedelta

from tests.factories.sales import AT
from tresen.accounts.actors import Actor
from tresen.accounts.scope import EVERYTHING
from tresen.orders.models import Order
from tresen.outbox.models import Delivery
from tresen.replies.starting import FirstMessage, start

WRITTEN = AT + timedelta(minutes=5)
TEXT = "Ihre Lampe kommt einen Tag später."


def first(text: str = TEXT, *, opening: str = "order", **more: object) -> FirstMessage:
    return FirstMessage(opening=opening, text=text, **more)  # type: ignore[arg-type]


def begun(order: Order, by: Actor, message: FirstMessage | None = None, **more: object) -> Delivery:
    known: dict[str, object] = {"scope": EVERYTHING, "at": WRITTEN, **more}
    return start(order.pk, message or first(), by=by, **known).delivery  # type: ignore[arg-type]
