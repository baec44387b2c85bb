"""A fake OTTO: its interface for sellers, as far as our connector asks it."""

import json
from collections.abc import Callable, Mapping

from werkzeug.exceptions import HTTPException
from werkzeug.routing import Map, Rule
from werkzeug.wrappers import Request, Response

from tresen.fakes.faults import Bucket
from tresen.fakes.otto import money, orders, parcels, returns, stock
from tresen.fakes.otto.answering import Refusal, answered, error
from tresen.fakes.sales import Parcel
from tresen.fakes.world import NotPossible, World

CLIENT_ID, CLIENT_SECRET = "invented-app", "invented-app-secret"
_TOKEN = "invented-otto-token"  # noqa: S105 - invented
_LASTS = 1800
SCOPES = frozenset({"orders", "shipments", "returns", "receipts", "availability", "price-reduction"})
_SCOPE_OF = {"return-shipments": "returns", "price-reductions": "price-reduction"}
"""Whether parcels that come back have a scope of their own is not known."""
_BY_NUMBER = "carriers/<carrier>/trackingnumbers/<number>"
_HANDLERS: Mapping[str, tuple[str, str, Callable[..., object]]] = {
    "orders": ("GET", "/v4/orders", orders.listed),
    "order": ("GET", "/v4/orders/<order>", orders.one),
    "cancel": ("POST", "/v4/orders/<order>/cancellation", orders.cancel),
    "shipments": ("GET", "/v1/shipments", parcels.listed),
    "shipment": ("GET", "/v1/shipments/<shipment>", parcels.one),
    "numbered": ("GET", f"/v1/shipments/{_BY_NUMBER}", parcels.numbered),
    "ship": ("POST", "/v1/shipments", parcels.create),
    "returns": ("GET", "/v3/returns", returns.listed),
    "accept": ("POST", "/v3/returns/acceptance", returns.accept),
    "reject": ("POST", "/v3/returns/rejection", returns.reject),
    "coming_back": ("GET", f"/v1/return-shipments/{_BY_NUMBER}", parcels.coming_back),
    "receipts": ("GET", "/v3/receipts", money.receipts),
    "document": ("GET", "/v3/receipts/<receipt>.pdf", money.document),
    "reduce": ("POST", "/v1/price-reductions", money.reduce),
    "reductions": ("GET", "/v1/price-reductions", money.reductions),
    "stock": ("GET", "/v1/availability/quantities", stock.listed),
}
_STATUS = {"ship": 201, "reduce": 202, "cancel": 204, "accept": 207, "reject": 207}


class FakeOtto:
    """One seller's account. `unpaid`: orders whose buyers have not paid yet; `allowed`: what the app may ask for."""

    title = "OTTO"

    def __init__(self, world: World, *, per_second: float = 50.0, burst: float = 400.0) -> None:
        self.world = world
        self.unpaid: set[str] = set()
        self.allowed = set(SCOPES)
        self.inside: dict[str, str] = {}
        """Which parcel a piece is in, where that was told."""
        self.decided: dict[str, dict[str, str]] = {}
        """Condition and reason of returns that were decided."""
        self.reductions: list[money.Reduced] = []
        self.bucket = Bucket(per_second=per_second, burst=burst)
        self._paths = Map(
            [Rule(path, endpoint=name, methods=[method]) for name, (method, path, _) in _HANDLERS.items()]
        )

    def answer(self, request: Request) -> Response:
        """What OTTO says."""
        if request.path == "/oauth2/token":
            return _token(request)
        if refused := self._not_let_in(request):
            return refused
        if self.bucket.take():
            return self.too_many()
        try:
            name, values = self._paths.bind_to_environ(request.environ).match()
        except HTTPException as wrong:
            return error(request, wrong.code or 404, "NO_SUCH_PATH", wrong.name)
        return self._handled(name, request, values)

    def parcel_of(self, piece: orders.Piece) -> Parcel | None:
        """The parcel that a piece left in; the order's last one where nobody said."""
        item, sale, _line = piece
        inside = next((one for one in sale.parcels if one.id == self.inside.get(item)), None)
        return inside or (sale.parcels[-1] if sale.parcels else None)

    def too_many(self) -> Response:
        """OTTO's 429."""
        return answered({"errors": [{"title": "TOO_MANY_REQUESTS", "path": "/"}]}, status=429)

    def broken(self) -> Response:
        """An error on OTTO's side."""
        return answered({"errors": [{"title": "INTERNAL_SERVER_ERROR", "path": "/"}]}, status=500)

    def _handled(self, name: str, request: Request, values: Mapping[str, object]) -> Response:
        try:
            with self.world.alone():
                told = _HANDLERS[name][2](self, request, **values)
        except Refusal as refusal:
            return error(request, refusal.status, refusal.title, str(refusal), refusal.where)
        except NotPossible as wrong:
            return error(request, 409, "CONFLICT", str(wrong))
        except (KeyError, ValueError, TypeError, json.JSONDecodeError) as wrong:
            return error(request, 400, "BAD_REQUEST", str(wrong))
        status = _STATUS.get(name, 200)
        if isinstance(told, bytes):
            return Response(told, status=status, mimetype="application/pdf")
        return Response(status=status) if told is None else answered(told, status=status)

    def _not_let_in(self, request: Request) -> Response | None:
        if request.headers.get("Authorization") != f"Bearer {_TOKEN}":
            return error(request, 401, "UNAUTHORIZED", "Full authentication is required to access this resource")
        part = request.path.split("/")[2] if request.path.count("/") > 1 else ""
        if _SCOPE_OF.get(part, part) not in self.allowed:
            return error(request, 403, "FORBIDDEN", "The scope does not allow this.")
        return None


def _token(request: Request) -> Response:
    form = request.form
    if (form.get("client_id"), form.get("client_secret")) != (CLIENT_ID, CLIENT_SECRET):
        return answered({"error": "invalid_client"}, status=401)
    if form.get("grant_type") != "client_credentials":
        return answered({"error": "unsupported_grant_type"}, status=400)
    if not form.get("scope") or set(form["scope"].split()) - SCOPES:
        return answered({"error": "invalid_scope"}, status=400)
    return answered({"access_token": _TOKEN, "token_type": "Bearer", "expires_in": _LASTS})
