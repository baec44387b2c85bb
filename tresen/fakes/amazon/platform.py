"""Amazon's interface for one seller's account: its token, its operations, how often each may be asked."""

import json
from collections.abc import Callable, Mapping
from secrets import token_hex

from werkzeug.exceptions import HTTPException
from werkzeug.routing import Map, Rule
from werkzeug.wrappers import Request, Response

from tresen.fakes.amazon import inventory, orders
from tresen.fakes.amazon.answers import Refusal, said
from tresen.fakes.amazon.messaging import MESSAGES, Messaging
from tresen.fakes.amazon.queue import Queue
from tresen.fakes.amazon.reports import Reports
from tresen.fakes.faults import Bucket
from tresen.fakes.world import World

type Answering = Callable[[Request, Mapping[str, str]], Response]

RATES: Mapping[str, tuple[float, float]] = {
    "searchOrders": (0.0056, 20),
    "getOrder": (0.5, 30),
    "confirmShipment": (2, 10),
    "getMarketplaceParticipations": (0.016, 15),
    "createReport": (0.0167, 15),
    "getReport": (2, 15),
    "getReportDocument": (0.0167, 15),
    "getInventorySummaries": (2, 2),
    "getMessagingActionsForOrder": (1, 5),
    "getSolicitationActionsForOrder": (1, 5),
    "createProductReviewAndSellerFeedbackSolicitation": (1, 5),
    "createMessage": (1, 5),
}
"""How often each operation may be asked: a second, and at once (the models' usage plans)."""


KEYS: Mapping[str, str] = {
    "client_id": "app",
    "client_secret": "app-secret",
    "refresh_token": "Atzr|refresh",
    "queue_key": "AKIDEXAMPLE",
    "queue_secret": "queue-secret",
}
"""What lets a store in, by the names of the connector's fields."""


