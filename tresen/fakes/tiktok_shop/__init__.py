"""A fake TikTok Shop: its interface, as far as our connector asks it, for one shop."""

import hmac
import json
from collections.abc import Callable, Mapping
from hashlib import sha256
from time import time
from typing import Any

from werkzeug.exceptions import HTTPException
from werkzeug.routing import Map, Rule
from werkzeug.wrappers import Request, Response

from tresen.fakes.faults import Bucket
from tresen.fakes.tiktok_shop import acting, chats, orders, returns
from tresen.fakes.tiktok_shop.answering import NOT_FOUND, WRONG_PARAMETER, Refusal, answered
from tresen.fakes.world import NotPossible, World

type Handler = Callable[..., object]

APP_KEY, APP_SECRET, REFRESH_TOKEN = "inventedapp", "invented-app-secret", "TTP_invented_refresh_0"
SERVICE_ID = "7172000000000000001"
CIPHER, SHOP_ID, SHOP_CODE = "TTP_invented_cipher", "7494049642642441621", "USLCINVENT"
EXPIRED, DENIED, BAD_SIGN = 105_002, 105_005, 36_009_004
_LASTS = 7 * 86_400
_CLOCKS_APART = 300
"""Seconds that a request's time may differ from the server's."""
_HANDLERS: Mapping[str, tuple[str, str, Handler]] = {
    "conversations": ("GET", "/customer_service/202309/conversations", chats.listed),
    "begin": ("POST", "/customer_service/202309/conversations", chats.begin),
    "messages": ("GET", "/customer_service/202309/conversations/<chat>/messages", chats.messages),
    "sendMessage": ("POST", "/customer_service/202606/conversations/<chat>/messages", chats.write),
    "upload": ("POST", "/customer_service/202309/images/upload", chats.upload),
    "performance": ("GET", "/customer_service/202407/performance", chats.performance),
    "orders": ("POST", "/order/202309/orders/search", orders.searched),
    "order": ("GET", "/order/202507/orders", orders.asked),
    "products": ("POST", "/product/202309/products/search", orders.products),
    "inventory": ("POST", "/product/202309/inventory/search", orders.inventory),
    "eligibility": ("GET", "/return_refund/202601/decision_eligibility", acting.eligibility),
    "approve": ("POST", "/return_refund/202309/returns/<number>/approve", acting.approve_return),
    "reject": ("POST", "/return_refund/202606/returns/<number>/reject", acting.reject_return),
    "agree": ("POST", "/return_refund/202309/cancellations/<number>/approve", acting.approve_cancellation),
    "keep": ("POST", "/return_refund/202309/cancellations/<number>/reject", acting.reject_cancellation),
    "cancel": ("POST", "/return_refund/202602/cancellations", acting.cancel),
    "aftersale": ("GET", "/return_refund/202602/orders/<number>/aftersale_eligibility", acting.aftersale),
    "providers": ("GET", "/logistics/202309/delivery_options/<option>/shipping_providers", acting.providers),
    "ship": ("POST", "/fulfillment/202610/orders/<number>/packages", acting.ship),
    "returns": ("POST", "/return_refund/202602/returns/search", returns.searched),
    "cancellations": ("POST", "/return_refund/202602/cancellations/search", returns.cancellations),
}


