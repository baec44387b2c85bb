"""A fake Mirakl operator: its seller interface, as far as our connector asks it and a little beyond."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from werkzeug.exceptions import HTTPException
from werkzeug.routing import Map, Rule
from werkzeug.wrappers import Request, Response

from tresen.fakes.faults import Bucket
from tresen.fakes.mirakl import inbox, orders, returns
from tresen.fakes.mirakl.answering import Refusal, answered
from tresen.fakes.world import NotPossible, World

type Handler = Callable[..., object]

_HANDLERS: Mapping[str, tuple[str, str, Handler]] = {
    "A01": ("GET", "/account", orders.account),
    "OR11": ("GET", "/orders", orders.listed),
    "OR28": ("PUT", "/orders/refund", orders.refund),
    "OR29": ("PUT", "/orders/<order_id>/cancel", orders.cancel),
    "OR23": ("PUT", "/orders/<order_id>/tracking", orders.track),
    "OR24": ("PUT", "/orders/<order_id>/ship", orders.ship),
    "RE02": ("GET", "/reasons/<reason_type>", orders.reasons),
    "OF21": ("GET", "/offers", orders.offers),
    "RT11": ("GET", "/returns", returns.listed),
    "RT21": ("PUT", "/returns/accept", returns.decide),
    "M11": ("GET", "/inbox/threads", inbox.listed),
    "M10": ("GET", "/inbox/threads/<thread_id>", inbox.one),
    "M13": ("GET", "/inbox/threads/<attachment_id>/download", inbox.download),
    "M12": ("POST", "/inbox/threads/<thread_id>/message", inbox.write),
    "OR43": ("POST", "/orders/<order_id>/threads", inbox.begin),
}


class FakeMirakl:
    """One seller's account at one operator. `key` is what requests must show."""

    title = "Mirakl"

    def __init__(self, world: World, *, key: str, per_second: float = 50.0, burst: float = 200.0) -> None:
        self.world = world
        self.tracked: dict[str, tuple[str, str]] = {}
        self._key = key
        self.bucket = Bucket(per_second=per_second, burst=burst)
        rules = [Rule(f"/api{path}", endpoint=name, methods=[method]) for name, (method, path, _) in _HANDLERS.items()]
        self._paths = Map(rules)

    def answer(self, request: Request) -> Response:
        """What the operator says."""
        if request.headers.get("Authorization", "") != self._key:
            return answered({"message": "Unauthorized", "status": 401}, status=401)
        if self.bucket.take():
            return self.too_many()
        try:
            name, values = self._paths.bind_to_environ(request.environ).match()
        except HTTPException as wrong:
            return answered({"message": wrong.name, "status": wrong.code}, status=wrong.code or 404)
        return self._handled(name, request, values)

    def _handled(self, name: str, request: Request, values: Mapping[str, Any]) -> Response:
        try:
            with self.world.alone():
                told = _HANDLERS[name][2](self, request, **values)
        except Refusal as refusal:
            return answered({"message": str(refusal), "status": refusal.status}, status=refusal.status)
        except (NotPossible, KeyError, ValueError, json.JSONDecodeError) as wrong:
            return answered({"message": str(wrong), "status": 400}, status=400)
        if isinstance(told, Response):
            return told
        if told is None:
            return Response(status=204)
        return answered(told, status=201 if request.method == "POST" else 200)

    def too_many(self) -> Response:
        """Mirakl documents no 429; it comes all the same."""
        return answered({"message": "Too Many Requests", "status": 429}, status=429, headers={"Retry-After": "1"})

    def broken(self) -> Response:
        """An error on the operator's side."""
        return answered({"message": "Internal Server Error", "status": 500}, status=500)
