"""A shop's interface over HTTP (wc/v3), as far as our connector asks it: who asks, what is listed, what is done."""

import html
import json
from base64 import b64encode
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from werkzeug.exceptions import HTTPException
from werkzeug.routing import Map, Rule
from werkzeug.wrappers import Request, Response

from tresen.channels.money import minor_units
from tresen.fakes.faults import as_told
from tresen.fakes.sales import By, Sale, Talk
from tresen.fakes.woocommerce import telling
from tresen.fakes.woocommerce.telling import Json, Note
from tresen.fakes.world import NotPossible, World

BASE = "/wp-json/wc/v3"
USUAL, MOST = 10, 100
_PATHS = Map(
    [
        Rule(f"{BASE}/orders", endpoint="orders", methods=["GET"]),
        Rule(f"{BASE}/orders/<order>", endpoint="order", methods=["GET"]),
        Rule(f"{BASE}/orders/<order>", endpoint="change", methods=["PUT"]),
        Rule(f"{BASE}/orders/<order>/refunds", endpoint="refunds", methods=["GET"]),
        Rule(f"{BASE}/orders/<order>/refunds", endpoint="refund", methods=["POST"]),
        Rule(f"{BASE}/orders/<order>/notes", endpoint="notes", methods=["GET"]),
        Rule(f"{BASE}/orders/<order>/notes", endpoint="write", methods=["POST"]),
        Rule(f"{BASE}/products", endpoint="products", methods=["GET"]),
        Rule(f"{BASE}/products/<product>/variations", endpoint="variations", methods=["GET"]),
    ]
)


class Refusal(Exception):
    """The shop does not do it; `code` is its word, `status` its answer's."""

    def __init__(self, code: str, sentence: str, *, status: int = 400) -> None:
        super().__init__(sentence)
        self.code, self.status = code, status


@dataclass(slots=True, kw_only=True)
class FakeWooCommerce:
    """One shop. `key` and `secret` let in; `remarks` are what buyers said at the checkout, by their order's number.

    `pays_back`: whether the payment provider does; where it does not, the shop answers as for a fault of its own.
    """

    world: World
    key: str
    secret: str
    title: str = "WooCommerce"
    pays_back: bool = True
    remarks: dict[str, str] = field(default_factory=dict)
    notes: dict[str, list[Note]] = field(default_factory=dict)

    def answer(self, request: Request) -> Response:
        """What the shop says."""
        pair = b64encode(f"{self.key}:{self.secret}".encode()).decode()
        if request.headers.get("Authorization") != f"Basic {pair}":
            return wrong("woocommerce_rest_cannot_view", "Sorry, you cannot list resources.", status=401)
        try:
            name, values = _PATHS.bind_to_environ(request.environ).match()
            with self.world.alone():
                return _HANDLERS[name](self, request, **values)
        except HTTPException as missing:
            return wrong("rest_no_route", "No route was found matching the URL and request method", missing.code or 404)
        except Refusal as refusal:
            return wrong(refusal.code, str(refusal), refusal.status)
        except (NotPossible, ValueError, KeyError, TypeError) as not_done:
            return wrong("rest_invalid_param", str(not_done), 400)

    def too_many(self) -> Response:
        """No word of WooCommerce's: its host or a firewall says it."""
        return Response("Too Many Requests", status=429, headers={"Retry-After": "1"})

    def broken(self) -> Response:
        """As WordPress says that something went wrong."""
        return wrong("internal_server_error", "There has been a critical error on this website.", 500)

    def sale(self, order: str) -> Sale:
        """The sale of an order's id. Raises Refusal."""
        found = next((one for one in self.world.sales.values() if str(telling.digits(one.id)) == order), None)
        if found is None:
            raise Refusal("woocommerce_rest_shop_order_invalid_id", "Invalid ID.", status=404)
        return found

    def told(self, sale: Sale) -> Json:
        """The order as it stands."""
        return telling.order(sale, pictures=self.world.pictures, remark=self.remarks.get(sale.number, ""))

    def write(self, order: str, text: str, *, for_customer: bool, author: str) -> Note:
        """A note that somebody adds to an order, by its id."""
        one = Note(
            id=telling.digits(self.world.number("n")),
            text=text,
            at=self.world.now(),
            for_customer=for_customer,
            author=author,
        )
        self.notes.setdefault(order, []).append(one)
        if for_customer:
            self._mail(self.sale(order), text)
        return one

    def _mail(self, sale: Sale, text: str) -> None:
        """A note for the customer lies in his mailbox: what buyers see."""
        talk = next((one for one in self.world.talks.values() if one.sale == sale.number), None)
        if talk is None:
            name = f"Order {sale.number}"
            talk = self.world.begin(Talk(id=self.world.number("t"), buyer=sale.buyer, topic=name, sale=sale.number))
        self.world.write(talk.id, by=By.SELLER, text=html.unescape(text))


def said(told: object, *, status: int = 200, total: int | None = None) -> Response:
    """JSON, with how many there are of a list."""
    headers = {} if total is None else {"X-WP-Total": str(total)}
    return Response(json.dumps(told), status=status, mimetype="application/json", headers=headers)


