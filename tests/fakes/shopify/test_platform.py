"""The fake Shopify speaks a part of the real schema, counts costs and checks who asks."""

import json
from collections.abc import Mapping
from typing import Any

import pytest
from graphql import GraphQLEnumType, GraphQLInputObjectType, GraphQLInterfaceType, GraphQLObjectType
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Request, Response

from tests.channels.shopify.shop import ADMIN, TOKEN, a_sale, visit
from tests.channels.specifications.documents import needs_specifications
from tresen.fakes.faults import Bucket
from tresen.fakes.shopify.platform import PATH, FakeShopify, schema


@pytest.fixture
def fake() -> FakeShopify:
    return visit(a_sale(1001), a_sale(1002)).fake


def ask(
    fake: FakeShopify, query: str | None, *, token: str = TOKEN, path: str = PATH, method: str = "POST"
) -> Response:
    body = json.dumps({"query": query}) if method == "POST" else None
    headers = {"X-Shopify-Access-Token": token}
    return fake.answer(Request(EnvironBuilder(path=path, method=method, data=body, headers=headers).get_environ()))


def told(answer: Response) -> Mapping[str, Any]:
    assert answer.status_code == 200
    return json.loads(answer.get_data())


def code(answer: Response) -> str:
    return str(told(answer)["errors"][0]["extensions"]["code"])


ORDERS = "query { orders(first: %d) { nodes { name totalPriceSet { shopMoney { amount } } } } }"


@needs_specifications
def test_what_it_speaks_is_a_part_of_shopifys_schema() -> None:
    for name, ours in schema().type_map.items():
        if name.startswith("__") or name in {"Boolean", "Int", "String", "ID", "Float"}:
            continue
        theirs = ADMIN.schema.type_map[name]
        assert type(theirs) is type(ours), name
        if isinstance(ours, GraphQLEnumType):
            assert set(ours.values) <= set(theirs.values), name  # type: ignore[attr-defined]
        if isinstance(ours, GraphQLObjectType | GraphQLInterfaceType | GraphQLInputObjectType):
            for field_name, field in ours.fields.items():
                known = theirs.fields[field_name]  # type: ignore[attr-defined]
                assert str(known.type) == str(field.type), f"{name}.{field_name}"
                assert set(getattr(field, "args", {})) <= set(getattr(known, "args", {})), f"{name}.{field_name}"


def test_who_does_not_know_the_token_is_not_let_in(fake: FakeShopify) -> None:
    assert ask(fake, ORDERS % 1, token="wrong").status_code == 401


def test_another_path_or_method_is_none(fake: FakeShopify) -> None:
    assert ask(fake, ORDERS % 1, path="/admin/api/2019-01/graphql.json").status_code == 404
    assert ask(fake, ORDERS % 1, method="GET").status_code == 405


def test_it_says_what_a_query_costs(fake: FakeShopify) -> None:
    cost = told(ask(fake, ORDERS % 10))["extensions"]["cost"]

    assert cost["requestedQueryCost"] == 2 + 10 * 3
    assert cost["actualQueryCost"] == 1 + 2 * 3


def test_a_query_that_is_too_dear_is_not_run(fake: FakeShopify) -> None:
    dear = "query { orders(first: 250) { nodes { lineItems(first: 10) { nodes { id } } } } }"
    assert code(ask(fake, dear)) == "MAX_COST_EXCEEDED"


def test_who_asks_too_much_is_throttled_with_status_200(fake: FakeShopify) -> None:
    fake.bucket = Bucket(per_second=0.01, burst=34)

    assert "data" in told(ask(fake, ORDERS % 10))
    assert code(ask(fake, ORDERS % 11)) == "THROTTLED"


def test_what_the_app_has_no_right_to_is_denied(fake: FakeShopify) -> None:
    fake.shop.scopes = frozenset({"read_orders"})

    assert code(ask(fake, "query { disputes(first: 1) { nodes { legacyResourceId } } }")) == "ACCESS_DENIED"


def test_a_page_needs_a_size_of_at_most_250(fake: FakeShopify) -> None:
    assert code(ask(fake, "query { orders { nodes { id } } }")) == "BAD_REQUEST"
    assert code(ask(fake, "query { orders(first: 251) { nodes { id } } }")) == "BAD_REQUEST"


def test_what_is_no_query_is_said_so(fake: FakeShopify) -> None:
    assert "errors" in told(ask(fake, "query {"))
    assert "errors" in told(ask(fake, "query { unheard }"))
    assert ask(fake, None).status_code == 400
