"""Orders, returns, cancellations and stock are told as TikTok Shop has them, and none is passed over."""

from collections.abc import Callable
from datetime import timedelta

import msgspec
import pytest

from tests.channels.asking import OpenAccess
from tests.channels.payloads import recorded
from tests.channels.specifications.documents import document, needs_specifications
from tests.channels.tiktok_shop.described import FACTS
from tests.channels.tiktok_shop.feeding import feed, understood, whole
from tests.factories.sales import AT, a_sale, a_shelf
from tresen.channels.cases import CaseKind, CaseStep
from tresen.channels.contract import PlatformNotice, Unreadable
from tresen.channels.feeds import Stale, Stopped, Told, Window
from tresen.channels.http import HttpResponse
from tresen.channels.order_door import NoSuchOrder, OrderRef, ReadInPart
from tresen.channels.order_news import (
    FulfilledBy,
    OrderSnapshot,
    OrderState,
    Payment,
    ReturnNotice,
    ReturnState,
    StockNotice,
)
from tresen.channels.tiktok_shop.one_order import ORDER
from tresen.channels.tiktok_shop.order_shapes import Action, RefundAmount, TikTokOrder, TikTokReturn
from tresen.channels.tiktok_shop.orders import CANCELLED, snapshot
from tresen.channels.tiktok_shop.parsing import parse
from tresen.channels.tiktok_shop.returns import STATES, return_notice
from tresen.channels.tracking import TrackingState
from tresen.fakes.tiktok_shop import FakeTikTokShop
from tresen.fakes.world import World

NUMBER = "576486316948490001"
WINDOW = Window(since=AT - timedelta(days=1), until=AT + timedelta(days=1))


def orders_in(found: object) -> list[OrderSnapshot]:
    assert isinstance(found, list | tuple)
    return [one for one in found if isinstance(one, OrderSnapshot)]


def test_an_order_is_told_as_tiktok_shop_has_it() -> None:
    shipped, waiting = orders_in(parse(recorded("tiktok_shop/api/orders/shipped_and_to_be_cancelled.json")))

    assert (shipped.number, shipped.state, shipped.payment) == (NUMBER, OrderState.SHIPPED, Payment.PAID)
    assert (shipped.total, shipped.currency, shipped.fulfilled_by) == (10480, "USD", FulfilledBy.US)
    assert [(line.quantity, line.price, line.sku, line.shipped) for line in shipped.lines or ()] == [
        (1, 4990, "LW-01", 1),
        (1, 4990, "LW-01", 1),
    ]
    assert shipped.ship_to is not None
    assert shipped.ship_to.lines == ("Ida Muster", "1 Example Street", "95110 Sampletown", "US")
    assert (shipped.ship_to.city, shipped.ship_to.region, shipped.ship_to.country) == ("Sampletown", "California", "US")
    (parcel,) = shipped.parcels or ()
    assert (parcel.external_id, parcel.carrier, parcel.tracking) == ("1153132168123859123", "UPS", "1ZMADEUP")
    assert parcel.state is TrackingState.IN_TRANSIT
    assert (waiting.state, waiting.parcels) == (OrderState.OPEN, [])
    assert waiting.cancel_asked_at is not None


def test_all_orders_of_a_window_come_over_several_pages_field_by_field(world: World, access: OpenAccess) -> None:
    for place in range(230):
        number = str(576_486_316_948_490_000 + place)
        world.fill(sales=[a_sale(number, changed_at=AT - timedelta(minutes=place))])
    world.ship(NUMBER, carrier="DHL", tracking="1")

    found = {one.number: one for one in orders_in(whole("orders", access))}

    assert set(found) == set(world.sales)
    for sale in world.sales.values():
        told = found[sale.number]
        assert abs(told.changed_at - sale.changed_at) < timedelta(seconds=1)
        assert (told.total, told.currency) == (sale.total, sale.currency)
        assert sum(line.quantity for line in told.lines or ()) == 2
        assert sum(line.shipped for line in told.lines or ()) == sum(line.shipped for line in sale.lines)
        assert told.buyer is not None
        assert told.buyer.name == sale.buyer.name


def test_a_page_that_is_not_known_any_more_begins_the_window_anew(access: OpenAccess) -> None:
    assert feed("orders").read(access, WINDOW, "forgotten") == Stale()


def test_one_order_comes_with_its_return_cancellation_and_stock(world: World, access: OpenAccess) -> None:
    world.fill(sales=[a_sale(NUMBER), a_sale("576486316948490002")], stock=[a_shelf("LW-1", 7)])
    world.ask_for_return(NUMBER, reason="damaged")
    world.ask_for_return("576486316948490002", reason="of another order")
    world.ask_to_cancel(NUMBER)

    told = ORDER.read(OrderRef(number=NUMBER), access)
    assert not isinstance(told, NoSuchOrder | ReadInPart | Stopped)
    order, back, cancellation, level = understood(*told)

    assert isinstance(order, OrderSnapshot)
    assert order.cancel_asked_at is not None
    assert isinstance(back, ReturnNotice)
    assert (back.order_number, back.state, back.decide_by is not None) == (NUMBER, ReturnState.REQUESTED, True)
    assert isinstance(cancellation, PlatformNotice)
    assert cancellation.order_ids == (NUMBER,)
    assert isinstance(level, StockNotice)
    assert (level.sku, level.available, level.reserved) == ("LW-1", 7, 0)


