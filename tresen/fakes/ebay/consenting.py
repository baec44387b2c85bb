"""EBay's own page where a seller signs in and agrees, and the codes that come of it."""

from collections.abc import Mapping
from html import escape
from urllib.parse import urlencode

from werkzeug.wrappers import Request, Response

from tresen.fakes.ebay.telling import said
from tresen.fakes.world import World

RU_NAME = "Example-Example-app-Prod-abc"
AUTHORIZE = "/oauth2/authorize"


class Consenting:
    """`accepts`: the address that a RuName stands for, as its application entered it at eBay."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.accepts: dict[str, str] = {}
        self._codes: dict[str, str] = {}

    def page(self, request: Request, *, app: str) -> Response:
        """Two links: agree, decline."""
        ru_name = request.args.get("redirect_uri", "")
        address = self.accepts.get(ru_name)
        if address is None or request.args.get("client_id") != app or request.args.get("response_type") != "code":
            return said({"error": "invalid_request", "error_description": "unknown client or redirect_uri"}, 400)
        code, state = self.world.number("v^1.1#code#"), request.args.get("state", "")
        self._codes[code] = ru_name
        agreed = urlencode({"state": state, "code": code, "expires_in": 299})
        declined = urlencode({"state": state, "error": "access_denied"})
        links = (("agree", "Agree and continue", agreed), ("decline", "Cancel", declined))
        body = "".join(
            f'<p><a id="{key}" href="{escape(f"{address}?{query}")}">{text}</a></p>' for key, text, query in links
        )
        return Response(
            f"<!doctype html><title>eBay</title><h1>Grant application access</h1>{body}", mimetype="text/html"
        )

    def redeems(self, wanted: Mapping[str, str]) -> bool:
        """Whether this code was given for that RuName; it is good once."""
        return self._codes.pop(wanted.get("code", ""), None) == wanted.get("redirect_uri", "")