def wrong(code: str, sentence: str, status: int) -> Response:
    """An error as the interface writes it."""
    return said({"code": code, "message": sentence, "data": {"status": status}}, status=status)


def _page(request: Request, found: Sequence[Json]) -> Response:
    """The part that is asked for. Raises Refusal for more than a hundred."""
    most = int(request.args.get("per_page", USUAL))
    if not 1 <= most <= MOST:
        raise Refusal("rest_invalid_param", "Invalid parameter(s): per_page")
    begin = int(request.args.get("offset", (int(request.args.get("page", 1)) - 1) * most))
    by = request.args.get("orderby", "date")
    key = (lambda one: one["id"]) if by == "id" else (lambda one: (one.get("date_created_gmt") or "", one["id"]))
    ordered = sorted(found, key=key, reverse=request.args.get("order", "desc") == "desc")
    return said(as_told(request.environ, ordered[begin : begin + most]), total=len(found))


def _asked(request: Request, name: str) -> datetime | None:
    value = request.args.get(name)
    return datetime.fromisoformat(value).replace(tzinfo=UTC) if value else None


def _orders(fake: FakeWooCommerce, request: Request) -> Response:
    """Times are compared by the second, and the second itself is left out."""
    after, before = _asked(request, "modified_after"), _asked(request, "modified_before")
    search = request.args.get("search", "")
    found = [
        fake.told(sale)
        for sale in fake.world.sales.values()
        if (after is None or sale.changed_at.replace(microsecond=0) > after)
        and (before is None or sale.changed_at.replace(microsecond=0) < before)
        and search in sale.number
    ]
    return _page(request, found)


def _order(fake: FakeWooCommerce, request: Request, order: str) -> Response:
    del request
    return said(fake.told(fake.sale(order)))


def _change(fake: FakeWooCommerce, request: Request, order: str) -> Response:
    """Another status. Cancelling pays nothing back."""
    sale, wanted = fake.sale(order), json.loads(request.get_data())
    match wanted.get("status"):
        case "cancelled":
            fake.world.cancel(sale.number, pays_back=False)
        case "completed":
            fake.world.ship(sale.number, carrier="", tracking="")
        case other:
            raise Refusal("rest_invalid_param", f"Invalid parameter(s): status ({other})")
    return said(fake.told(sale))


def _refunds(fake: FakeWooCommerce, request: Request, order: str) -> Response:
    sale = fake.sale(order)
    return _page(request, [telling.refund(one, sale.currency) for one in sale.refunds])


def _refund(fake: FakeWooCommerce, request: Request, order: str) -> Response:
    """What can't be paid back is said with 500, whatever the reason."""
    sale, wanted = fake.sale(order), json.loads(request.get_data())
    failed = "woocommerce_rest_cannot_create_order_refund"
    known = {telling.digits(line.id) for line in sale.lines}
    if any(line["id"] not in known for line in wanted.get("line_items", ())):
        raise Refusal(failed, "Invalid line item.", status=500)
    if wanted.get("api_refund", True) and not fake.pays_back:
        raise Refusal(failed, "The payment gateway for this order does not support automatic refunds.", status=500)
    try:
        amount = minor_units(wanted["amount"], sale.currency)
        paid = fake.world.refund(sale.number, amount=amount, reason=wanted.get("reason") or "")
    except NotPossible:
        raise Refusal(failed, "Invalid refund amount.", status=500) from None
    return said(telling.refund(paid, sale.currency), status=201)


def _notes(fake: FakeWooCommerce, request: Request, order: str) -> Response:
    fake.sale(order)
    kind = request.args.get("type", "any")
    found = [
        telling.note(one)
        for one in reversed(fake.notes.get(order, []))
        if kind == "any" or one.for_customer == (kind == "customer")
    ]
    return said(found)


def _write(fake: FakeWooCommerce, request: Request, order: str) -> Response:
    fake.sale(order)
    wanted: Mapping[str, Any] = json.loads(request.get_data())
    author = "Tannlicht" if wanted.get("added_by_user") else "system"
    for_customer = bool(wanted.get("customer_note"))
    return said(telling.note(fake.write(order, wanted["note"], for_customer=for_customer, author=author)), status=201)


def _products(fake: FakeWooCommerce, request: Request) -> Response:
    wanted = {int(one) for one in request.args.get("include", "").split(",") if one}
    told = [telling.product(one, telling.digits(one.item), pictures=fake.world.pictures) for one in _shelf(fake)]
    return _page(request, [one for one in told if not wanted or one["id"] in wanted])


def _shelf(fake: FakeWooCommerce) -> Sequence[Any]:
    return [level for _, level in sorted(fake.world.stock.items())]


def _variations(fake: FakeWooCommerce, request: Request, product: str) -> Response:
    del fake, request, product
    return said([], total=0)


_HANDLERS: Mapping[str, Callable[..., Response]] = {
    "orders": _orders,
    "order": _order,
    "change": _change,
    "refunds": _refunds,
    "refund": _refund,
    "notes": _notes,
    "write": _write,
    "products": _products,
    "variations": _variations,
}