def test_an_order_that_tiktok_shop_does_not_know_is_none(access: OpenAccess) -> None:
    assert ORDER.read(OrderRef(number="1"), access) == NoSuchOrder()


def test_returns_and_stock_are_told(world: World, access: OpenAccess) -> None:
    world.fill(sales=[a_sale(NUMBER)], stock=[a_shelf("LW-1", 7)])
    world.ask_for_return(NUMBER, reason="damaged")

    (back,) = whole("returns", access)
    (level,) = whole("stock", access)

    assert isinstance(back, ReturnNotice)
    assert [(item.quantity, item.sku) for item in back.items] == [(2, "LW-1")]
    assert isinstance(level, StockNotice)
    assert (level.sku, level.title) == ("LW-1", "Lampe Mira")


def test_a_buyers_wish_to_cancel_is_a_case_until_it_is_decided(
    world: World, fake: FakeTikTokShop, access: OpenAccess
) -> None:
    world.fill(sales=[a_sale(NUMBER)])
    world.ask_to_cancel(NUMBER)
    (asked,) = whole("cancellations", access)
    fake.kept.add(NUMBER)
    (kept,) = whole("cancellations", access)

    assert isinstance(asked, PlatformNotice)
    assert isinstance(kept, PlatformNotice)
    assert asked.case is not None
    assert kept.case is not None
    assert (asked.case.step, asked.case.kind) == (CaseStep.OPENED, CaseKind.CANCELLATION)
    assert (kept.case.step, kept.case.external_id) == (CaseStep.CLOSED, asked.case.external_id)
    assert asked.external_id != kept.external_id


def test_an_order_of_an_unknown_state_is_told_and_the_others_stay() -> None:
    payload = recorded("tiktok_shop/api/orders/shipped_and_to_be_cancelled.json")
    body = payload.body.replace(b'"status": "IN_TRANSIT"', b'"status": "LOST_AT_SEA"')
    found = understood(Told(about=payload.about, body=body))
    assert [type(one) for one in found] == [Unreadable, OrderSnapshot]


def test_an_error_with_the_status_of_a_success_is_an_error(answering: Callable[..., OpenAccess]) -> None:
    def said(code: int, status: int = 200) -> HttpResponse:
        body = f'{{"code": {code}, "message": "No.", "request_id": "1"}}'.encode()
        return HttpResponse(status=status, headers={}, body=body)

    token = b'{"code": 0, "data": {"access_token": "a", "access_token_expire_in": 1896000000}}'
    for answer, reconnect, lacks in (
        (said(105_002), True, False),
        (said(360_001), True, False),
        (said(36_004_004), True, False),
        (said(36_009_004), False, False),
        (said(36_009_004, 401), True, False),
        (said(105_005, 401), False, True),
        (said(36_009_003), False, False),
        (said(40_000_001), False, False),
    ):
        access = answering(HttpResponse(status=200, headers={}, body=token), answer)
        step = feed("orders").read(access, WINDOW, "")
        assert isinstance(step, Stopped)
        assert (step.reconnect, step.lacks) == (reconnect, lacks), step
        assert "No." in step.reason


@needs_specifications
def test_all_documented_states_are_known() -> None:
    models = document(FACTS)["models"]
    for name in models["GetOrderListResponseDataOrder"]["status"]["values"]:
        assert snapshot(TikTokOrder(id="1", status=name, update_time=1)).state is not None
    assert set(models["SearchReturnsResponseDataReturnOrder"]["return_status"]["values"]) == STATES
    assert {"CANCELLED"} <= CANCELLED


@pytest.mark.parametrize(
    ("kind", "who"),
    [
        ("FULFILLMENT_BY_SELLER", FulfilledBy.US),
        ("FULFILLMENT_BY_TIKTOK", FulfilledBy.PLATFORM),
        ("FULFILLMENT_BY_DILAYANI_TOKOPEDIA", FulfilledBy.PLATFORM),
        ("", None),
    ],
)
def test_who_ships_is_told(kind: str, who: FulfilledBy | None) -> None:
    told = snapshot(TikTokOrder(id="1", status="UNPAID", update_time=1, fulfillment_type=kind))
    assert (told.fulfilled_by, told.payment) == (who, Payment.PENDING)


@pytest.mark.parametrize(
    ("kind", "state", "action", "pays"),
    [
        ("REFUND", "RETURN_OR_REFUND_REQUEST_PENDING", "SELLER_RESPOND_REFUND", 2995),
        ("RETURN_AND_REFUND", "RETURN_OR_REFUND_REQUEST_PENDING", "SELLER_RESPOND_RETURN", 0),
        ("RETURN_AND_REFUND", "BUYER_SHIPPED_ITEM", "SELLER_RESPOND_RECEIVE_PACKAGE", 2995),
        ("REPLACEMENT", "REPLACEMENT_REQUEST_PENDING", "SELLER_RESPOND_REPLACEMENT", 0),
    ],
)
def test_what_approving_a_return_pays_at_once_is_told(kind: str, state: str, action: str, pays: int) -> None:
    told = TikTokReturn(
        return_id="1",
        order_id=NUMBER,
        return_type=kind,
        return_status=state,
        create_time=1,
        refund_amount=RefundAmount(currency="USD", refund_total="29.95"),
        seller_next_action_response=(Action(action=action),),
    )

    assert (return_notice(told).state, return_notice(told).pays) == (ReturnState.REQUESTED, pays)
    unknown = msgspec.structs.replace(told, refund_amount=RefundAmount())
    assert return_notice(unknown).pays == (0 if not pays else None)
