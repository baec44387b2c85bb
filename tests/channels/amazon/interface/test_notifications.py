"""What the notifications mean."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.channels.payloads import RECEIVED, RECORDED
from tresen.channels.amazon import CONNECTOR
from tresen.channels.cases import CaseKind, CaseStep
from tresen.channels.contract import Ignored, NoticeKind, PlatformNotice, RawPayload, Source, StoreView, Unreadable
from tresen.channels.order_news import FulfilledBy, OrderNamed, OrderSnapshot, OrderState, StockNotice

NUMBER = "303-1000001-2000001"
CHANGED = "2026-11-20T17:00:00Z"
HERE, ELSEWHERE = "A1PA6795UKMFR9", "APJ6JRA9NG5V4"


def read(kind: str, payload: dict[str, Any], *, marketplace: str = "amazon.de") -> list[Any]:
    """What is said, beside which order it names."""
    return [one for one in meanings(kind, payload, marketplace=marketplace) if not isinstance(one, OrderNamed)]


def meanings(kind: str, payload: dict[str, Any], *, marketplace: str = "amazon.de") -> list[Any]:
    told = {"NotificationType": kind, "EventTime": CHANGED, "Payload": payload}
    return list(
        CONNECTOR.parse(
            RawPayload(
                number=1,
                source=Source.API,
                body=json.dumps(told).encode(),
                received_at=RECEIVED,
                recorded_at=RECORDED,
                store=StoreView(id=1, channel="amazon", marketplace=marketplace),
                about="notifications",
            )
        )
    )


def changed(
    status: str = "Unshipped", *, kind: str = "OrderStatusChange", asked: bool = False, place: str = HERE
) -> dict[str, Any]:
    change = {
        "AmazonOrderId": NUMBER,
        "OrderChangeType": kind,
        "OrderChangeTrigger": {"TimeOfOrderChange": "2026-11-20T16:59:00Z", "ChangeReason": "Buyer Requested Cancel"},
        "Summary": {
            "MarketplaceId": place,
            "OrderStatus": status,
            "FulfillmentType": "MFN",
            "LatestShipDate": "2026-11-21T22:59:59Z",
            "OrderItems": [{"OrderItemId": "1", "SellerSKU": "LW-1", "IsBuyerRequestedCancel": asked}],
        },
    }
    return {"OrderChangeNotification": change}


def test_an_order_that_changed_is_told_in_part_and_never_overrules_its_own_telling() -> None:
    (found,) = read("ORDER_CHANGE", changed("Shipped"))

    assert found == OrderSnapshot(
        number=NUMBER,
        changed_at=datetime(2026, 11, 20, 16, 57, tzinfo=UTC),
        state=OrderState.SHIPPED,
        fulfilled_by=FulfilledBy.US,
        ship_by=datetime(2026, 11, 21, 22, 59, 59, tzinfo=UTC),
    )


def test_a_buyer_who_wants_to_cancel_is_a_notice_with_a_case() -> None:
    order, notice = read("ORDER_CHANGE", changed(kind="BuyerRequestedChange", asked=True))

    assert order.cancel_asked_at == datetime(2026, 11, 20, 16, 59, tzinfo=UTC)
    assert isinstance(notice, PlatformNotice)
    assert (notice.kind, notice.order_ids) == (NoticeKind.CANCELLATION_REQUESTED, (NUMBER,))
    assert (notice.case.step, notice.case.kind) == (CaseStep.OPENED, CaseKind.CANCELLATION)


def test_the_case_is_over_when_the_order_is_cancelled() -> None:
    order, notice = read("ORDER_CHANGE", changed("Canceled", asked=True))

    assert (order.state, order.cancel_asked_at) == (OrderState.CANCELLED, None)
    assert (notice.kind, notice.case.step) == (NoticeKind.CANCELLED, CaseStep.CLOSED)


def test_a_wish_that_came_too_late_is_no_case() -> None:
    assert [type(one) for one in read("ORDER_CHANGE", changed("Shipped", kind="BuyerRequestedChange", asked=True))] == [
        OrderSnapshot
    ]


def test_the_same_change_told_twice_is_one_notice() -> None:
    first, second = (read("ORDER_CHANGE", changed(kind="BuyerRequestedChange", asked=True))[1] for _ in range(2))

    assert first.external_id == second.external_id


def test_an_order_that_changed_is_named_so_that_it_is_read_whole() -> None:
    named = [one for one in meanings("ORDER_CHANGE", changed()) if isinstance(one, OrderNamed)]
    assert named == [OrderNamed(number=changed()["OrderChangeNotification"]["AmazonOrderId"])]

    assert not any(isinstance(one, OrderNamed) for one in meanings("ORDER_CHANGE", changed(place=ELSEWHERE)))


def test_what_is_about_another_marketplace_of_the_account_is_left_alone() -> None:
    assert read("ORDER_CHANGE", changed(place=ELSEWHERE)) == [Ignored(reason="another_marketplace")]
    assert len(read("ORDER_CHANGE", changed(place=ELSEWHERE), marketplace="amazon.it")) == 1


def test_stock_on_the_sellers_own_shelf() -> None:
    (found,) = read("LISTINGS_ITEM_MFN_QUANTITY_CHANGE", {"SellerId": "A", "Sku": "LW-1", "Quantity": 99})

    assert found == StockNotice(sku="LW-1", at=datetime(2026, 11, 20, 17, tzinfo=UTC), available=99)


def test_stock_in_amazons_warehouses() -> None:
    def at(place: str, fulfillable: int) -> dict[str, Any]:
        inventory = {
            "Fulfillable": fulfillable,
            "InboundQuantityBreakdown": {"Working": 1, "Shipped": 2, "Receiving": 3},
            "ReservedQuantityBreakdown": {"WarehouseProcessing": 4, "WarehouseTransfer": 5, "PendingCustomerOrder": 6},
        }
        return {"MarketplaceId": place, "ItemName": "Lamp", "FulfillmentInventory": inventory}

    payload = {
        "SKU": "LW-1",
        "ASIN": "B0BIRCH001",
        "FulfillmentInventoryByMarketplace": [at(ELSEWHERE, 7), at(HERE, 50)],
    }
    (found,) = read("FBA_INVENTORY_AVAILABILITY_CHANGES", payload)

    assert found == StockNotice(
        sku="LW-1",
        at=datetime(2026, 11, 20, 17, tzinfo=UTC),
        available=50,
        item_id="B0BIRCH001",
        title="Lamp",
        reserved=15,
        inbound=6,
    )


@pytest.mark.parametrize("kind", ["TRANSACTION_UPDATE", "FEED_PROCESSING_FINISHED", "SOMETHING_OF_NEXT_YEAR"])
def test_what_is_of_no_use_is_left_alone(kind: str) -> None:
    (found,) = read(kind, {"Anything": [1, {"Else": None}]})

    assert isinstance(found, Ignored)


@pytest.mark.parametrize("payload", [{}, {"OrderChangeNotification": {"AmazonOrderId": 5}}])
def test_what_is_not_as_documented_gives_a_reason(payload: dict[str, Any]) -> None:
    assert [type(one) for one in read("ORDER_CHANGE", payload)] == [Unreadable]


def test_nothing_happens_after_it_was_recorded() -> None:
    late = changed(kind="BuyerRequestedChange", asked=True)
    late["OrderChangeNotification"]["OrderChangeTrigger"]["TimeOfOrderChange"] = "2026-12-24T00:00:00Z"

    _, notice = read("ORDER_CHANGE", late)

    assert notice.occurred_at == RECORDED
    assert timedelta(0) < RECORDED - RECEIVED
