"""A fake Walmart: its Marketplace API, as far as our connector asks it."""

import json
from base64 import b64encode
from collections.abc import Callable, Mapping

from werkzeug.exceptions import HTTPException
from werkzeug.routing import Map, Rule
from werkzeug.wrappers import Request, Response

from tresen.fakes.faults import Bucket
from tresen.fakes.walmart import acting, orders, others
from tresen.fakes.walmart.answering import Refusal, answered, error
from tresen.fakes.world import NotPossible, World

CLIENT_ID, CLIENT_SECRET = "invented-client", "invented-client-secret"
_TOKEN = "invented-walmart-token"  # noqa: S105 - invented
_LASTS = 900
_HANDLERS: Mapping[str, tuple[str, str, Callable[..., object]]] = {
    "orders": ("GET", "/v3/orders", orders.listed),
    "acknowledge": ("POST", "/v3/orders/<order>/acknowledge", acting.acknowledge),
    "shipping": ("POST", "/v3/orders/<order>/shipping", acting.ship),
    "cancel": ("POST", "/v3/orders/<order>/cancel", acting.cancel),
    "refund": ("POST", "/v3/orders/<order>/refund", acting.refund),
    "returns": ("GET", "/v3/returns", others.returns),
    "inventories": ("GET", "/v3/inventories", others.inventories),
    "response rate": ("GET", "/v3/insights/performance/srr/summary", others.response_rate),
}


class FakeWalmart:
    """One seller's account. `split`: customers' orders whose lines are a purchase order each.

    `rate`: how many per cent of messages were answered in time, as Walmart has counted.
    """

    title = "Walmart"

    def __init__(self, world: World, *, per_second: float = 50.0, burst: float = 400.0) -> None:
        self.world = world
        self.split: set[str] = set()
        self.acknowledged: set[str] = set()
        self.rate: object = 97.5
        self.bucket = Bucket(per_second=per_second, burst=burst)
        rules = [Rule(path, endpoint=name, methods=[method]) for name, (method, path, _) in _HANDLERS.items()]
        self._paths = Map(rules)

    def answer(self, request: Request) -> Response:
        """What Walmart says."""
        if request.path == "/v3/token":
            return _token(request)
        if refused := _not_let_in(request):
            return refused
        if self.bucket.take():
            return self.too_many()
        try:
            name, values = self._paths.bind_to_environ(request.environ).match()
        except HTTPException as wrong:
            return error(wrong.code or 404, "NO_SUCH_PATH", wrong.name)
        return self._handled(name, request, values)

    def _handled(self, name: str, request: Request, values: Mapping[str, object]) -> Response:
        try:
            with self.world.alone():
                return answered(_HANDLERS[name][2](self, request, **values))
        except Refusal as refusal:
            return error(refusal.status, refusal.code, str(refusal))
        except (NotPossible, KeyError, ValueError, TypeError, json.JSONDecodeError) as wrong:
            return error(400, "INVALID_REQUEST_CONTENT.GMP_ORDER_API", str(wrong))

    def too_many(self) -> Response:
        """Walmart's 429."""
        return error(429, "REQUEST_THRESHOLD_VIOLATED.GMP_GATEWAY_API", "Too many requests.")

    def broken(self) -> Response:
        """An error on Walmart's side."""
        return error(500, "SYSTEM_ERROR.GMP_GATEWAY_API", "Internal server error.")


def _not_let_in(request: Request) -> Response | None:
    if request.headers.get("WM_SEC.ACCESS_TOKEN", "") != _TOKEN:
        return error(401, "UNAUTHORIZED.GMP_GATEWAY_API", "Unauthorized token or incorrect authorization header.")
    if not request.headers.get("WM_QOS.CORRELATION_ID") or not request.headers.get("WM_SVC.NAME"):
        return error(400, "INVALID_REQUEST_HEADER.GMP_GATEWAY_API", "WM_QOS.CORRELATION_ID or WM_SVC.NAME missing.")
    return None


def _token(request: Request) -> Response:
    expected = "Basic " + b64encode(f"{CLIENT_ID}:{CLIENT_SECRET}".encode()).decode()
    if request.headers.get("Authorization") != expected:
        return error(401, "UNAUTHORIZED.GMP_GATEWAY_API", "Client ID or Client Secret is not valid.")
    if request.form.get("grant_type") != "client_credentials":
        return error(400, "INVALID_REQUEST_PARAM.GMP_GATEWAY_API", "grant_type is not valid.")
    return answered({"access_token": _TOKEN, "token_type": "Bearer", "expires_in": _LASTS})
