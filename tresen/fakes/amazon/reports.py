"""Reports: asked for, prepared for a moment, and fetched, compressed, from an address that opens them by itself."""

import gzip
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from secrets import token_hex
from threading import Lock

from werkzeug.wrappers import Request, Response

from tresen.channels.order_news import ReturnState
from tresen.fakes.amazon.answers import Refusal, body_of, instant, said, text, unknown, wrong
from tresen.fakes.sales import GoodsBack, Sale
from tresen.fakes.world import World

RETURNS = "GET_FLAT_FILE_RETURNS_DATA_BY_RETURN_DATE"
FEEDBACK = "GET_SELLER_FEEDBACK_DATA"
_RETURN_COLUMNS = (
    *("Order ID", "Order date", "Return request date", "Return request status", "Amazon RMA ID", "Merchant RMA ID"),
    *("Label type", "Label cost", "Currency code", "Return carrier", "Tracking ID", "Label to be paid by"),
    *("A-to-Z Claim", "Is prime", "ASIN", "Merchant SKU", "Item Name", "Return quantity", "Return Reason"),
    *("In policy", "Return type", "Resolution", "Invoice number", "Return delivery date", "Order Amount"),
    *("Order quantity", "SafeT Action reason", "SafeT claim id", "SafeT claim state", "SafeT claim creation time"),
    *("SafeT claim reimbursement amount", "Refunded Amount", "Order Item ID"),
)
_FEEDBACK_COLUMNS = ("Date", "Rating", "Comments", "Your Response", "Order ID", "Rater Email")
_STATUS = {
    ReturnState.REQUESTED: "Pending",
    ReturnState.AUTHORISED: "Approved",
    ReturnState.REFUSED: "Denied",
    ReturnState.ON_THE_WAY: "Approved",
    ReturnState.RECEIVED: "Approved",
    ReturnState.REFUNDED: "Completed",
    ReturnState.CLOSED: "Completed",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rated:
    """What a buyer said of the seller."""

    order: str
    rating: int
    words: str
    at: datetime


@dataclass(slots=True, kw_only=True)
class Prepared:
    """A report. `looks` is how often it must still be looked at before it is ready."""

    id: str
    kind: str
    since: datetime
    until: datetime
    asked_at: datetime
    looks: int
    rows: Sequence[Sequence[str]] | None = None
    key: str = ""


@dataclass(slots=True)
class Reports:
    """The account's reports. `fails`: how many of the next ones Amazon gives up on."""

    world: World
    rated: list[Rated] = field(default_factory=list)
    claims: set[str] = field(default_factory=set)
    """Orders with an A-to-z claim."""
    looks: int = 1
    fails: int = 0
    _known: dict[str, Prepared] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def create(self, request: Request) -> Response:
        """Ask for one."""
        told = body_of(request)
        kind = told.get("reportType")
        if kind not in {RETURNS, FEEDBACK} or not told.get("marketplaceIds"):
            raise wrong("Invalid input: reportType or marketplaceIds.")
        report = Prepared(
            id=self.world.number("5000"),
            kind=str(kind),
            since=instant(str(told.get("dataStartTime", "")), "dataStartTime"),
            until=instant(str(told.get("dataEndTime", "")), "dataEndTime"),
            asked_at=self.world.now(),
            looks=self.looks,
        )
        with self._lock:
            self._known[report.id] = report
        return said({"reportId": report.id}, 202)

    def get(self, number: str) -> Response:
        """How far it is."""
        report = self._known.get(number)
        if report is None:
            raise unknown("There is no such report.")
        told: dict[str, object] = {
            "reportId": report.id,
            "reportType": report.kind,
            "createdTime": text(report.asked_at),
            "processingStatus": self._status(report),
        }
        if told["processingStatus"] == "DONE":
            told |= {"reportDocumentId": f"doc-{report.id}", "processingEndTime": text(self.world.now())}
        return said(told)

    def document(self, base: str, document: str) -> Response:
        """Where a report lies: anybody who knows the address may have it."""
        report = self._known.get(document.removeprefix("doc-"))
        if report is None or not report.rows:
            raise unknown("There is no such document.")
        report.key = token_hex(16)
        address = f"{base.rstrip('/')}/prepared/{report.id}?X-Amz-Expires=300&X-Amz-Signature={report.key}"
        return said({"reportDocumentId": document, "url": address, "compressionAlgorithm": "GZIP"})

    def fetch(self, request: Request, number: str) -> Response:
        """The report itself, for who knows its address; who sends a token gives it away."""
        report = self._known.get(number)
        if report is None or not report.key or request.args.get("X-Amz-Signature") != report.key:
            raise Refusal(403, "AccessDenied", "Request has expired")
        if "x-amz-access-token" in request.headers:
            raise wrong("A token was given to who must not have it.")
        body = "".join("\t".join(row) + "\r\n" for row in report.rows or ())
        packed = gzip.compress(body.encode("cp1252", "replace"), mtime=0)
        return Response(packed, content_type="text/plain;charset=Cp1252")

    def _status(self, report: Prepared) -> str:
        with self._lock:
            if report.looks > 0:
                report.looks -= 1
                return "IN_PROGRESS"
            if self.fails > 0:
                self.fails -= 1
                report.kind = ""
            if not report.kind:
                return "FATAL"
        if report.rows is None:
            made = self._returns(report) if report.kind == RETURNS else self._feedback(report)
            report.rows = list(made)
        return "DONE" if len(report.rows) > 1 else "CANCELLED"

    def _returns(self, report: Prepared) -> Iterable[Sequence[str]]:
        yield _RETURN_COLUMNS
        with self.world.alone():
            for sale in self.world.sales.values():
                for back in sale.returns:
                    if report.since <= back.asked_at <= report.until:
                        yield from self._return(sale, back)

    def _return(self, sale: Sale, back: GoodsBack) -> Iterable[Sequence[str]]:
        arrived = back.state in {ReturnState.RECEIVED, ReturnState.REFUNDED}
        for line in sale.lines:
            cells = {
                "Order ID": sale.number,
                "Order date": f"{sale.ordered_at:%Y-%m-%d}",
                "Return request date": f"{back.asked_at:%Y-%m-%d}",
                "Return request status": _STATUS[back.state],
                "Amazon RMA ID": back.id,
                "Currency code": sale.currency,
                "A-to-Z Claim": "Y" if sale.number in self.claims else "N",
                "ASIN": line.item,
                "Merchant SKU": line.sku,
                "Item Name": line.title,
                "Return quantity": str(line.quantity),
                "Return Reason": back.reason,
                "Return delivery date": f"{back.changed_at:%Y-%m-%d}" if arrived else "",
                "Refunded Amount": f"{sale.refunded / 100:.2f}" if back.state is ReturnState.REFUNDED else "",
                "Order Item ID": line.id,
            }
            yield [cells.get(name, "") for name in _RETURN_COLUMNS]

    def _feedback(self, report: Prepared) -> Iterable[Sequence[str]]:
        yield _FEEDBACK_COLUMNS
        for one in self.rated:
            if report.since <= one.at <= report.until and one.rating <= 3:  # noqa: PLR2004 - positive ones are not told
                yield [f"{one.at:%Y/%m/%d}", str(one.rating), one.words, "", one.order, ""]
