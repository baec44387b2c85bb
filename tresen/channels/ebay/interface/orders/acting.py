"""What we do about an order at eBay: pay back, cancel, tell that it is shipped.

EBay wants refunds and cancellations of sellers in the EU and the UK signed, too: see `proving`. Without a key for that
its refusal is shown.
"""

from datetime import datetime

import msgspec

from tresen.channels.answered import to_sender
from tresen.channels.ebay.interface import asking
from tresen.channels.ebay.interface.orders.parsing import CANCELLED, UNDECIDED, refunds_told
from tresen.channels.ebay.interface.orders.reading import path_of
from tresen.channels.ebay.interface.orders.shapes import Order, OrderRefund, ShippingFulfillments
from tresen.channels.feeds import Stopped
from tresen.channels.http import HttpRequest, HttpResponse
from tresen.channels.money import in_decimals, minor_units
from tresen.channels.order_door import ActionOffer, ActionResult, ActionWanted, Done, NotDone, OrderAction
from tresen.channels.outbound import Later, Refused, StoreAccess, Uncertain
from tresen.channels.typed_json import NotAsDocumented, instant, read_json

LONGEST_COMMENT = 100
NOBODY_ASKED = "The buyer’s wish to cancel does not wait for a decision any more."


class RefundTaken(msgspec.Struct, frozen=True, rename="camel"):
    """The answer to issueRefund."""

    refund_id: str | None = None
    refund_status: str | None = None


class CancelTaken(msgspec.Struct, frozen=True, rename="camel"):
    """The answer to a cancellation."""

    cancel_id: str | int | None = None


def refund(wanted: ActionWanted, access: StoreAccess) -> ActionResult:
    """Pay back part of the order, or of its lines. EBay pays later: the order shows when."""
    said: dict[str, object] = {"reasonForRefund": wanted.reason}
    if wanted.words:
        said["comment"] = wanted.words[:LONGEST_COMMENT]
    if wanted.lines:
        said["refundItems"] = [
            {"lineItemId": line.external_id, "refundAmount": _sum(line.amount, wanted.currency)}
            for line in wanted.lines
        ]
    else:
        said["orderLevelRefundAmount"] = _sum(wanted.amount, wanted.currency)
    outcome = _done(access, asking.post(access, f"{path_of(wanted.order.number)}/issue_refund", said))
    if not isinstance(outcome, HttpResponse):
        return outcome
    taken = _understood(outcome, RefundTaken)
    if taken is None or taken.refund_status == "FAILED":
        return Refused(reason="eBay says that the refund failed.") if taken else _unclear(outcome)
    return Done(external_id=taken.refund_id or "", answer=taken.refund_status or "")


def look_for_refund(wanted: ActionWanted, access: StoreAccess) -> Done | NotDone | Stopped:
    """A refund of this amount, not older than the first attempt; one without a date has not been paid yet."""
    order = _order(wanted, access)
    if isinstance(order, Stopped):
        return order
    for one in refunds_told(order):
        name = one.refund_id or one.refund_reference_id or ""
        may_be = one.refund_status != "FAILED" and name not in wanted.others
        if may_be and _is(one, wanted) and not _before(one.refund_date, wanted.since):
            return Done(external_id=name, answer=one.refund_status or "")
    return NotDone()


def cancel(wanted: ActionWanted, access: StoreAccess) -> ActionResult:
    """Cancel the whole order: what the buyer asked for is approved, else we begin a cancellation."""
    order = _order(wanted, access)
    if isinstance(order, Stopped):
        return _not_read(order)
    asked = _asked_for(order)
    if asked:
        path, said = f"{asking.POST_ORDER}/cancellation/{asking.safe(asked)}/approve", None
    else:
        path, said = f"{asking.POST_ORDER}/cancellation", _cancellation(order, wanted.reason)
    outcome = _done(access, asking.post(access, path, said))
    if not isinstance(outcome, HttpResponse):
        return outcome
    taken = _understood(outcome, CancelTaken) if outcome.body.strip() else None
    return Done(external_id=str((taken.cancel_id if taken else None) or asked))


def keep(wanted: ActionWanted, access: StoreAccess) -> ActionResult:
    """Refuse the buyer's wish to cancel. EBay takes neither a reason nor words for it."""
    order = _order(wanted, access)
    if isinstance(order, Stopped):
        return _not_read(order)
    asked = _asked_for(order)
    if not asked:
        return Refused(reason=NOBODY_ASKED)
    path = f"{asking.POST_ORDER}/cancellation/{asking.safe(asked)}/reject"
    outcome = _done(access, asking.post(access, path, None))
    return Done(external_id=asked) if isinstance(outcome, HttpResponse) else outcome


def look_for_refusal(wanted: ActionWanted, access: StoreAccess) -> Done | NotDone | Stopped:
    """The wish waits no more, and the order is not cancelled."""
    order = _order(wanted, access)
    if isinstance(order, Stopped):
        return order
    cancelled = order.cancel_status is not None and order.cancel_status.cancel_state == CANCELLED
    return NotDone() if cancelled or _asked_for(order) else Done()


def look_for_cancellation(wanted: ActionWanted, access: StoreAccess) -> Done | NotDone | Stopped:
    """Whether the order is cancelled, or about to be by our own wish."""
    order = _order(wanted, access)
    if isinstance(order, Stopped):
        return order
    status = order.cancel_status
    if status and status.cancel_state == CANCELLED:
        return Done()
    ours = [
        one
        for one in (status.cancel_requests if status else None) or ()
        if (one.cancel_initiator or "").casefold() == "seller" and not _before(one.cancel_requested_date, wanted.since)
    ]
    return Done(external_id=ours[0].cancel_request_id or "") if ours else NotDone()


