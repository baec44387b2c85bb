"""What a fake Kaufland tells by itself: to whom it was asked to, each event's address and body."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import msgspec
from werkzeug.wrappers import Request

from tresen.fakes.kaufland.answering import Json, Refusal, paged

if TYPE_CHECKING:
    from tresen.fakes.kaufland import FakeKaufland

LONGEST_ADDRESS = 255
MOST = 30
_WHERE = {"order_new": "orders", "order_unit_status_changed": "order-units", "return_new": "returns"}


@dataclass(slots=True)
class Subscriptions:
    """Those of one seller. `reaches`: whether a new address answers when it is tried."""

    known: dict[int, Json]
    reaches: bool = True
    told: int = 0


class Push(NamedTuple):
    """One POST of Kaufland's."""

    address: str
    body: bytes


def listed(fake: "FakeKaufland", request: Request) -> Json:
    """All of them, the first first."""
    return paged(request, list(fake.pushes.known.values()), most=MOST)


def add(fake: "FakeKaufland", request: Request) -> Json:
    """One more, for one event at one site."""
    number = len(fake.pushes.known) + 1
    made = {"id_subscription": number, "is_active": True, "storefront": request.args["storefront"]}
    fake.pushes.known[number] = {**made, **_tried(fake, dict(request.get_json()))}
    return {"data": fake.pushes.known[number]}


def change(fake: "FakeKaufland", request: Request, id_subscription: int) -> Json:
    """Another address, or active again."""
    fake.pushes.known[id_subscription] |= _tried(fake, dict(request.get_json()))
    return {"data": fake.pushes.known[id_subscription]}


def pushed(fake: "FakeKaufland", event: str, number: str) -> Sequence[Push]:
    """That something happened to the order, piece or return of this number."""
    fake.pushes.told += 1
    body = {
        "event_name": event,
        "id_message": fake.pushes.told,
        "resource": f"https://sellerapi.kaufland.com/v2/{_WHERE[event]}/{number}/",
        "storefront": fake.site,
    }
    asked = [one for one in fake.pushes.known.values() if one["event_name"] == event and one["is_active"]]
    return [Push(one["callback_url"], msgspec.json.encode(body)) for one in asked]


def _tried(fake: "FakeKaufland", wanted: Json) -> Json:
    if len(wanted["callback_url"]) > LONGEST_ADDRESS or "@" not in wanted["fallback_email"]:
        raise Refusal("validation-error")
    if not fake.pushes.reaches:
        raise Refusal("subscriptions/unverified-callback-url")
    return wanted
