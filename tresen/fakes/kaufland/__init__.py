"""A fake Kaufland: the Seller API, as far as our connector asks it, for one seller at one site."""

import hmac
import json
from collections.abc import Callable, Mapping
from hashlib import sha256
from time import time
from typing import Any
from urllib.parse import quote

from werkzeug.exceptions import HTTPException
from werkzeug.routing import Map, Rule
from werkzeug.wrappers import Request, Response

from tresen.fakes.faults import Bucket
from tresen.fakes.kaufland import beside, orders, pushes, returns, stock, tickets
from tresen.fakes.kaufland.answering import Refusal, answered, wrong
from tresen.fakes.world import NotPossible, World

type Handler = Callable[..., object]

CLIENT_KEY, SECRET_KEY = "inventedclientkey", "invented-secret-key"
_CLOCKS_APART = 300
"""Seconds that a request's time may differ from the server's."""
_HANDLERS: Mapping[str, tuple[str, str, Handler]] = {
    "GetAllStorefronts": ("GET", "/info/storefront", orders.storefronts),
    "GetCarriers": ("GET", "/carriers", orders.carriers),
    "GetOrders": ("GET", "/order-units", orders.listed),
    "GetOrder": ("GET", "/orders/<id_order>", orders.one),
    "GetOrderUnit": ("GET", "/order-units/<int:id_order_unit>", beside.unit),
    "CancelOrderUnit": ("PATCH", "/order-units/<int:id_order_unit>/cancel", orders.cancel),
    "SendOrderUnit": ("PATCH", "/order-units/<int:id_order_unit>/send", orders.send),
    "RefundOrderUnit": ("PATCH", "/order-units/<int:id_order_unit>/refund", orders.refund),
    "GetReturns": ("GET", "/returns", returns.listed),
    "GetReturn": ("GET", "/returns/<int:id_return>", returns.one),
    "GetReturnUnit": ("GET", "/return-units/<int:id_return_unit>", returns.unit),
    "AcceptReturnUnit": ("PATCH", "/return-units/<int:id_return_unit>/accept", returns.accept),
    "RejectReturnUnit": ("PATCH", "/return-units/<int:id_return_unit>/reject", returns.reject),
    "getUnits": ("GET", "/units", stock.listed),
    "GetTickets": ("GET", "/tickets", tickets.listed),
    "OpenTicket": ("POST", "/tickets", tickets.begin),
    "GetTicket": ("GET", "/tickets/<id_ticket>", tickets.one),
    "CreateTicketMessage": ("POST", "/tickets/<id_ticket>/messages", tickets.write),
    "CloseTicket": ("PATCH", "/tickets/<id_ticket>/close", tickets.close),
    "GetSubscriptions": ("GET", "/subscriptions", pushes.listed),
    "AddSubscription": ("POST", "/subscriptions", pushes.add),
    "UpdateSubscription": ("PATCH", "/subscriptions/<int:id_subscription>", pushes.change),
}


class FakeKaufland:
    """One seller's account. A request must be signed by its keys; `site` is where the seller sells."""

    title = "Kaufland"

    def __init__(
        self, world: World, *, site: str = "de", clock: Callable[[], float] = time, per_second: float = 111.0
    ) -> None:
        self.world = world
        self.site = site
        self.sent: set[int] = set()
        self.cancelled: set[int] = set()
        self.by_service: set[str] = set()
        self.closed: dict[str, str] = {}
        self.interim: set[str] = set()
        """Our letters that left the ticket with us."""
        self.pushes = pushes.Subscriptions({})
        self.bucket = Bucket(per_second=per_second, burst=per_second * 2)
        self.clock = clock
        self._paths = Map(
            [Rule(path, endpoint=name, methods=[method]) for name, (method, path, _) in _HANDLERS.items()]
        )

    def answer(self, request: Request) -> Response:
        """What Kaufland says."""
        if complaint := self._not_proven(request):
            return wrong(complaint, status=401)
        if self.bucket.take():
            return self.too_many()
        try:
            name, values = self._paths.bind_to_environ(request.environ).match()
        except HTTPException:
            return wrong("/problems/not-found", status=404)
        return self._handled(name, request, values)

    def _handled(self, name: str, request: Request, values: Mapping[str, Any]) -> Response:
        try:
            with self.world.alone():
                told = _HANDLERS[name][2](self, request, **values)
        except Refusal as refusal:
            return wrong(refusal.problem, status=refusal.status, words=str(refusal))
        except NotPossible as refusal:
            return wrong("/problems/action-not-allowed", status=400, words=str(refusal))
        except (KeyError, ValueError, json.JSONDecodeError) as refusal:
            return wrong("/problems/validation-error", status=400, words=str(refusal))
        return _written(told, request)

    def too_many(self) -> Response:
        """More than 111 requests in a second."""
        return wrong("about:blank", status=429, words="Too Many Requests")

    def broken(self) -> Response:
        """An error on Kaufland's side."""
        return wrong("/problems/server-error", status=500)

    def _not_proven(self, request: Request) -> str:
        """Why a request is not known as this seller's; empty where it is."""
        said = {name: request.headers.get(f"Shop-{name}", "") for name in ("Client-Key", "Timestamp", "Signature")}
        if not all(said.values()) or not said["Timestamp"].isdecimal():
            return "/problems/missing-or-invalid-request-header"
        if said["Client-Key"] != CLIENT_KEY or abs(int(said["Timestamp"]) - self.clock()) > _CLOCKS_APART:
            return "/problems/invalid-credentials"
        lines = (request.method.encode(), _address(request).encode(), request.get_data(), said["Timestamp"].encode())
        wanted = hmac.new(SECRET_KEY.encode(), b"\n".join(lines), sha256).hexdigest()
        return "" if hmac.compare_digest(wanted, said["Signature"]) else "/problems/corrupted-signature"


def _address(request: Request) -> str:
    """The address as it was sent."""
    path = quote(request.root_path + request.path, safe="/")
    query = request.query_string.decode()
    return f"{request.scheme}://{request.host}{path}{'?' if query else ''}{query}"


def _written(told: Any, request: Request) -> Response:
    if isinstance(told, Response):
        return told
    if told is None:
        return Response(status=201 if request.method == "POST" else 204)
    return answered(told, status=201 if request.method == "POST" else 200)
