"""EBay's interfaces as one fake: who may ask, how often, and which part answers."""

from base64 import b64encode
from collections.abc import Callable, Mapping
from urllib.parse import parse_qs

from werkzeug.exceptions import HTTPException
from werkzeug.routing import Map, Rule
from werkzeug.wrappers import Request, Response

from tresen.fakes.drawing import file_of
from tresen.fakes.ebay.consenting import AUTHORIZE, Consenting
from tresen.fakes.ebay.fulfilment import Fulfilment
from tresen.fakes.ebay.messaging import Messaging
from tresen.fakes.ebay.notifying import Notifying
from tresen.fakes.ebay.post_order import PostOrder
from tresen.fakes.ebay.signatures import SIGNED, Signer
from tresen.fakes.ebay.telling import Refusal, said
from tresen.fakes.faults import Bucket, as_told
from tresen.fakes.world import World

APP_ID, CERT_ID, REFRESH_TOKEN = "Example-app", "example-cert", "example-refresh"
MEDIA = "/media/"
"""Where files lie, for everybody who knows the address."""
_SCOPE = "https://api.ebay.com/oauth/api_scope"
_GRANTED = frozenset(
    {
        *("commerce.identity.readonly", "commerce.message", "sell.fulfillment", "sell.finances"),
        *("sell.payment.dispute", "sell.inventory.readonly"),
    }
)
type _Answer = Callable[..., Response]


