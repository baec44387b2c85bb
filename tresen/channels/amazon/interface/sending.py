"""What leaves by the interface: a conversation's first message, and word that goods have left. Each is asked once."""

import re

from tresen.channels.amazon.interface.openings import OPENINGS, allowed, posting
from tresen.channels.amazon.interface.shipping import confirmation, look, reference, unfit
from tresen.channels.answered import answered_at, to_sender
from tresen.channels.http import HttpResponse
from tresen.channels.order_door import ActionOffer, ActionResult, ActionWanted, Done, OrderAction, OrderRef
from tresen.channels.outbound import OutboundMessage, Refused, SendResult, Sent, StoreAccess
from tresen.channels.starting import Opening, StartDoor
from tresen.timekeeping import wall

_EMAIL = re.compile(r"[^\s@<>]{1,64}@[^\s@<>]{1,190}\.[a-z]{2,}", re.IGNORECASE)

_MARKUP = re.compile(r"</?[a-z][^<>]{0,200}>", re.IGNORECASE)


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
    return unfit_words(opening, text)


def unfit_words(_opening: Opening, text: str) -> str:
    """What Amazon forbids in the text, whatever its length."""
    if _EMAIL.search(text):
        return "Amazon takes no e-mail addresses here."
    return "Amazon takes no HTML here." if _MARKUP.search(text) else ""


START = StartDoor(openings=OPENINGS, send=begin, allowed=allowed, unfit=unfit_words, an_order=1)
ACTIONS = {OrderAction.MARK_SHIPPED: ActionOffer(perform=mark_shipped, look=look)}
