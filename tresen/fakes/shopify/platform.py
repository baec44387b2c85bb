"""Shopify's Admin API over HTTP: who asks, how much it costs, and what is answered."""

import json
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from graphql import (
    DocumentNode,
    GraphQLError,
    GraphQLSchema,
    build_schema,
    execute_sync,
    parse,
    validate,
)
from werkzeug.wrappers import Request, Response

from tresen.fakes.faults import Bucket
from tresen.fakes.shopify.acting import mutation_root
from tresen.fakes.shopify.costing import MOST, Reckoning, objects_in
from tresen.fakes.shopify.resolving import Shop, query_root
from tresen.fakes.world import World

PATH = "/admin/api/2026-10/graphql.json"
_SCHEMA = Path(__file__).with_name("schema.graphql")
_PER_SECOND, _BURST = 100.0, 2000.0


@dataclass(slots=True, kw_only=True)
class FakeShopify:
    """One shop with an app of ours, known by its `token`."""

    world: World
    token: str
    title: str = "Shopify"
    shop: Shop = field(init=False)
    bucket: Bucket = field(default_factory=lambda: Bucket(per_second=_PER_SECOND, burst=_BURST))

    def __post_init__(self) -> None:
        self.shop = Shop(world=self.world)

    def answer(self, request: Request) -> Response:
        """One query or mutation."""
        if request.path.rstrip("/") != PATH:
            return _said({"errors": "Not Found"}, status=404)
        if request.method != "POST":
            return _said({"errors": "Method Not Allowed"}, status=405)
        if request.headers.get("X-Shopify-Access-Token") != self.token:
            return _said(
                {"errors": "[API] Invalid API key or access token (unrecognized login or wrong password)"}, 401
            )
        try:
            asked = json.loads(request.get_data())
            document = parse(asked["query"])
        except (ValueError, KeyError, TypeError):
            return _said({"errors": {"query": "Required parameter missing or invalid"}}, status=400)
        except GraphQLError as wrong:
            return _said({"errors": [wrong.formatted]})
        return self._executed(document, asked.get("variables") or {}, request)

    def too_many(self) -> Response:
        """Its refusal for the cost: no 429, but 200 with an error in it."""
        return self._throttled(MOST)

    def broken(self) -> Response:
        """A fault on its side."""
        return _said({"errors": "Internal Server Error"}, status=502)

    def _executed(self, document: DocumentNode, variables: dict[str, Any], request: Request) -> Response:
        if wrong := validate(schema(), document):
            return _said({"errors": [one.formatted for one in wrong]})
        cost = Reckoning(schema=schema(), document=document, variables=variables).cost()
        if cost > MOST:
            return _said({"errors": [_too_dear(cost)]})
        if self.bucket.take(cost):
            return self._throttled(cost)
        with self.world.alone():
            roots = {**query_root(self.shop), **mutation_root(self.shop)}
            result = execute_sync(
                schema(), document, root_value=roots, variable_values=variables, context_value=request.environ
            )
        actual = min(cost, objects_in(result.data)) if result.data else 0
        self.bucket.take(actual - cost)  # what was not needed is given back
        told: dict[str, Any] = {"data": result.data}
        if result.errors:
            told["errors"] = [one.formatted for one in result.errors]
        return _said(told | {"extensions": {"cost": self._cost(cost, actual)}})

    def _throttled(self, cost: int) -> Response:
        wrong = {"message": "Throttled", "extensions": {"code": "THROTTLED"}}
        return _said({"errors": [wrong], "extensions": {"cost": self._cost(cost, None)}})

    def _cost(self, requested: int, actual: int | None) -> dict[str, Any]:
        status = {"maximumAvailable": _BURST, "currentlyAvailable": int(self.bucket.left), "restoreRate": _PER_SECOND}
        return {"requestedQueryCost": requested, "actualQueryCost": actual, "throttleStatus": status}


@cache
def schema() -> GraphQLSchema:
    """What the fake speaks."""
    return build_schema(_SCHEMA.read_text(encoding="utf-8"))


def _too_dear(cost: int) -> dict[str, Any]:
    return {
        "message": f"Query cost is {cost}, which exceeds the single query max cost limit ({MOST}).",
        "extensions": {"code": "MAX_COST_EXCEEDED", "cost": cost, "maxCost": MOST},
    }


def _said(told: dict[str, Any], status: int = 200) -> Response:
    return Response(json.dumps(told), status=status, mimetype="application/json")