class Ebay:
    """One seller's account. `granted` are the scopes that he consented to, by their last part."""

    title = "eBay"

    def __init__(self, world: World, *, seller: str = "birkenhof", bucket: Bucket | None = None) -> None:
        self.world, self.seller = world, seller
        self.bucket = bucket or Bucket(per_second=50, burst=500)
        self.granted = set(_GRANTED)
        self.refresh_token = REFRESH_TOKEN
        self.tokens: dict[str, str] = {}
        self.used_up: set[str] = set()
        """Interfaces whose calls of today are used up."""
        self.signer: Signer | None = None
        """Of a seller in the EU or the UK: whose signature money and decisions need."""
        self.messaging = Messaging(world, seller)
        self.post_order = PostOrder(world)
        self.fulfilment = Fulfilment(world, seller, self.post_order)
        self.notifying = Notifying(world)
        self.consenting = Consenting(world)
        self._map, self._doors = self._routes()

    def answer(self, request: Request) -> Response:
        """What eBay says."""
        try:
            with self.world.alone():
                return self._answer(request)
        except Refusal as refused:
            return refused.get_response()
        except HTTPException as wrong:
            return said({"errors": [{"errorId": 2002, "message": "Resource not found"}]}, wrong.code or 404)

    def too_many(self) -> Response:
        """The 429."""
        return Refusal(429, 2001, "Too many requests.", domain="ACCESS").get_response()

    def broken(self) -> Response:
        """A 500."""
        return Refusal(500, 2003, "Internal error").get_response()

    def _answer(self, request: Request) -> Response:
        self.messaging.media = f"{request.root_url.rstrip('/')}{MEDIA.rstrip('/')}"
        if request.path == "/identity/v1/oauth2/token":
            return self._token(request)
        if request.path == AUTHORIZE:
            return self.consenting.page(request, app=APP_ID)
        if self.bucket.take():
            return self.too_many()
        if request.path.startswith(MEDIA):
            return Response(file_of(request.path.removeprefix(MEDIA)), mimetype="application/octet-stream")
        endpoint, values = self._map.bind_to_environ(request.environ).match()
        answer, scope = self._doors[endpoint]
        self._let_in(request, scope)
        if self.signer and request.path.endswith(SIGNED):
            self.signer.check(request)
        return answer(request, **values)

    def _token(self, request: Request) -> Response:
        wanted = {name: values[0] for name, values in parse_qs(request.get_data(as_text=True)).items()}
        basic = f"Basic {b64encode(f'{APP_ID}:{CERT_ID}'.encode()).decode()}"
        if request.headers.get("Authorization") != basic:
            return said({"error": "invalid_client", "error_description": "client authentication failed"}, 401)
        if wanted.get("grant_type") == "client_credentials" and wanted.get("scope") == _SCOPE:
            holder = "application"
        elif wanted.get("grant_type") == "authorization_code" and self.consenting.redeems(wanted):
            return self._token_of("seller", refresh_token=self.refresh_token, refresh_token_expires_in=47_304_000)
        elif wanted.get("grant_type") == "refresh_token" and wanted.get("refresh_token") == self.refresh_token:
            holder = "seller"
        else:
            return said({"error": "invalid_grant", "error_description": "the provided grant is invalid"}, 400)
        return self._token_of(holder)

    def _token_of(self, holder: str, **beside: object) -> Response:
        token = self.world.number(f"v^1.1#{holder}#")
        self.tokens[token] = holder
        return said({"access_token": token, "expires_in": 7200, "token_type": "User Access Token", **beside})

    def _let_in(self, request: Request, scope: str) -> None:
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        wanted = "IAF" if request.path.startswith("/post-order/") else "Bearer"
        if scheme != wanted:
            raise Refusal(401, 1001, f"Bad scheme: {scheme}", domain="OAuth")
        holder = self.tokens.get(token)
        if holder is None:
            raise Refusal(401, 1001, "Invalid access token", domain="OAuth")
        if scope and (holder != "seller" or scope not in self.granted):
            raise Refusal(403, 1100, "Insufficient permissions to fulfill the request.", domain="ACCESS")

    def _user(self, request: Request) -> Response:
        del request
        return said({"username": self.seller, "userId": "exAmPle1", "registrationMarketplaceId": "EBAY_DE"})

    def _stock(self, request: Request) -> Response:
        """Its offset counts pages, not entries."""
        pages = request.args.get("offset", "0")
        limit = int(request.args.get("limit", "25"))
        levels = sorted(self.world.stock.values(), key=lambda level: level.sku)
        page = as_told(request.environ, levels[int(pages) * limit : (int(pages) + 1) * limit])
        items = [
            {
                "sku": level.sku,
                "availability": {"shipToLocationAvailability": {"quantity": level.available}},
                "product": {"title": level.title},
            }
            for level in page
        ]
        return said({"inventoryItems": items, "limit": limit, "total": len(levels), "size": len(items)})

    def _limits(self, request: Request) -> Response:
        del request
        limits = [
            {"apiName": name, "resources": [{"name": name, "rates": [{"limit": 5000, "remaining": left}]}]}
            for name, left in (("message", 5000), *((name, 0) for name in sorted(self.used_up)))
        ]
        return said({"rateLimits": limits})

    def _routes(self) -> tuple[Map, Mapping[str, tuple[_Answer, str]]]:
        order = "/sell/fulfillment/v1/order"
        after = "/post-order/v2"
        table: tuple[tuple[str, str, _Answer, str], ...] = (
            ("GET", "/commerce/identity/v1/user/", self._user, "commerce.identity.readonly"),
            ("GET", "/commerce/message/v1/conversation", self.messaging.conversations, "commerce.message"),
            ("GET", "/commerce/message/v1/conversation/<number>", self.messaging.conversation, "commerce.message"),
            ("POST", "/commerce/message/v1/send_message", self.messaging.send, "commerce.message"),
            ("GET", order, self.fulfilment.orders, "sell.fulfillment"),
            ("GET", f"{order}/<number>", self.fulfilment.order, "sell.fulfillment"),
            ("GET", f"{order}/<number>/shipping_fulfillment", self.fulfilment.parcels, "sell.fulfillment"),
            ("POST", f"{order}/<number>/shipping_fulfillment", self.fulfilment.ship, "sell.fulfillment"),
            ("POST", f"{order}/<number>/issue_refund", self.fulfilment.refund, "sell.finances"),
            ("GET", "/sell/fulfillment/v1/payment_dispute_summary", self.fulfilment.disputed, "sell.payment.dispute"),
            ("GET", "/sell/inventory/v1/inventory_item", self._stock, "sell.inventory.readonly"),
            ("GET", "/developer/analytics/v1_beta/rate_limit/", self._limits, ""),
            ("GET", "/commerce/notification/v1/public_key/<number>", self.notifying.public_key, ""),
            ("GET", f"{after}/return/search", self.post_order.returns, "sell.fulfillment"),
            ("GET", f"{after}/return/<number>", self.post_order.return_, "sell.fulfillment"),
            ("POST", f"{after}/return/<number>/decide", self.post_order.decide, "sell.fulfillment"),
            ("GET", f"{after}/inquiry/search", self.post_order.search_inquiries, "sell.fulfillment"),
            ("GET", f"{after}/casemanagement/search", self.post_order.search_cases, "sell.fulfillment"),
            ("POST", f"{after}/cancellation", self.post_order.cancel, "sell.fulfillment"),
            (
                "POST",
                f"{after}/cancellation/<number>/approve",
                self.post_order.approve_cancellation,
                "sell.fulfillment",
            ),
            (
                "POST",
                f"{after}/cancellation/<number>/reject",
                self.post_order.reject_cancellation,
                "sell.fulfillment",
            ),
        )
        doors = {f"{method} {path}": (answer, scope) for method, path, answer, scope in table}
        rules = [Rule(path, methods=[method], endpoint=f"{method} {path}") for method, path, *_rest in table]
        return Map(rules, strict_slashes=False), doors