def ship(wanted: ActionWanted, access: StoreAccess) -> ActionResult:
    """Tell eBay that these lines have been handed over; the time is eBay's own."""
    said: dict[str, object] = {
        "lineItems": [{"lineItemId": line.external_id, "quantity": line.quantity} for line in wanted.lines]
    }
    if wanted.tracking:
        said |= {"shippingCarrierCode": wanted.carrier.strip(), "trackingNumber": _plain(wanted.tracking)}
    if not wanted.lines:
        del said["lineItems"]
    outcome = _done(access, asking.post(access, f"{path_of(wanted.order.number)}/shipping_fulfillment", said))
    if not isinstance(outcome, HttpResponse):
        return outcome
    return Done(external_id=outcome.headers.get("location", "").rstrip("/").rpartition("/")[2])


def look_for_parcel(wanted: ActionWanted, access: StoreAccess) -> Done | NotDone | Stopped:
    """A parcel with this tracking number; without one, any that left since the first attempt."""
    request = asking.get(access, f"{path_of(wanted.order.number)}/shipping_fulfillment")
    told = asking.read(access, request, ShippingFulfillments)
    if isinstance(told, Stopped):
        return told
    for one in told.fulfillments or ():
        same = _plain(one.shipment_tracking_number or "") == _plain(wanted.tracking)
        if (
            same
            and one.fulfillment_id not in wanted.others
            and (wanted.tracking or not _before(one.shipped_date, wanted.since))
        ):
            return Done(external_id=one.fulfillment_id)
    return NotDone()


def _order(wanted: ActionWanted, access: StoreAccess) -> Order | Stopped:
    return asking.read(access, asking.get(access, path_of(wanted.order.number)), Order)


def _not_read(why: Stopped) -> Refused | Later:
    """Nothing was asked for yet: it can be tried again, unless somebody has to sign in first."""
    return Refused(reason=why.reason) if why.reconnect or why.lacks else why.later()


def _done(access: StoreAccess, request: HttpRequest) -> HttpResponse | Later | Refused | Uncertain:
    return to_sender(access.http.send(request))


def _understood[T](answer: HttpResponse, kind: type[T]) -> T | None:
    try:
        return read_json(answer.body, kind)
    except NotAsDocumented:
        return None


def _unclear(answer: HttpResponse) -> Uncertain:
    return Uncertain(reason=f"eBay took it, and did not say as what: {answer.body[:200].decode('utf-8', 'replace')}")


def _sum(amount: int, currency: str) -> dict[str, str]:
    return {"value": f"{in_decimals(amount, currency):f}", "currency": currency}


def _is(one: OrderRefund, wanted: ActionWanted) -> bool:
    return one.amount is not None and minor_units(one.amount.value, one.amount.currency) in {
        wanted.amount,
        *(line.amount for line in wanted.lines),
    }


def _before(at: datetime | None, since: datetime | None) -> bool:
    return at is not None and since is not None and instant(at) < since


def _asked_for(order: Order) -> str:
    """The number of the buyer's own wish to cancel, while nobody has decided it."""
    requests = (order.cancel_status.cancel_requests if order.cancel_status else None) or ()
    return next(
        (
            one.cancel_request_id
            for one in requests
            if one.cancel_request_id
            and one.cancel_request_state == UNDECIDED
            and (one.cancel_initiator or "").casefold() == "buyer"
        ),
        "",
    )


def _cancellation(order: Order, reason: str) -> dict[str, object]:
    said: dict[str, object] = {"legacyOrderId": order.order_id, "cancelReason": reason}
    payments = (order.payment_summary.payments if order.payment_summary else None) or ()
    paid_at = next((one.payment_date for one in payments if one.payment_date), None)
    said["buyerPaid"] = paid_at is not None
    if paid_at:
        said["buyerPaidDate"] = {"value": asking.stamp(instant(paid_at))}
    return said


def _plain(tracking: str) -> str:
    """EBay takes letters and digits alone."""
    return "".join(filter(str.isalnum, tracking)).upper()


ORDER_ACTIONS = {
    OrderAction.REFUND: ActionOffer(
        perform=refund,
        look=look_for_refund,
        reasons={
            "OTHER_ADJUSTMENT": "Other adjustment",
            "ITEM_NOT_AS_DESCRIBED": "Not as described",
            "ITEM_NOT_RECEIVED": "Item not received",
            "BUYER_RETURN": "Sent back by the buyer",
            "BUYER_CANCEL": "Cancelled by the buyer",
            "SELLER_CANCEL": "Cancelled by us",
            "SHIPPING_DISCOUNT": "Cheaper shipping",
        },
        says=("eBay pays it some time later; until then it stands as being paid.",),
    ),
    OrderAction.CANCEL: ActionOffer(
        perform=cancel,
        look=look_for_cancellation,
        reasons={
            "BUYER_ASKED_CANCEL": "The buyer asked for it",
            "OUT_OF_STOCK_OR_CANNOT_FULFILL": "Out of stock",
            "ADDRESS_ISSUES": "Something is wrong with the address",
        },
        whole=True,
        says=(
            "eBay cancels the whole order, pays all of it back and tells the buyer.",
            "Nothing is changed about what you offer there: look at the listing’s quantity.",
        ),
    ),
    OrderAction.KEEP: ActionOffer(perform=keep, look=look_for_refusal, whole=True),
    OrderAction.MARK_SHIPPED: ActionOffer(perform=ship, look=look_for_parcel),
}
