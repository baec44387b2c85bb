"""A fake OTTO's receipts and price reductions. A reduction is taken at once and paid later, with a receipt."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from werkzeug.wrappers import Request

from tresen.channels.money import minor_units
from tresen.fakes.faults import as_told
from tresen.fakes.otto.answering import Refusal, limit_of, link, written
from tresen.fakes.otto.answering import money as as_money
from tresen.fakes.otto.orders import piece_named, status_of
from tresen.fakes.otto.papers import paper_of
from tresen.fakes.sales import MoneyBack, Sale

if TYPE_CHECKING:
    from tresen.fakes.otto import FakeOtto

type Json = dict[str, Any]
_USUAL, _USUAL_REDUCTIONS, _MOST = 128, 10, 128
_BY_RETURN = "RETURN"


@dataclass(slots=True, kw_only=True)
class Reduced:
    """A price reduction that was taken; `paid` once its money has gone back."""

    item: str
    sale: Sale
    amount: int
    at: datetime
    paid: MoneyBack | None = None


def reduce(fake: "FakeOtto", request: Request) -> Json:
    """POST /v1/price-reductions: only for what has left, and no more than the piece costs."""
    said = json.loads(request.get_data())
    piece = piece_named(fake, said["positionItemId"])
    item, sale, line = piece
    told = said["priceReduction"]
    amount = minor_units(str(told["amount"]), told["currency"])
    before = sum(one.amount for one in fake.reductions if one.item == item)
    if sale.id != said["salesOrderId"] or status_of(fake, piece) != "SENT":
        raise Refusal("INVALID_POSITION_ITEM", "The position item has not been sent.", status=409)
    if not 0 < amount <= line.price - before:
        raise Refusal("INVALID_AMOUNT", "The reduction is more than is left of the price.")
    fake.reductions.append(Reduced(item=item, sale=sale, amount=amount, at=fake.world.now()))
    detail = "The price reduction was accepted."
    return {"results": {"path": request.path, "title": "ACCEPTED", "code": 202, "detail": detail}}


def reductions(fake: "FakeOtto", request: Request) -> Json:
    """GET /v1/price-reductions, by piece; what was only begun is paid by the time it is asked for again."""
    limit, page = limit_of(request, usual=_USUAL_REDUCTIONS, most=_MOST), int(request.args.get("page", 1))
    wanted = request.args.get("positionItemId", "")
    items = dict.fromkeys(one.item for one in fake.reductions if not wanted or one.item == wanted)
    found = [_reduced(fake, item) for item in items]
    start = (page - 1) * limit
    following = link("/v1/price-reductions", page=page + 1, limit=limit)
    pay(fake)
    return {
        "results": found[start : start + limit],
        "links": [following] if start + limit < len(found) else [],
    }


def pay(fake: "FakeOtto") -> None:
    """The money of all reductions that were only begun goes back."""
    for one in fake.reductions:
        if one.paid is None:
            one.paid = fake.world.refund(one.sale.number, amount=one.amount, reason="PARTIAL_REFUND")
            one.paid.line = one.item


def receipts(fake: "FakeOtto", request: Request) -> Json:
    """GET /v3/receipts: of purchases that have left, and of what went back."""
    limit, page = limit_of(request, usual=_USUAL, most=_MOST), int(request.args.get("page", 1))
    wanted = request.args.get("salesOrderId", "")
    pay(fake)
    sales = [sale for sale in fake.world.sales.values() if not wanted or sale.id == wanted]
    found = [receipt for sale in sales for receipt in _receipts(sale)]
    start = (page - 1) * limit
    following = link("/v3/receipts", page=page + 1, limit=limit)
    return {
        "resources": list(as_told(request.environ, found[start : start + limit])),
        "links": [following] if start + limit < len(found) else [],
    }


def document(fake: "FakeOtto", request: Request, *, receipt: str) -> bytes:
    """GET /v3/receipts/<number>.pdf: the receipt as the buyer has it."""
    del request
    found = [told for sale in fake.world.sales.values() for told in _receipts(sale) if told["receiptNumber"] == receipt]
    if not found:
        raise Refusal("NOT_FOUND", "There is no such receipt.", status=404)
    (told,) = found
    buyer, gross = told["customer"]["invoiceAddress"], told["totalsGrossAmount"]
    return paper_of(
        f"{told['receiptType']} {receipt}",
        f"{buyer['firstName']} {buyer['lastName']}",
        f"{told['orderNumber']}: {gross['amount']:.2f} {gross['currency']}",
    )


def _reduced(fake: "FakeOtto", item: str) -> Json:
    of = [one for one in fake.reductions if one.item == item]
    _item, sale, line = piece_named(fake, item)
    return {
        "positionItemId": item,
        "salesOrderId": sale.id,
        "invoicePrice": as_money(line.price, sale.currency),
        "totalPriceReduction": as_money(sum(one.amount for one in of), sale.currency),
        "priceReductions": [
            {
                "priceReduction": as_money(one.amount, sale.currency),
                "creationDateTime": written(one.at),
                "status": "PROCESSED" if one.paid else "INITIATED",
                **({"receiptNumber": one.paid.id} if one.paid else {}),
            }
            for one in of
        ],
    }


def _receipts(sale: Sale) -> list[Json]:
    told = [_receipt(sale, f"p-{sale.id}", "PURCHASE", sale.total, sale.parcels[0].shipped_at)] if sale.parcels else []
    for back in sale.refunds:
        kind = "REFUND" if back.reason == _BY_RETURN else "PARTIAL_REFUND"
        told.append(_receipt(sale, back.id, kind, back.amount, back.at))
    return told


def _receipt(sale: Sale, number: str, kind: str, amount: int, at: datetime) -> Json:
    first, _, last = sale.buyer.name.partition(" ")
    address = {"street": "Beispielweg", "zipCode": "12345", "city": "Musterstadt", "countryCode": "DEU"}
    gross = as_money(amount, sale.currency)
    of_kind = {"REFUND": {"refundType": "RETURN"}, "PARTIAL_REFUND": {"partialRefundType": "REFUND_COMPLAINT_ITEM"}}
    nothing: list[Json] = []
    return {
        "receiptType": kind,
        "isRealReceipt": True,
        "receiptNumber": number,
        "creationDate": written(at),
        "salesOrderId": sale.id,
        "orderNumber": sale.number,
        "orderDate": written(sale.ordered_at),
        "payment": {"paymentProvider": "OTTOPAYMENTS", "paymentMethod": "PAYPAL"},
        "partner": {**address, "partnerName": "Birkenhof", "vatId": "DE000000000", "representedBy": "Nora Beispiel"},
        "customer": {"invoiceAddress": {**address, "firstName": first, "lastName": last}},
        "lineItems": {
            "itemPositions": nothing,
            "itemPartialRefundPositions": nothing,
            "servicePositions": nothing,
            "servicePartialRefundPositions": nothing,
            "deliveryCosts": nothing,
            "deliveryFeePartialRefundPositions": nothing,
        },
        "totals": [{"taxType": "VAT", "taxRate": "19", "gross": gross}],
        "totalsGrossAmount": gross,
        "amountDue": gross,
        **of_kind.get(kind, {}),
    }
