"""The fake of Amazon keeps to what Amazon's interface is known for."""

import base64
import gzip
import json
from datetime import timedelta

import pytest
from werkzeug.test import Client
from werkzeug.wrappers import Request

from tests.fakes.test_world import a_sale
from tresen.fakes.amazon import FakeAmazon
from tresen.fakes.sales import Shelved
from tresen.fakes.world import World
from tresen.timekeeping import wall

KEYS = {"client_id": "app", "client_secret": "app-secret", "refresh_token": "Atzr|refresh"}
ORDERS = "/orders/2026-01-01/orders"


def opened(**settings: object) -> tuple[FakeAmazon, Client, dict[str, str]]:
    """An account with one order, somebody who asks, and the headers of who may."""
    sale = a_sale()
    sale.ordered_at = sale.changed_at = wall.now() - timedelta(hours=1)
    world = World(clock=wall.now)
    world.fill(sales=[sale])
    fake = FakeAmazon(world, **settings)  # type: ignore[arg-type]
    client = Client(Request.application(fake.answer))
    token = client.post("/auth/o2/token", data={"grant_type": "refresh_token", **KEYS}).get_json()["access_token"]
    return fake, client, {"x-amz-access-token": token}


def since(hours: float) -> str:
    return (wall.now() - timedelta(hours=hours)).isoformat()


def test_without_a_token_nothing_is_told() -> None:
    _, client, _ = opened()

    answer = client.get(f"{ORDERS}/1001")

    assert answer.status_code == 403
    assert answer.get_json()["errors"][0]["code"] == "Unauthorized"


def test_a_token_is_given_for_the_right_secrets_alone() -> None:
    _, client, _ = opened()

    for name, status in (("refresh_token", 400), ("client_secret", 401)):
        answer = client.post("/auth/o2/token", data={"grant_type": "refresh_token", **KEYS, name: "wrong"})
        assert answer.status_code == status


def test_an_order_tells_only_what_was_asked_for() -> None:
    _, client, headers = opened()

    bare = client.get(f"{ORDERS}/1001", headers=headers).get_json()["order"]
    full = client.get(f"{ORDERS}/1001?includedData=BUYER,FULFILLMENT", headers=headers).get_json()["order"]

    assert full.keys() - bare.keys() == {"buyer", "fulfillment"}
    assert client.get(f"{ORDERS}/1001?includedData=ALL", headers=headers).status_code == 400


def test_a_search_wants_one_beginning_and_an_end_that_is_two_minutes_old() -> None:
    _, client, headers = opened()

    for query, status in (
        ({}, 400),
        ({"createdAfter": since(2), "lastUpdatedAfter": since(2)}, 400),
        ({"lastUpdatedAfter": since(2), "lastUpdatedBefore": since(0)}, 400),
        ({"lastUpdatedAfter": since(2), "paginationToken": "?"}, 400),
        ({"lastUpdatedAfter": since(2)}, 200),
    ):
        assert client.get(ORDERS, query_string=query, headers=headers).status_code == status


def test_who_asks_too_often_is_refused_and_told_the_rate() -> None:
    _, client, headers = opened(rates={"getOrder": (0.5, 1)})

    answers = [client.get(f"{ORDERS}/1001", headers=headers) for _ in range(2)]

    assert [one.status_code for one in answers] == [200, 429]
    assert answers[1].headers["x-amzn-RateLimit-Limit"] == "0.5"
    assert json.loads(answers[1].get_data())["errors"][0]["code"] == "QuotaExceeded"


def test_what_is_not_there_is_said_so() -> None:
    _, client, headers = opened()

    assert client.get(f"{ORDERS}/9", headers=headers).status_code == 404
    assert client.get("/no/such/thing", headers=headers).status_code == 404


def test_a_page_of_the_warehouse_is_forgotten_after_half_a_minute() -> None:
    fake, client, headers = opened(a_page=1, rates={})
    fake.world.fill(
        stock=[
            Shelved(sku=sku, item="B1", title="Lamp", available=1, changed_at=wall.now()) for sku in ("LW-1", "LW-2")
        ]
    )
    query = {"granularityType": "Marketplace", "granularityId": fake.marketplace, "marketplaceIds": fake.marketplace}
    first = client.get("/fba/inventory/v1/summaries", query_string=query, headers=headers).get_json()
    token = first["pagination"]["nextToken"]
    old = base64.urlsafe_b64encode(json.dumps(["LW-1", since(1)]).encode()).decode()

    for place, status in ((token, 200), (old, 400), ("?", 400)):
        answer = client.get("/fba/inventory/v1/summaries", query_string=query | {"nextToken": place}, headers=headers)
        assert answer.status_code == status


def test_a_report_opens_to_who_knows_its_address_and_to_nobody_else() -> None:
    fake, client, headers = opened()
    fake.reports.looks = 0
    fake.world.ask_for_return("1001", reason="Too big").asked_at = wall.now() - timedelta(hours=1)
    body = {
        "reportType": "GET_FLAT_FILE_RETURNS_DATA_BY_RETURN_DATE",
        "marketplaceIds": [fake.marketplace],
        "dataStartTime": since(2),
        "dataEndTime": since(0),
    }
    number = client.post("/reports/2021-06-30/reports", json=body, headers=headers).get_json()["reportId"]
    report = client.get(f"/reports/2021-06-30/reports/{number}", headers=headers).get_json()
    document = client.get(f"/reports/2021-06-30/documents/{report['reportDocumentId']}", headers=headers).get_json()

    assert b"Too big" in gzip.decompress(client.get(document["url"]).get_data())
    assert client.get(document["url"].partition("?")[0]).status_code == 403
    assert client.get(document["url"], headers=headers).status_code == 400


def test_a_queue_takes_no_word_that_is_not_signed() -> None:
    _, client, _ = opened()

    answer = client.post("/queue/1/orders", data="{}", headers={"X-Amz-Target": "AmazonSQS.ReceiveMessage"})

    assert answer.status_code == 403
    assert "InvalidSignature" in answer.get_json(force=True)["__type"]


@pytest.mark.parametrize(
    "changes",
    [
        {"packageReferenceId": "first"},
        {"carrierCode": "Other"},
        {"shipDate": "2099-01-01T00:00:00Z"},
        {"orderItems": [{"orderItemId": "9", "quantity": 1}]},
        {"trackingNumber": None},
    ],
)
def test_word_that_goods_have_left_is_taken_only_when_it_is_whole(changes: dict[str, object]) -> None:
    fake, client, headers = opened()
    package = {
        "packageReferenceId": "1",
        "carrierCode": "DHL",
        "trackingNumber": "003",
        "shipDate": since(0),
        "orderItems": [{"orderItemId": "1", "quantity": 2}],
    } | changes
    body = {
        "marketplaceId": fake.marketplace,
        "packageDetail": {name: value for name, value in package.items() if value is not None},
    }

    answer = client.post("/orders/v0/orders/1001/shipmentConfirmation", json=body, headers=headers)

    assert answer.status_code == 400
    assert fake.world.sale("1001").parcels == []


def test_a_message_is_taken_once_and_as_long_as_its_kind_allows() -> None:
    fake, client, headers = opened()
    address = f"/messaging/v1/orders/1001/messages/digitalAccessKey?marketplaceIds={fake.marketplace}"

    statuses = [
        client.post(address, json={"text": text}, headers=headers).status_code
        for text in ("x" * 401, "me@shop.example", "ABC-123", "ABC-123")
    ]

    assert statuses == [400, 400, 201, 403]
