"""What a GraphQL interface would not take, or not say, is found."""

import json

import pytest

from tests.channels.specifications.documents import needs_specifications
from tests.channels.specifications.graphql import GraphInterface

pytestmark = needs_specifications

PATH = "/admin/api/2026-10/graphql.json"
ADMIN = GraphInterface("shopify/graphql/admin_2026-10.json.gz", path=PATH)
ADDRESS = f"https://shop.example{PATH}"
QUERY = "query One($id: ID!) { order(id: $id) { name lineItems(first: 1) { nodes { quantity } } returnStatus } }"


def asked(query: str = QUERY, **variables: object) -> bytes:
    return json.dumps({"query": query, "variables": variables}).encode()


def test_what_fits_is_not_complained_about() -> None:
    order = {"name": "#1", "lineItems": {"nodes": [{"quantity": 1}]}, "returnStatus": "NO_RETURN"}
    answer = json.dumps({"data": {"order": order}}).encode()

    assert ADMIN.complaints_about_request("POST", ADDRESS, asked(id="gid://shopify/Order/1")) == []
    assert ADMIN.complaints_about_answer(200, answer, asked=asked(id="1")) == []
    assert ADMIN.complaints_about_answer(200, b'{"data": {"order": null}}', asked=asked(id="1")) == []


@pytest.mark.parametrize(
    ("body", "complaint"),
    [
        (asked(), "id"),
        (asked("query { order(id: 1) { unheard } }"), "unheard"),
        (asked("query { orders(first: 1, sortKey: UNHEARD) { nodes { id } } }"), "UNHEARD"),
        (asked("query {"), "Syntax"),
    ],
)
def test_what_the_platform_would_not_take(body: bytes, complaint: str) -> None:
    found = ADMIN.complaints_about_request("POST", ADDRESS, body)

    assert any(complaint in one for one in found), found


@pytest.mark.parametrize(("method", "address"), [("GET", ADDRESS), ("POST", f"{ADDRESS}/orders")])
def test_it_is_asked_at_one_address_by_one_method(method: str, address: str) -> None:
    assert ADMIN.complaints_about_request(method, address, asked(id="1")) != []


@pytest.mark.parametrize(
    ("order", "complaint"),
    [
        ({"name": None}, "order/name is null"),
        ({"returnStatus": "UNHEARD"}, "UNHEARD"),
        ({"lineItems": {"nodes": [{"quantity": "1"}]}}, "no Int"),
        ({"lineItems": {}}, "nodes is missing"),
        ({"more": 1}, "was not asked for"),
        ({"lineItems": 5}, "no LineItemConnection"),
    ],
)
def test_what_the_platform_would_not_say(order: dict[str, object], complaint: str) -> None:
    usual = {"name": "#1", "lineItems": {"nodes": []}, "returnStatus": "NO_RETURN"}
    answer = json.dumps({"data": {"order": usual | order}}).encode()
    found = ADMIN.complaints_about_answer(200, answer, asked=asked(id="1"))

    assert any(complaint in one for one in found), found
