"""What Bazaar would answer: its interface is documented nowhere, as it does not exist."""

import json
from dataclasses import dataclass, field

from werkzeug.wrappers import Request, Response

from tresen.fakes.world import World

KEY = "invented-key"


@dataclass
class FakeBazaar:
    """One shop. A page holds one message or order; `sent` is what was written into which thread."""

    world: World
    messages: list[dict[str, str]] = field(default_factory=list)
    orders: list[dict[str, str]] = field(default_factory=list)
    sent: list[tuple[str, str]] = field(default_factory=list)
    title: str = "Bazaar"

    def answer(self, request: Request) -> Response:
        if request.headers.get("Authorization") != f"Bearer {KEY}":
            return Response(status=401)
        match request.path.strip("/").split("/"):
            case ["account"]:
                return Response("Tannlicht")
            case ["messages" | "orders" as about]:
                return self._page(about, request)
            case ["threads", thread]:
                self.sent.append((thread, request.get_data(as_text=True)))
                return Response(f"a-{len(self.sent)}")
            case _:
                return Response(status=404)

    def too_many(self) -> Response:
        return Response(status=429)

    def broken(self) -> Response:
        return Response(status=500)

    def _page(self, about: str, request: Request) -> Response:
        times = {"messages": "at", "orders": "changed_at"}
        since, until = request.args["since"], request.args["until"]
        every = self.messages if about == "messages" else self.orders
        found = [one for one in every if since <= one[times[about]] < until]
        begin = int(request.args["after"] or 0)
        more = begin + 1 < len(found)
        told = {about: found[begin : begin + 1], "next": str(begin + 1) if more else ""}
        return Response(json.dumps(told), mimetype="application/json")
