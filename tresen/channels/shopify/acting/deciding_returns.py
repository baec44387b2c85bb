"""Say yes or no to a return that a buyer asked for; Shopify tells him, with our words where it is refused."""

from functools import partial

import msgspec

from tresen.channels.feeds import Stopped
from tresen.channels.order_door import ActionOffer, ActionResult, ActionWanted, Done, NotDone
from tresen.channels.outbound import Later, Refused, StoreAccess, Uncertain
from tresen.channels.shopify.acting.answers import CHANGE, changed, looked_at
from tresen.channels.shopify.admin.asking import Question
from tresen.channels.shopify.admin.order_shapes import number_in

LONGEST_NOTE = 500
REASONS = {
    "RETURN_PERIOD_ENDED": "The time for returns is over",
    "FINAL_SALE": "It was sold without a right of return",
    "OTHER": "Another reason",
}
_APPROVE = Question(
    document="""
mutation ApproveReturn($input: ReturnApproveRequestInput!) {
  returnApproveRequest(input: $input) { return { id status } userErrors { message } }
}
""",
    cost=CHANGE,
)
_REFUSE = Question(
    document="""
mutation RefuseReturn($input: ReturnDeclineRequestInput!) {
  returnDeclineRequest(input: $input) { return { id status } userErrors { message } }
}
""",
    cost=CHANGE,
)
_LOOK = Question(document="query ReturnNow($id: ID!) { return(id: $id) { id status } }", cost=1)
_APPROVED, _REFUSED = frozenset({"OPEN", "CLOSED"}), frozenset({"DECLINED"})


class _Return(msgspec.Struct, frozen=True):
    id: str
    status: str


class _Decided(msgspec.Struct, frozen=True, rename={"back": "return"}):
    back: _Return | None = None


def approve(wanted: ActionWanted, access: StoreAccess) -> ActionResult:
    """Ask once."""
    asked = {"input": {"id": _gid(wanted), "notifyCustomer": True}}
    return _result(changed(access, _APPROVE, asked, name="returnApproveRequest", kind=_Decided, errors="userErrors"))


def refuse(wanted: ActionWanted, access: StoreAccess) -> ActionResult:
    """Ask once."""
    decision = {
        "id": _gid(wanted),
        "declineReason": wanted.reason if wanted.reason in REASONS else next(iter(REASONS)),
        "declineNote": wanted.words.strip()[:LONGEST_NOTE] or None,
        "notifyCustomer": True,
    }
    return _result(
        changed(access, _REFUSE, {"input": decision}, name="returnDeclineRequest", kind=_Decided, errors="userErrors")
    )


def _result(answer: _Decided | Later | Refused | Uncertain) -> ActionResult:
    if not isinstance(answer, _Decided):
        return answer
    return Done(external_id=str(number_in(answer.back.id)) if answer.back else "")


def _look(states: frozenset[str], wanted: ActionWanted, access: StoreAccess) -> Done | NotDone | Stopped:
    """Whether the return is in one of these states now."""
    found = looked_at(access, _LOOK, {"id": _gid(wanted)}, name="return", kind=_Return)
    if isinstance(found, Stopped):
        return found
    return Done(external_id=wanted.return_id) if found.status in states else NotDone()


def _gid(wanted: ActionWanted) -> str:
    return f"gid://shopify/Return/{wanted.return_id}"


_SAYS = ("Shopify tells the buyer by e-mail.",)
APPROVE = ActionOffer(perform=approve, look=partial(_look, _APPROVED), whole=True, says=_SAYS)
REFUSE = ActionOffer(perform=refuse, look=partial(_look, _REFUSED), reasons=REASONS, whole=True, words=True, says=_SAYS)
