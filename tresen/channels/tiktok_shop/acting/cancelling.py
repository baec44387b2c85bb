"""Orders that we cancel, and what is decided about a buyer's wish to cancel."""

from collections.abc import Mapping, Sequence

import msgspec

from tresen.channels.answered import to_sender
from tresen.channels.feeds import Stopped
from tresen.channels.http import HttpResponse
from tresen.channels.order_door import (
    CANCEL_REASONS,
    ActionOffer,
    ActionResult,
    ActionWanted,
    Done,
    NoSuchOrder,
    NotDone,
    OrderRef,
)
from tresen.channels.outbound import Later, Refused, StoreAccess
from tresen.channels.tiktok_shop.acting.eligibility import (
    changed_since,
    decided,
    decisions_on,
    not_read,
    once,
    possible,
    reasons_in,
)
from tresen.channels.tiktok_shop.asking import path_part, read, request, understood
from tresen.channels.tiktok_shop.one_order import about_order, one_order
from tresen.channels.tiktok_shop.order_shapes import Cancellation, Cancellations
from tresen.channels.tiktok_shop.orders import CANCELLED, PENDING, REFUSED

THE_BUYERS = "buyer"
"""Our word for approving what the buyer asked for: TikTok Shop takes no reason for that."""
NOBODY_ASKED = "The buyer’s wish to cancel does not wait for a decision any more."
WHOLE = "The whole order is cancelled, and TikTok Shop gives the buyer all money back."
_KNOWN = {
    "out_of_stock": "It is not in stock",
    "wrong_price": "The price was wrong",
    "pricing_error": "The price was wrong",
    "address": "Something is wrong with the address",
    "buyer_requested": "The customer wants it",
}
"""What names of reasons are about, in our words where we have some."""


class _Eligible(msgspec.Struct, frozen=True):
    request_type: str = ""
    eligible: bool = False
    available_reason_names: Sequence[str] = ()


class _Sku(msgspec.Struct, frozen=True):
    line_item_eligibility: Sequence[_Eligible] = ()


class _Skus(msgspec.Struct, frozen=True):
    sku_eligibility: Sequence[_Sku] = ()


class _Cancelled(msgspec.Struct, frozen=True):
    cancel_id: str = ""


def _wishes(access: StoreAccess, order: OrderRef) -> Sequence[Cancellation] | Stopped:
    """What the buyer asked for, whatever became of it."""
    found = read(access, Cancellations, about_order(access, "cancellations", order.number))
    return found if isinstance(found, Stopped) else [one for one in found.cancellations if one.role == "BUYER"]


def _asked_by_buyer(access: StoreAccess, order: OrderRef) -> Cancellation | Stopped | None:
    """The buyer's wish that waits for a decision."""
    wishes = _wishes(access, order)
    return wishes if isinstance(wishes, Stopped) else _waiting(wishes)


def _waiting(wishes: Sequence[Cancellation]) -> Cancellation | None:
    return next((one for one in wishes if one.cancel_status == PENDING), None)


def _cancel(wanted: ActionWanted, access: StoreAccess) -> ActionResult:
    """The buyer's wish is approved; without one, we cancel for a reason of TikTok Shop's."""
    wish = _asked_by_buyer(access, wanted.order)
    if isinstance(wish, Stopped):
        return not_read(wish)
    if wish is not None:
        path = f"/202309/cancellations/{path_part(wish.cancel_id)}/approve"
        return decided(access, once(access, path, wanted, {}), wish.cancel_id)
    if wanted.reason == THE_BUYERS:
        return Refused(reason=NOBODY_ASKED)
    told = {"order_id": wanted.order.number, "cancel_reason": wanted.reason}
    outcome = to_sender(access.http.send(request(access, "POST", "/return_refund/202602/cancellations", told=told)))
    if not isinstance(outcome, HttpResponse):
        return outcome
    cancelled = understood(outcome, _Cancelled)
    return Done(external_id=cancelled.cancel_id if isinstance(cancelled, _Cancelled) else "")


def _keep(wanted: ActionWanted, access: StoreAccess) -> ActionResult:
    """The buyer's wish is refused. What an earlier attempt has refused is done."""
    wishes = _wishes(access, wanted.order)
    if isinstance(wishes, Stopped):
        return not_read(wishes)
    wish = _waiting(wishes)
    if wish is None:
        ours = (one for one in wishes if one.cancel_status in REFUSED and changed_since(one.update_time, wanted))
        kept = next(ours, None)
        return Done(external_id=kept.cancel_id) if kept else Refused(reason=NOBODY_ASKED)
    decision = possible(access, wish.cancel_id, ("REJECT_REQUEST_CANCEL",))
    if isinstance(decision, Later | Refused):
        return decision
    told: dict[str, object] = {"reject_reason": wanted.reason}
    if wanted.words.strip():
        told["comment"] = wanted.words.strip()
    path = f"/202309/cancellations/{path_part(wish.cancel_id)}/reject"
    return decided(access, once(access, path, wanted, told), wish.cancel_id)


def _reasons_to_cancel(access: StoreAccess, order: OrderRef, _return: str) -> Mapping[str, str] | Stopped:
    """TikTok Shop's reasons for this order as it stands; it names them, and says nothing of them in words."""
    wish = _asked_by_buyer(access, order)
    if isinstance(wish, Stopped):
        return wish
    if wish is not None:
        return {THE_BUYERS: CANCEL_REASONS["buyer"]}
    path = f"/return_refund/202602/orders/{path_part(order.number)}/aftersale_eligibility"
    query = (("initiate_aftersale_user", "SELLER"), ("request_types", "CANCEL"))
    found = read(access, _Skus, request(access, "GET", path, *query))
    if isinstance(found, Stopped):
        return found
    lines = [one for sku in found.sku_eligibility for one in sku.line_item_eligibility]
    names = (
        name for one in lines if one.eligible and one.request_type == "CANCEL" for name in one.available_reason_names
    )
    return {name: _words(name) for name in dict.fromkeys(names)}


def _words(name: str) -> str:
    return next((words for part, words in _KNOWN.items() if part in name), name.replace("_", " "))


def _reasons_to_keep(access: StoreAccess, order: OrderRef, _return: str) -> Mapping[str, str] | Stopped:
    wish = _asked_by_buyer(access, order)
    if wish is None or isinstance(wish, Stopped):
        return wish or {}
    return reasons_in(decisions_on(access, wish.cancel_id, ("REJECT_REQUEST_CANCEL",)))


def _was_cancelled(wanted: ActionWanted, access: StoreAccess) -> Done | NotDone | Stopped:
    found = one_order(access, wanted.order.number)
    if isinstance(found, Stopped):
        return found
    return NotDone() if isinstance(found, NoSuchOrder) or found[0].status not in CANCELLED else Done()


def _was_kept(wanted: ActionWanted, access: StoreAccess) -> Done | NotDone | Stopped:
    """The wish waits no more, and the order is not cancelled."""
    wish = _asked_by_buyer(access, wanted.order)
    cancelled = _was_cancelled(wanted, access) if wish is None else wish
    if isinstance(cancelled, Stopped):
        return cancelled
    return Done() if isinstance(cancelled, NotDone) else NotDone()


CANCELLING = ActionOffer(
    perform=_cancel, look=_was_cancelled, ask_reasons=_reasons_to_cancel, whole=True, says=(WHOLE,)
)
KEEPING = ActionOffer(perform=_keep, look=_was_kept, ask_reasons=_reasons_to_keep, keyed=True, whole=True, words=True)
SAYS = (NOBODY_ASKED, WHOLE)
