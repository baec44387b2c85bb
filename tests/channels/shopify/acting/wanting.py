"""What is wanted of a shop, and what goes wrong on the way to it."""

import json
from collections.abc import Sequence
from datetime import timedelta

from tests.channels.asking import OpenAccess
from tests.channels.shopify.shop import Visit, answered
from tresen.channels.contract import Later, Refused, Uncertain
from tresen.channels.http import HeldBack, HttpOutcome, HttpResponse, Unanswered, Unreached
from tresen.channels.order_door import ActionLine, ActionOffer, ActionWanted, OrderRef

ORDER = OrderRef(number="#1001", external_id="821001")
FIRST_LINE = "100101"


def wanted(**changes: object) -> ActionWanted:
    usual: dict[str, object] = {"key": "3f0e9a52-invented", "order": ORDER, "currency": "EUR"}
    return ActionWanted(**(usual | changes))  # type: ignore[arg-type]


def pieces(quantity: int = 1, amount: int = 0) -> tuple[ActionLine, ...]:
    return (ActionLine(external_id=FIRST_LINE, quantity=quantity, amount=amount),)


def said(**told: object) -> HttpResponse:
    return HttpResponse(status=200, headers={}, body=json.dumps(told).encode())


def an_error(code: str) -> HttpResponse:
    return said(errors=[{"message": "No", "extensions": {"code": code}}])


TROUBLES: Sequence[tuple[HttpOutcome, type]] = (
    (HttpResponse(status=401, headers={}, body=b""), Later),
    (HttpResponse(status=403, headers={}, body=b""), Refused),
    (HttpResponse(status=502, headers={}, body=b""), Uncertain),
    (HttpResponse(status=503, headers={}, body=b""), Later),
    (HttpResponse(status=200, headers={}, body=b"<html>"), Uncertain),
    (HttpResponse(status=200, headers={}, body=b"{}"), Uncertain),
    (HeldBack(after=timedelta(seconds=5), reason="429"), Later),
    (Unreached(reason="gone"), Later),
    (Unanswered(reason="gone"), Uncertain),
    (an_error("THROTTLED"), Later),
    (an_error("ACCESS_DENIED"), Refused),
    (an_error("INTERNAL_SERVER_ERROR"), Uncertain),
    (an_error("IDEMPOTENCY_CONCURRENT_REQUEST"), Uncertain),
)
"""Of the mutation itself, each with what became of it."""


def results_of_troubles(offer: ActionOffer, asked: ActionWanted, shop: Visit) -> list[tuple[object, type]]:
    """What is said where the mutation goes wrong so, all that is read before going well; each with what is right."""
    read = recorded_reading(offer, asked, shop)
    return [(offer.perform(asked, answered(*read, outcome)), right) for outcome, right in TROUBLES]


def recorded_reading(offer: ActionOffer, asked: ActionWanted, shop: Visit) -> list[HttpOutcome]:
    """The answers to what is read first."""
    offer.perform(asked, shop.access)
    *read, _ = shop.access.way.asked
    shop.access.way.asked.clear()
    return [shop.access.way.send(request) for request in read]


def nobody_answers() -> OpenAccess:
    return answered(Unanswered(reason="gone"))
