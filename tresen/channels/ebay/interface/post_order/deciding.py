"""Returns are approved or refused. EBay wants this of sellers in the EU and the UK signed too: see `proving`."""

from tresen.channels.answered import to_sender
from tresen.channels.ebay.interface import asking
from tresen.channels.ebay.interface.post_order.returns import state_of
from tresen.channels.ebay.interface.post_order.shapes import OneReturn
from tresen.channels.feeds import Stopped
from tresen.channels.http import HttpResponse
from tresen.channels.order_door import ActionOffer, ActionResult, ActionWanted, Done, NotDone, OrderAction
from tresen.channels.order_news import ReturnState
from tresen.channels.outbound import StoreAccess
from tresen.channels.typed_json import NotAsDocumented

_REFUSED = frozenset({ReturnState.REFUSED, ReturnState.CLOSED})


def approve(wanted: ActionWanted, access: StoreAccess) -> ActionResult:
    """The goods may come back."""
    return _decide("APPROVE", wanted, access)


def refuse(wanted: ActionWanted, access: StoreAccess) -> ActionResult:
    """The goods may not come back; the buyer is told why."""
    return _decide("DECLINE", wanted, access)


def look_for_approval(wanted: ActionWanted, access: StoreAccess) -> Done | NotDone | Stopped:
    """Whether the return goes its way."""
    state = _state(wanted, access)
    if isinstance(state, Stopped):
        return state
    return NotDone() if state is ReturnState.REQUESTED or state in _REFUSED else Done(external_id=wanted.return_id)


def look_for_refusal(wanted: ActionWanted, access: StoreAccess) -> Done | NotDone | Stopped:
    """Whether the return is at its end."""
    state = _state(wanted, access)
    if isinstance(state, Stopped):
        return state
    return Done(external_id=wanted.return_id) if state in _REFUSED else NotDone()


def _decide(decision: str, wanted: ActionWanted, access: StoreAccess) -> ActionResult:
    said: dict[str, object] = {"decision": decision}
    if wanted.words:
        said["comments"] = {"content": wanted.words}
    outcome = to_sender(access.http.send(asking.post(access, f"{_path(wanted)}/decide", said)))
    return Done(external_id=wanted.return_id) if isinstance(outcome, HttpResponse) else outcome


def _state(wanted: ActionWanted, access: StoreAccess) -> ReturnState | Stopped:
    told = asking.read(access, asking.get(access, _path(wanted)), OneReturn)
    if isinstance(told, Stopped):
        return told
    try:
        return state_of(told.summary)
    except NotAsDocumented as wrong:
        return Stopped(reason=str(wrong))


def _path(wanted: ActionWanted) -> str:
    return f"{asking.POST_ORDER}/return/{asking.safe(wanted.return_id)}"


RETURN_ACTIONS = {
    OrderAction.APPROVE_RETURN: ActionOffer(perform=approve, look=look_for_approval, words=True),
    OrderAction.REFUSE_RETURN: ActionOffer(perform=refuse, look=look_for_refusal, words=True),
}
