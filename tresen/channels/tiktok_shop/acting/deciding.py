"""Returns, refunds without goods, replacements: approved or refused by the decision that is possible at that moment."""

from collections.abc import Callable, Mapping, Sequence

from tresen.channels.feeds import Stopped
from tresen.channels.order_door import ActionOffer, ActionResult, ActionWanted, Done, NotDone, OrderRef
from tresen.channels.order_news import ReturnState
from tresen.channels.outbound import Later, Refused, StoreAccess
from tresen.channels.tiktok_shop.acting.eligibility import (
    NONE_POSSIBLE,
    Decision,
    changed_since,
    decided,
    decisions_on,
    not_read,
    once,
    possible,
    reasons_in,
)
from tresen.channels.tiktok_shop.asking import path_part, read, request
from tresen.channels.tiktok_shop.order_shapes import Returns, TikTokReturn
from tresen.channels.tiktok_shop.returns import has_come, state_of

_APPROVALS = ("APPROVE_RETURN", "APPROVE_REFUND", "APPROVE_REPLACEMENT")
_REFUSALS = ("REJECT_RETURN", "REJECT_REFUND", "REJECT_REPLACEMENT")
_TAKE, _DO_NOT_TAKE = ("APPROVE_RECEIVED_PACKAGE",), ("REJECT_RECEIVED_PACKAGE",)
"""Of what has come back: taking it pays the buyer."""
_REFUSED = frozenset({ReturnState.REFUSED, ReturnState.CLOSED})
_APPROVED = frozenset(ReturnState) - _REFUSED - {ReturnState.REQUESTED}
PAYS = "Where goods need not come back, or have come, TikTok Shop pays the buyer as soon as you approve."


def _approve(wanted: ActionWanted, access: StoreAccess) -> ActionResult:
    decision = _possible(wanted, access, _APPROVALS, of_goods=_TAKE, after=_APPROVED)
    if not isinstance(decision, Decision):
        return decision
    path = f"/202309/returns/{path_part(wanted.return_id)}/approve"
    return decided(access, once(access, path, wanted, {"decision": decision.decision}), wanted.return_id)


def _refuse(wanted: ActionWanted, access: StoreAccess) -> ActionResult:
    decision = _possible(wanted, access, _REFUSALS, of_goods=_DO_NOT_TAKE, after=_REFUSED)
    if not isinstance(decision, Decision):
        return decision
    told = {"decision": decision.decision, "reject_reason": wanted.reason}
    if wanted.words.strip():
        told["comment"] = wanted.words.strip()
    path = f"/202606/returns/{path_part(wanted.return_id)}/reject"
    return decided(access, once(access, path, wanted, told), wanted.return_id)


def _possible(
    wanted: ActionWanted,
    access: StoreAccess,
    decisions: Sequence[str],
    *,
    of_goods: Sequence[str],
    after: frozenset[ReturnState],
) -> Decision | Done | Later | Refused:
    """What can be decided now. What an earlier attempt has decided is done, and no next step is taken for it.

    `of_goods`: of what has come back; `after`: where a return stands that was decided so.
    """
    back = _return(access, wanted.return_id)
    if isinstance(back, Stopped):
        return not_read(back)
    if back is not None and state_of(back) is not ReturnState.REQUESTED:
        ours = state_of(back) in after and changed_since(back.update_time, wanted)
        return Done(external_id=wanted.return_id) if ours else Refused(reason=NONE_POSSIBLE)
    return possible(access, wanted.return_id, of_goods if back is not None and has_come(back) else decisions)


def _reasons(access: StoreAccess, _order: OrderRef, return_id: str) -> Mapping[str, str] | Stopped:
    return reasons_in(decisions_on(access, return_id, (*_REFUSALS, *_DO_NOT_TAKE)))


def _return(access: StoreAccess, number: str) -> TikTokReturn | Stopped | None:
    """The return as it stands; None where TikTok Shop knows none of that number."""
    path = "/return_refund/202602/returns/search"
    found = read(access, Returns, request(access, "POST", path, ("page_size", "10"), told={"return_ids": [number]}))
    if isinstance(found, Stopped):
        return found
    back = next((one for one in found.return_orders if one.return_id == number), None)
    try:
        if back:
            state_of(back)
    except ValueError as wrong:
        return Stopped(reason=str(wrong))
    return back


def _stands_in(states: frozenset[ReturnState]) -> Callable[[ActionWanted, StoreAccess], Done | NotDone | Stopped]:
    def look(wanted: ActionWanted, access: StoreAccess) -> Done | NotDone | Stopped:
        back = _return(access, wanted.return_id)
        if isinstance(back, Stopped):
            return back
        return Done(external_id=wanted.return_id) if back and state_of(back) in states else NotDone()

    return look


APPROVING = ActionOffer(
    perform=_approve, look=_stands_in(_APPROVED), keyed=True, whole=True, pays_line=True, says=(PAYS,)
)
REFUSING = ActionOffer(
    perform=_refuse, look=_stands_in(_REFUSED), ask_reasons=_reasons, keyed=True, whole=True, words=True
)
SAYS = (PAYS, NONE_POSSIBLE)
