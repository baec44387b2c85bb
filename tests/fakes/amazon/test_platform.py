"""The fake of Amazon keeps to what Amazon's interface is known for."""

import json
from datetime import timedelta

from werkzeug.test import Client
from werkzeug.wrappers import Request

from tests.fakes.test_world import a_sale
from tresen.fakes.amazon.platform import Amazon
from tresen.fakes.world import World
from tresen.timekeeping import wall

KEYS = {"client_id": "app", "client_secret": "app-secret", "refresh_token": "Atzr|refresh"}
ORDERS = "/orders/2026-01-01/orders"


def opened(**settings: object) -> tuple[Amazon, Client, dict[str, str]]:
    """An account with one order, somebody who asks, and the headers of who may."""
    sale = a_sale()
    sale.ordered_at = sale.changed_at = wall.now() - timedelta(hours=1)
    world = World(clock=wall.now)
    world.fill(sales=[sale])
    fake = Amazon(world, **settings)  # type: ignore[arg-type]
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
