"""Orders as the Admin API tells them: the same as its webhooks, page by page, whoever dies in between."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tests.channels.payloads import recorded
from tests.channels.shopify.shop import (
    AT,
    WINDOW,
    Visit,
    a_sale,
    all_of,
    answered,
    cost_of,
    pages,
    payload,
    understood,
    visit,
)
from tresen.channels.contract import Inbound, Source, Stopped, Unreadable
from tresen.channels.feeds import Page, Stale, Window
from tresen.channels.http import HeldBack, HttpOutcome, HttpResponse, Unanswered, Unreached
from tresen.channels.order_door import NoSuchOrder, OrderRef
from tresen.channels.order_news import OrderSnapshot, OrderState, Payment
from tresen.channels.shopify import CONNECTOR
from tresen.channels.shopify.admin.reading_orders import DOOR, FEED
from tresen.channels.tracking import TrackingState
from tresen.fakes.sales import Sale
from tresen.fakes.shopify.webhooks import order_webhook


def newest(told: Sequence[Inbound]) -> dict[str, OrderSnapshot]:
    """What the mirror keeps: later tellings over earlier ones, parts that are not told as they were."""
    found: dict[str, OrderSnapshot] = {}
    for one in told:
        assert isinstance(one, OrderSnapshot), one
        before = found.get(one.number)
        kept = {
            part: getattr(before, part)
            for part in ("lines", "parcels", "refunds")
            if before and getattr(one, part) is None
        }
        found[one.number] = replace(one, **kept)
    return found


def by_webhook(sale: Sale) -> OrderSnapshot:
    (found,) = CONNECTOR.parse(payload(Source.WEBHOOK, "orders/updated", order_webhook(sale, secret="s").body))
    assert isinstance(found, OrderSnapshot)
    return found


def without_pictures(told: OrderSnapshot) -> OrderSnapshot:
    """A webhook tells none."""
    return replace(told, lines=[replace(line, picture="") for line in told.lines or ()])


@pytest.fixture
def shop() -> Visit:
    found = visit(*(a_sale(1001 + index, at=AT + timedelta(minutes=index)) for index in range(12)))
    found.world.ship("#1002", carrier="DHL", tracking="0034")
    found.world.scan("#1002", TrackingState.DELIVERED)
    found.world.ship("#1003", carrier="DHL", tracking="0035", pieces={"100301": 1})
    found.world.refund("#1004", amount=4990, reason="late")
    found.world.cancel("#1005")
    return found


def test_all_orders_of_the_world_are_read_field_by_field(shop: Visit) -> None:
    found = newest(all_of(FEED, shop.access))

    assert found.keys() == shop.world.sales.keys()
    for number, sale in shop.world.sales.items():
        told = found[number]
        assert (told.external_id, told.currency, told.total) == (sale.id, sale.currency, sale.total)
        assert (told.ordered_at, told.changed_at) == (sale.ordered_at, sale.changed_at.replace(microsecond=0))
        assert told.buyer is not None
        assert (told.buyer.key, told.buyer.name) == (sale.buyer.email, sale.buyer.name)
        assert told.ship_to is not None
        assert (told.ship_to.postcode, told.ship_to.city, told.ship_to.country) == ("12345", "Musterstadt", "DE")
        assert [
            (one.external_id, one.sku, one.item_id, one.title, one.quantity, one.price, one.shipped, one.cancelled)
            for one in told.lines or ()
        ] == [
            (one.id, one.sku, one.item, one.title, one.quantity, one.price, one.shipped, one.cancelled)
            for one in sale.lines
        ]
        assert all(one.picture for one in told.lines or ())
        assert [(one.carrier, one.tracking, one.state) for one in told.parcels or ()] == [
            (one.carrier, one.tracking, one.state) for one in sale.parcels
        ]
        assert [(one.amount, one.reason, one.done) for one in told.refunds or ()] == [
            (one.amount, one.reason, True) for one in sale.refunds
        ]


def test_how_far_they_are(shop: Visit) -> None:
    found = newest(all_of(FEED, shop.access))

    assert [found[f"#{number}"].state for number in range(1001, 1006)] == [
        OrderState.OPEN,
        OrderState.DELIVERED,
        OrderState.PART_SHIPPED,
        OrderState.OPEN,
        OrderState.CANCELLED,
    ]
    assert [found[f"#{number}"].payment for number in (1001, 1004, 1005)] == [
        Payment.PAID,
        Payment.PART_REFUNDED,
        Payment.REFUNDED,
    ]


def test_webhook_and_interface_tell_the_same_of_the_same_order(shop: Visit) -> None:
    found = newest(all_of(FEED, shop.access))

    for number, sale in shop.world.sales.items():
        assert without_pictures(found[number]) == by_webhook(sale)


def test_an_order_with_more_parts_than_a_page_tells_is_asked_for_alone() -> None:
    shop = visit(a_sale(1001), a_sale(1002, lines=9), a_sale(1003))
    told = [one for page in pages(FEED, shop.access) for one in page.told]

    assert [one.about for one in told] == ["orders", "order"]
    (cut,) = [one for one in understood(told[0]) if isinstance(one, OrderSnapshot) and one.number == "#1002"]
    assert cut.lines is None
    assert without_pictures(newest(all_of(FEED, shop.access))["#1002"]) == by_webhook(shop.world.sale("#1002"))


def test_more_lines_than_can_be_asked_for_are_not_told_rather_than_some_of_them() -> None:
    shop = visit(a_sale(1001, lines=101))

    assert newest(all_of(FEED, shop.access))["#1001"].lines is None


def test_no_request_costs_more_than_we_say(shop: Visit) -> None:
    """Nor less: a page that is reckoned too dear is read too slowly."""
    shop.world.fill(sales=[a_sale(1500, lines=9)])
    pages(FEED, shop.access)
    DOOR.read(OrderRef(number="1003"), shop.access)

    for request in shop.access.way.asked:
        assert cost_of(request, shop) == request.cost


def test_read_twice_it_is_the_same(shop: Visit) -> None:
    assert all_of(FEED, shop.access) == all_of(FEED, shop.access)


def test_only_what_changed_in_the_window_is_told(shop: Visit) -> None:
    window = Window(since=AT + timedelta(minutes=8), until=AT + timedelta(minutes=10))

    assert set(newest(all_of(FEED, shop.access, window))) == {"#1009", "#1010", "#1011"}


@pytest.mark.parametrize("place", ["{", "[]", '{"alone": 5}'])
def test_a_place_that_is_none_begins_anew(shop: Visit, place: str) -> None:
    assert FEED.read(shop.access, WINDOW, place) == Stale()


def test_a_cursor_that_the_shop_does_not_know_any_more_begins_anew(shop: Visit) -> None:
    assert FEED.read(shop.access, WINDOW, json.dumps({"after": "unheard of"})) == Stale()


def test_a_strange_order_loses_none_of_the_others(shop: Visit) -> None:
    (told,) = pages(FEED, shop.access)[0].told
    said = json.loads(told.body)
    said["data"]["orders"]["nodes"][1]["displayFulfillmentStatus"] = "LOST_IN_SPACE"
    said["data"]["orders"]["nodes"][2]["totalPriceSet"] = None
    found = understood(replace(told, body=json.dumps(said).encode()))

    assert [type(one) for one in found] == [OrderSnapshot, OrderSnapshot, Unreadable, OrderSnapshot, OrderSnapshot]
    assert isinstance(found[2], Unreadable)
    assert found[2].subject == said["data"]["orders"]["nodes"][2]["name"]


@pytest.mark.parametrize(
    "ref", [OrderRef(number="#1003"), OrderRef(number="1003"), OrderRef(number="", external_id="821003")]
)
def test_one_order_is_read_by_number_or_id(shop: Visit, ref: OrderRef) -> None:
    told = DOOR.read(ref, shop.access)

    assert isinstance(told, Sequence)
    (found,) = understood(told[0])
    assert isinstance(found, OrderSnapshot)
    assert found.number == "#1003"


@pytest.mark.parametrize(
    "ref", [OrderRef(number="#9"), OrderRef(number="' OR 1"), OrderRef(number="", external_id="9")]
)
def test_an_order_that_the_shop_does_not_have(shop: Visit, ref: OrderRef) -> None:
    assert DOOR.read(ref, shop.access) == NoSuchOrder()


def said(**told: object) -> HttpResponse:
    return HttpResponse(status=200, headers={}, body=json.dumps(told).encode())


def body_of(outcome: HttpOutcome) -> bytes:
    return outcome.body if isinstance(outcome, HttpResponse) else b""


THROTTLED = said(
    errors=[{"message": "Throttled", "extensions": {"code": "THROTTLED"}}],
    extensions={
        "cost": {
            "requestedQueryCost": 417,
            "throttleStatus": {"maximumAvailable": 2000, "currentlyAvailable": 17, "restoreRate": 100},
        }
    },
)


@pytest.mark.parametrize(
    ("outcome", "stopped"),
    [
        (THROTTLED, (timedelta(seconds=4), False)),
        (said(errors=[{"message": "Throttled", "extensions": {"code": "THROTTLED"}}]), (timedelta(seconds=10), False)),
        (HttpResponse(status=401, headers={}, body=b'{"errors": "[API] Invalid"}'), (timedelta(minutes=15), True)),
        (HttpResponse(status=502, headers={}, body=b"<html>"), (timedelta(minutes=1), False)),
        (HeldBack(after=timedelta(seconds=7), reason="429"), (timedelta(seconds=7), False)),
        (Unanswered(reason="gone"), (timedelta(minutes=1), False)),
        (Unreached(reason="gone"), (timedelta(minutes=1), False)),
        (HttpResponse(status=200, headers={}, body=b"<html>"), (timedelta(minutes=1), False)),
        (said(), (timedelta(minutes=1), False)),
        (said(data={"orders": 5}), (timedelta(minutes=1), False)),
        (said(errors=[{"message": "No", "extensions": {"code": "ACCESS_DENIED"}}]), (timedelta(hours=6), False)),
        (
            said(errors=[{"message": "Oh", "extensions": {"code": "INTERNAL_SERVER_ERROR"}}]),
            (timedelta(minutes=1), False),
        ),
    ],
)
def test_what_goes_wrong_says_when_to_ask_again(outcome: HttpOutcome, stopped: tuple[timedelta, bool]) -> None:
    step = FEED.read(answered(outcome), WINDOW, "")

    assert isinstance(step, Stopped), step
    assert (step.after, step.reconnect) == stopped
    assert step.held == (isinstance(outcome, HeldBack) or b"THROTTLED" in body_of(outcome))
    assert step.lacks == (b"ACCESS_DENIED" in body_of(outcome))
    assert step.reason


def test_what_the_app_may_not_see_of_an_order_is_left_out_of_it() -> None:
    shop = visit(a_sale())
    (told,) = pages(FEED, shop.access)[0].told
    partly = json.loads(told.body)
    partly["data"]["orders"]["nodes"][0] |= {"customer": None, "email": None}
    partly["errors"] = [{"message": "Not approved", "extensions": {"code": "ACCESS_DENIED"}}]
    step = FEED.read(answered(said(**partly)), WINDOW, "")

    assert isinstance(step, Page)
    (found,) = understood(step.told[0])
    assert isinstance(found, OrderSnapshot)
    assert (found.number, found.buyer) == ("#1001", None)


def test_where_a_parcel_is_and_when_it_will_come_is_told_by_the_interface() -> None:
    (found,) = CONNECTOR.parse(recorded("shopify/api/order/whole.json"))
    assert isinstance(found, OrderSnapshot)
    (parcel,) = found.parcels or ()

    assert (parcel.state, parcel.said, parcel.last_scan) == (TrackingState.IN_TRANSIT, "in_transit", "Sorted, Leipzig")
    assert parcel.last_scan_at == datetime(2026, 11, 20, 5, 40, tzinfo=UTC)
    assert parcel.expected_at == datetime(2026, 11, 21, 18, tzinfo=UTC)


@pytest.mark.parametrize("outcome", [THROTTLED, HttpResponse(status=401, headers={}, body=b""), Unanswered(reason="x")])
@pytest.mark.parametrize("ref", [OrderRef(number="#1003"), OrderRef(number="#1003", external_id="821003")])
def test_one_order_that_could_not_be_read_says_why(outcome: HttpOutcome, ref: OrderRef) -> None:
    assert isinstance(DOOR.read(ref, answered(outcome)), Stopped)
