"""What leaves by the interface: a conversation's first message, and word that goods have left. Each is asked once."""

from tresen.channels.amazon.interface.openings import OPENINGS, allowed, posting
from tresen.channels.amazon.interface.shipping import confirmation, look, reference, unfit
from tresen.channels.answered import answered_at, to_sender
from tresen.channels.http import HttpResponse
from tresen.channels.order_door import ActionOffer, ActionResult, ActionWanted, Done, OrderAction, OrderRef
from tresen.channels.outbound import OutboundMessage, Refused, SendResult, Sent, StoreAccess
from tresen.channels.starting import Opening, StartDoor, Unfit
from tresen.channels.ways_out import WayOut, found_in
from tresen.timekeeping import wall

_FORBIDDEN = {
    WayOut.EMAIL: "Amazon takes no e-mail addresses here.",
    WayOut.MARKUP: "Amazon takes no HTML here.",
}


def begin(opening: Opening, order: OrderRef, message: OutboundMessage, access: StoreAccess) -> SendResult:
    """Send the first message. Amazon gives it no number, so it is known by that of the request."""
    text = message.text.strip()
    if not opening.fixed and (reason := _unfit(text, opening)):
        return Refused(reason=reason)
    answer = to_sender(access.http.send(posting(opening, order, text, access)))
    if not isinstance(answer, HttpResponse):
        return answer
    number = answer.headers.get("x-amzn-requestid") or message.idempotency_key
    return Sent(external_id=number, at=answered_at(answer, now=wall.now()), answer=f"{answer.status} {opening.key}")


def mark_shipped(wanted: ActionWanted, access: StoreAccess) -> ActionResult:
    """Tell that goods have left."""
    if reason := unfit(wanted):
        return Refused(reason=reason)
    answer = to_sender(access.http.send(confirmation(wanted, access, at=wall.now())))
    return Done(external_id=reference(wanted.key)) if isinstance(answer, HttpResponse) else answer


def _unfit(text: str, opening: Opening) -> str:
    if not text:
        return "There is nothing to send."
    if opening.most is not None and len(text) > opening.most:
        return f"Amazon takes {opening.most} characters here, and these are {len(text)}."
    wrong = unfit_words(opening, text)
    return wrong.sentence if wrong else ""


def unfit_words(_opening: Opening, text: str) -> Unfit | None:
    """What Amazon forbids in the text, whatever its length."""
    found = found_in(text, tuple(_FORBIDDEN))
    return Unfit(_FORBIDDEN[found[0]], found[1]) if found else None


START = StartDoor(openings=OPENINGS, send=begin, allowed=allowed, unfit=unfit_words, an_order=1)
ACTIONS = {OrderAction.MARK_SHIPPED: ActionOffer(perform=mark_shipped, look=look)}