class FakeAmazon:
    """One account, in one marketplace. `keys` are what a token is given for; `denied` the roles' data it lacks."""

    title = "Amazon"

    def __init__(
        self,
        world: World,
        *,
        marketplace: str = "A1PA6795UKMFR9",
        store_name: str = "Birkenhof",
        keys: Mapping[str, str] | None = None,
        rates: Mapping[str, tuple[float, float]] = RATES,
        a_page: int = 100,
    ) -> None:
        self.world, self.marketplace, self.store_name, self.a_page = world, marketplace, store_name, a_page
        self.keys = dict(KEYS if keys is None else keys)
        self.rates = rates
        self.reports = Reports(world)
        self.messaging = Messaging(world)
        self.queue = Queue(world, marketplace, key_id=self.keys["queue_key"], secret=self.keys["queue_secret"])
        self.denied: frozenset[str] = frozenset()
        self.tokens: set[str] = set()
        self.buckets = {name: Bucket(per_second=rate, burst=burst) for name, (rate, burst) in rates.items()}
        self._map = Map([Rule(path, endpoint=name, methods=[method]) for method, path, name in ROUTES])

    def answer(self, request: Request) -> Response:
        """What Amazon says, with the rate of the operation and a number for its support."""
        try:
            name, values = self._map.bind_to_environ(request.environ).match()
        except HTTPException as no:
            return Refusal(no.code or 404, "NotFound", "There is no such operation.").response()
        try:
            answer = self._answered(request, name, values)
        except Refusal as no:
            answer = no.response()
        if name in self.rates:
            answer.headers["x-amzn-RateLimit-Limit"] = str(self.rates[name][0])
        answer.headers["x-amzn-RequestId"] = token_hex(8)
        return answer

    def _answered(self, request: Request, name: str, values: Mapping[str, str]) -> Response:
        if name == "token":
            return self._token(request)
        if name == "prepared":
            return self.reports.fetch(request, values["report"])
        if name == "queue":
            return self.queue.answer(request)
        self._let_in(request, name)
        return self._operation(name)(request, values)

    def too_many(self) -> Response:
        """Its 429."""
        answer = Refusal(429, "QuotaExceeded", "You exceeded your quota for the requested resource.").response()
        answer.headers["x-amzn-RateLimit-Limit"] = "1"
        return answer

    def broken(self) -> Response:
        """Its 500."""
        return Refusal(500, "InternalFailure", "We encountered an internal error. Please try again.").response()

    def _operation(self, name: str) -> Answering:
        operations: Mapping[str, Answering] = {
            "getMarketplaceParticipations": lambda _request, _values: self._participations(),
            "searchOrders": lambda request, _values: orders.search(
                request, self.world, self.marketplace, most=self.a_page
            ),
            "getOrder": lambda request, values: orders.get(request, self.world, self.marketplace, values["order"]),
            "createReport": lambda request, _values: self.reports.create(request),
            "getReport": lambda _request, values: self.reports.get(values["report"]),
            "getReportDocument": lambda request, values: self.reports.document(request.root_url, values["document"]),
            "getInventorySummaries": lambda request, _values: inventory.summaries(
                request, self.world, self.marketplace, a_page=self.a_page
            ),
            "getMessagingActionsForOrder": lambda request, values: self.messaging.offered(
                request, values["order"], requests=False
            ),
            "getSolicitationActionsForOrder": lambda request, values: self.messaging.offered(
                request, values["order"], requests=True
            ),
            "createMessage": lambda request, values: self.messaging.message(request, values["order"], values["kind"]),
            "createProductReviewAndSellerFeedbackSolicitation": lambda request, values: self.messaging.request(
                request, values["order"]
            ),
            "confirmShipment": lambda request, values: orders.confirm_shipment(request, self.world, values["order"]),
        }
        return operations[name]

    def _let_in(self, request: Request, name: str) -> None:
        """Raises Refusal for who has no token, lacks a role, or asks too often."""
        if request.headers.get("x-amz-access-token", "") not in self.tokens:
            raise Refusal(403, "Unauthorized", "Access to requested resource is denied.")
        restricted = orders.RESTRICTED & orders.included(request) if "includedData" in request.args else frozenset()
        if self.denied & ({name} | restricted):
            raise Refusal(403, "Unauthorized", "Access to requested resource is denied.")
        if name in self.buckets and self.buckets[name].take():
            raise Refusal(429, "QuotaExceeded", "You exceeded your quota for the requested resource.")

    def _token(self, request: Request) -> Response:
        form = request.form
        if {name: form.get(name) for name in ("client_id", "client_secret")} != {
            name: self.keys[name] for name in ("client_id", "client_secret")
        }:
            return said({"error": "invalid_client", "error_description": "Client authentication failed"}, 401)
        if form.get("grant_type") != "refresh_token" or form.get("refresh_token") != self.keys["refresh_token"]:
            return said({"error": "invalid_grant", "error_description": "The request has an invalid grant"}, 400)
        token = f"Atza|{token_hex(16)}"
        self.tokens.add(token)
        refresh = self.keys["refresh_token"]
        given = {"access_token": token, "token_type": "bearer", "expires_in": 3600, "refresh_token": refresh}
        return said(given)

    def _participations(self) -> Response:
        here = {
            "marketplace": {
                "id": self.marketplace,
                "name": "Amazon",
                "countryCode": "DE",
                "defaultCurrencyCode": "EUR",
                "defaultLanguageCode": "de_DE",
                "domainName": "www.amazon.example",
            },
            "storeName": self.store_name,
            "participation": {"isParticipating": True, "hasSuspendedListings": False},
        }
        return Response(json.dumps({"payload": [here]}), content_type="application/json")


ROUTES: tuple[tuple[str, str, str], ...] = (
    ("POST", "/auth/o2/token", "token"),
    ("GET", "/sellers/v1/marketplaceParticipations", "getMarketplaceParticipations"),
    ("GET", "/orders/2026-01-01/orders", "searchOrders"),
    ("GET", "/orders/2026-01-01/orders/<order>", "getOrder"),
    ("POST", "/reports/2021-06-30/reports", "createReport"),
    ("GET", "/reports/2021-06-30/reports/<report>", "getReport"),
    ("GET", "/reports/2021-06-30/documents/<document>", "getReportDocument"),
    ("GET", "/prepared/<report>", "prepared"),
    ("POST", "/queue/<account>/<queue>", "queue"),
    ("GET", "/fba/inventory/v1/summaries", "getInventorySummaries"),
    ("GET", "/messaging/v1/orders/<order>", "getMessagingActionsForOrder"),
    ("POST", f"/messaging/v1/orders/<order>/messages/<any({', '.join(MESSAGES)}):kind>", "createMessage"),
    ("GET", "/solicitations/v1/orders/<order>", "getSolicitationActionsForOrder"),
    (
        "POST",
        "/solicitations/v1/orders/<order>/solicitations/productReviewAndSellerFeedback",
        "createProductReviewAndSellerFeedbackSolicitation",
    ),
    ("POST", "/orders/v0/orders/<order>/shipmentConfirmation", "confirmShipment"),
)
