"""Returns, refunds without goods, replacements: approved or refused by the decision that is possible at that moment."""

from collections.abc import Mapping

from tresen.channels.feeds import Stopped
from tresen.channels.order_door import ActionOffer, ActionResult, ActionWanted, Done, NotDone, OrderRef
from tresen.channels.order_news import ReturnState
from tresen.channels.outbound import Later, Refused, StoreAccess
from tresen.channels.tiktok_shop.acting.eligibility import (
    NONE_POSSIBLE,
    decided,
    decisions_on,
    once,
    possible,
    reasons_in,
)
from tresen.channels.tiktok_shop.asking import path_part, read, request
from tresen.channels.tiktok_shop.order_shapes import Returns
from tresen.channels.tiktok_shop.returns import state_of
from tresen.channels.typed_json import NotAsDocumented

_APPROVALS = ("APPROVE_RETURN", "APPROVE_REFUND", "APPROVE_RECEIVED_PACKAGE", "APPROVE_REPLACEMENT")
_REFUSALS = ("REJECT_RETURN", "REJECT_REFUND", "REJECT_RECEIVED_PACKAGE", "REJECT_REPLACEMENT")
_REFUSED = frozenset({ReturnState.REFUSED, ReturnState.CLOSED})
PAYS = "Where goods need not come back, or have come, TikTok Shop pays the buyer as soon as you approve."


def _approve(wanted: ActionWanted, access: StoreAccess) -> ActionResult:
    decision = possible(access, wanted.return_id, _APPROVALS)
    if isinstance(decision, Later | Refused):
        return decision
    path = f"/202309/returns/{path_part(wanted.return_id)}/approve"
    return decided(access, once(access, path, wanted, {"decision": decision.decision}), wanted.return_id)


def _refuse(wanted: ActionWanted, access: StoreAccess) -> ActionResult:
    decision = possible(access, wanted.return_id, _REFUSALS)
    if isinstance(decision, Later | Refused):
        return decision
    told = {"decision": decision.decision, "reject_reason": wanted.reason}
    if wanted.words.strip():
        told["comment"] = wanted.words.strip()
    path = f"/202606/returns/{path_part(wanted.return_id)}/reject"
    return decided(access, once(access, path, wanted, told), wanted.return_id)


def _reasons(access: StoreAccess, _order: OrderRef, return_id: str) -> Mapping[str, str] | Stopped:
    return reasons_in(decisions_on(access, return_id, _REFUSALS))


def _state(wanted: ActionWanted, access: StoreAccess) -> ReturnState | Stopped:
    path = "/return_refund/202602/returns/search"
    asked = request(access, "POST", path, ("page_size", "10"), told={"return_ids": [wanted.return_id]})
    found = read(access, Returns, asked)
    if isinstance(found, Stopped):
        return found
    back = next((one for one in found.return_orders if one.return_id == wanted.return_id), None)
    try:
        return state_of(back) if back else ReturnState.REQUESTED
    except NotAsDocumented as wrong:
        return Stopped(reason=str(wrong))


def _was_approved(wanted: ActionWanted, access: StoreAccess) -> Done | NotDone | Stopped:
    state = _state(wanted, access)
    if isinstance(state, Stopped):
        return state
    return NotDone() if state is ReturnState.REQUESTED or state in _REFUSED else Done(external_id=wanted.return_id)


def _was_refused(wanted: ActionWanted, access: StoreAccess) -> Done | NotDone | Stopped:
    state = _state(wanted, access)
    if isinstance(state, Stopped):
        return state
    return Done(external_id=wanted.return_id) if state in _REFUSED else NotDone()


APPROVING = ActionOffer(perform=_approve, look=_was_approved, keyed=True, whole=True, says=(PAYS,))
REFUSING = ActionOffer(perform=_refuse, look=_was_refused, ask_reasons=_reasons, keyed=True, whole=True, words=True)
SAYS = (PAYS, NONE_POSSIBLE)
