"""Post-Order v2: returns, requests, cases, cancellations. It wants its own scheme, and is not in the sandbox."""

from dataclasses import dataclass, field
from datetime import datetime

from werkzeug.wrappers import Request, Response

from tresen.channels.order_news import ReturnState
from tresen.fakes.ebay.telling import Refusal, asked, moment, money, paged, said, time_in
from tresen.fakes.sales import GoodsBack, Sale
from tresen.fakes.world import NotPossible, World

_STATES = {
    ReturnState.REQUESTED: "RETURN_REQUESTED",
    ReturnState.AUTHORISED: "ITEM_READY_TO_SHIP",
    ReturnState.REFUSED: "RETURN_REJECTED",
    ReturnState.ON_THE_WAY: "ITEM_SHIPPED",
    ReturnState.RECEIVED: "ITEM_DELIVERED",
    ReturnState.REFUNDED: "REFUND_INITIATED",
    ReturnState.CLOSED: "CLOSED",
}
_REASONS = frozenset({"BUYER_ASKED_CANCEL", "OUT_OF_STOCK_OR_CANNOT_FULFILL", "ADDRESS_ISSUES"})
_MOST = 200


_OVER = frozenset({ReturnState.REFUSED, ReturnState.REFUNDED, ReturnState.CLOSED})


@dataclass(slots=True, kw_only=True)
class Requested:
    """A request because an item has not come, or the case that became of it."""

    id: int
    sale: str
    status: str
    opened_at: datetime
    changed_at: datetime
    respond_by: datetime | None = None


@dataclass(slots=True)
class PostOrder:
    """What happens after an order."""

    world: World
    inquiries: list[Requested] = field(default_factory=list)
    cases: list[Requested] = field(default_factory=list)

    def returns(self, request: Request) -> Response:
        """Returns by the day they were opened."""
        found = [(sale, back) for sale in self.world.sales.values() for back in sale.returns]
        found = [one for one in found if _within(request, "creation_date_range", one[1].asked_at)]
        return _page(request, [_return(sale, back) for sale, back in found])

    def return_(self, request: Request, number: str) -> Response:
        """One return."""
        del request
        return said({"summary": _return(*self._return(number)), "detail": {}})

    def decide(self, request: Request, number: str) -> Response:
        """Yes or no."""
        wanted = asked(request)
        self._return(number)
        if wanted.get("decision") not in {"APPROVE", "DECLINE"}:
            raise Refusal(400, 1502, "The decision is not supported.", domain="returnErrorDomain")
        try:
            self.world.decide_return(number, approve=wanted["decision"] == "APPROVE")
        except NotPossible as wrong:
            raise Refusal(400, 1503, str(wrong), domain="returnErrorDomain") from None
        return said({})

    def goes_on_about(self, sale: Sale) -> bool:
        """Whether a return, a request or a case about it is open: money goes back through that alone."""
        requested = any(one.sale == sale.number and "CLOSED" not in one.status for one in self.inquiries)
        return requested or any(one.state not in _OVER for one in sale.returns)

    def search_inquiries(self, request: Request) -> Response:
        """Requests by the day they were opened."""
        found = [one for one in self.inquiries if _within(request, "inquiry_creation_date_range", one.opened_at)]
        return _page(request, [self._request(one, "inquiry") for one in found])

    def search_cases(self, request: Request) -> Response:
        """Cases by the day they were opened."""
        found = [one for one in self.cases if _within(request, "case_creation_date_range", one.opened_at)]
        return _page(request, [self._request(one, "case") for one in found])

    def cancel(self, request: Request) -> Response:
        """We cancel an order."""
        wanted = asked(request)
        if wanted.get("cancelReason") not in _REASONS:
            raise Refusal(400, 1602, "The reason is not a seller’s.", domain="cancelErrorDomain")
        sale = self._cancelled(str(wanted.get("legacyOrderId", "")))
        return said({"cancelId": f"5{sale.id}"})

    def approve_cancellation(self, request: Request, number: str) -> Response:
        """The buyer's wish to cancel is granted; the answer is empty."""
        del request
        self._cancelled(self._wish(number).number)
        return Response(status=200)

    def reject_cancellation(self, request: Request, number: str) -> Response:
        """The buyer's wish to cancel is refused; the answer is empty."""
        del request
        try:
            self.world.refuse_to_cancel(self._wish(number).number)
        except NotPossible as wrong:
            raise Refusal(400, 1603, str(wrong), domain="cancelErrorDomain") from None
        return Response(status=200)

    def _wish(self, number: str) -> Sale:
        sale = next((one for one in self.world.sales.values() if f"5{one.id}" == number and one.cancel_asked_at), None)
        if sale is None:
            raise Refusal(404, 1601, "There is no such cancellation.", domain="cancelErrorDomain")
        return sale

    def _cancelled(self, number: str) -> Sale:
        try:
            return self.world.cancel(number)
        except NotPossible as wrong:
            raise Refusal(400, 1603, str(wrong), domain="cancelErrorDomain") from None

    def _return(self, number: str) -> tuple[Sale, GoodsBack]:
        try:
            return self.world.return_(number)
        except NotPossible as wrong:
            raise Refusal(404, 1501, str(wrong), domain="returnErrorDomain") from None

    def _request(self, one: Requested, kind: str) -> dict[str, object]:
        sale = self.world.sales[one.sale]
        told: dict[str, object] = {
            f"{kind}Id": one.id,
            f"{kind}StatusEnum": one.status,
            "buyer": sale.buyer.key,
            "itemId": int(sale.lines[0].item),
            "orderId": sale.number,
            "claimAmount": money(sale.total, sale.currency),
            "creationDate": moment(one.opened_at),
            "lastModifiedDate": moment(one.changed_at),
        }
        return told | ({"respondByDate": moment(one.respond_by)} if one.respond_by else {})


def _return(sale: Sale, back: GoodsBack) -> dict[str, object]:
    state = _STATES[back.state]
    told: dict[str, object] = {
        "returnId": back.id,
        "orderId": sale.number,
        "buyerLoginName": sale.buyer.key,
        "state": state,
        "status": state,
        "creationInfo": {
            "creationDate": moment(back.asked_at),
            "reason": back.reason,
            "comments": {"content": back.comment},
            "item": {"itemId": sale.lines[0].item, "returnQuantity": 1},
        },
    }
    if back.decide_by and back.state is ReturnState.REQUESTED:
        due = {"activityDue": "SELLER_APPROVE_REQUEST", "respondByDate": moment(back.decide_by)}
        told["sellerResponseDue"] = due
    return told


def _within(request: Request, name: str, at: datetime) -> bool:
    since, until = request.args.get(f"{name}_from"), request.args.get(f"{name}_to")
    return (not since or at >= time_in(since)) and (not until or at <= time_in(until))


def _page(request: Request, found: list[dict[str, object]]) -> Response:
    about, page = paged(request, found, usual=25, most=_MOST)
    pages = {"limit": about["limit"], "offset": about["offset"], "totalEntries": len(found)}
    return said({"members": page, "total": len(found), "paginationOutput": pages})