class FakeTikTokShop:
    """One shop. `denied`: beginnings of paths that the app has no scope for; `shut`: chats that take no message.

    `rate`: how many per cent of conversations were answered in time, as TikTok Shop has counted. `came`: the world's
    ids of returns whose goods have come, and wait to be taken by the seller.
    """

    title = "TikTok Shop"

    def __init__(
        self,
        world: World,
        *,
        region: str = "US",
        name: str = "Birkenhof",
        clock: Callable[[], float] = time,
        per_second: float = 50.0,
    ) -> None:
        self.world = world
        self.region, self.name = region, name
        self.shop_id = SHOP_ID
        self.rate = "93.4"
        self.denied: tuple[str, ...] = ()
        self.shut: set[str] = set()
        self.by_robot: set[str] = set()
        self.cards: set[str] = set()
        """Letters that are the card of their talk's order, and no words."""
        self.kept: set[str] = set()
        self.came: set[str] = set()
        self.keys: set[str] = set()
        self.uploaded: dict[str, int] = {}
        self.given = 0
        """How many tokens were given; the newest alone is good, and so is what it is asked for with."""
        self.expired = 0
        self.bucket = Bucket(per_second=per_second, burst=per_second * 4)
        self.clock = clock
        rules = [Rule(path, endpoint=name, methods=[method]) for name, (method, path, _) in _HANDLERS.items()]
        self._paths = Map(rules)

    def answer(self, request: Request) -> Response:
        """What TikTok Shop says."""
        if request.path.startswith("/api/v2/token/"):
            return self._token(request)
        if self.bucket.take():
            return self.too_many()
        try:
            self._prove(request)
            return answered(self._handled(request))
        except Refusal as refusal:
            return answered({}, code=refusal.code, message=str(refusal), status=refusal.status)
        except NotPossible as refusal:
            return answered({}, code=NOT_FOUND, message=str(refusal))
        except (KeyError, ValueError, TypeError, json.JSONDecodeError) as refusal:
            return answered({}, code=WRONG_PARAMETER, message=str(refusal))

    def _handled(self, request: Request) -> object:
        if request.path == "/authorization/202309/shops":
            shop = {"id": self.shop_id, "cipher": CIPHER, "code": SHOP_CODE, "name": self.name, "region": self.region}
            return {"shops": [{**shop, "seller_type": "LOCAL"}]}
        if request.path.startswith(self.denied):
            raise Refusal(DENIED, "Access denied. The app lacks the scope of this interface.", status=401)
        if request.args.get("shop_cipher") != CIPHER:
            raise Refusal(WRONG_PARAMETER, "shop_cipher is not valid.")
        try:
            name, values = self._paths.bind_to_environ(request.environ).match()
        except HTTPException:
            raise Refusal(36_009_009, "Invalid path.", status=404) from None
        with self.world.alone():
            return _HANDLERS[name][2](self, request, **values)

    def too_many(self) -> Response:
        """Asked too often."""
        return answered({}, code=36_009_002, message="Too many requests.", status=429)

    def broken(self) -> Response:
        """An error on TikTok Shop's side."""
        return answered({}, code=36_009_003, message="Internal error.", status=500)

    def expire(self) -> None:
        """The newest token is good no more, before its time."""
        self.expired = self.given

    def _prove(self, request: Request) -> None:
        """Raises Refusal for what was not signed by the app, or is not the seller's."""
        said = request.args.get("sign", "")
        stamp = request.args.get("timestamp", "")
        if not stamp.isdecimal() or abs(int(stamp) - self.clock()) > _CLOCKS_APART:
            raise Refusal(BAD_SIGN, "timestamp is not valid.", status=401)
        if request.args.get("app_key") != APP_KEY or not hmac.compare_digest(said, _signature(request)):
            raise Refusal(BAD_SIGN, "sign is not valid.", status=401)
        if self.expired == self.given or request.headers.get("x-tts-access-token") != self._access_token():
            raise Refusal(EXPIRED, "Expired credentials.")

    def _access_token(self) -> str:
        return f"TTP_invented_access_{self.given}"

    def _token(self, request: Request) -> Response:
        """GET /api/v2/token/…: each token comes with a refresh token, which voids the one before."""
        asked: Mapping[str, Any] = request.args
        if asked.get("app_key") != APP_KEY or asked.get("app_secret") != APP_SECRET:
            return answered(None, code=36_004_003, message="app_key or app_secret is not valid.")
        name, given = asked.get("refresh_token", ""), f"TTP_invented_refresh_{self.given}"
        fresh = not self.given and name.startswith("TTP_invented_refresh_")  # a fake that was started anew
        if request.path.endswith("/refresh") and name != given and not fresh:
            return answered(None, code=36_004_004, message="refresh_token is not valid.")
        self.given += 1
        return answered(
            {
                "access_token": self._access_token(),
                "access_token_expire_in": int(self.clock()) + _LASTS,
                "refresh_token": f"TTP_invented_refresh_{self.given}",
                "refresh_token_expire_in": int(self.clock()) + 365 * 86_400,
                "open_id": "invented",
                "seller_name": self.name,
            }
        )


def _signature(request: Request) -> str:
    said = "".join(f"{name}{value}" for name, value in sorted(request.args.items()) if name != "sign")
    files = (request.content_type or "").startswith("multipart/")
    body = b"" if files else request.get_data()
    message = APP_SECRET.encode() + f"{request.path}{said}".encode() + body + APP_SECRET.encode()
    return hmac.new(APP_SECRET.encode(), message, sha256).hexdigest()
