"""How a conversation with a buyer can be begun at Amazon: kinds of message that it offers for an order, one at a time.

Answers to buyers never go this way: the Messaging API can't answer. Kinds that want a file uploaded first (legal
disclosure, warranty, invoice) are left to Seller Central.
"""

from collections.abc import Sequence

import msgspec

from tresen.channels.amazon.interface.places import asked, marketplace_of, named, read
from tresen.channels.answered import AFTER_A_FAULT
from tresen.channels.feeds import Stopped
from tresen.channels.http import Allowance, HttpRequest
from tresen.channels.order_door import OrderRef
from tresen.channels.outbound import StoreAccess
from tresen.channels.starting import Opening
from tresen.channels.typed_json import NotAsDocumented, read_json

MESSAGING = Allowance(name="messaging", per_second=1, burst=5)
SOLICITATIONS = Allowance(name="solicitations", per_second=1, burst=5)
REVIEW = "productReviewAndSellerFeedback"
_PLAIN = "In the buyer’s language, without HTML and e-mail addresses."

OPENINGS = (
    Opening(key="confirmOrderDetails", title="Ask about the order before it is shipped", most=2000, help_text=_PLAIN),
    Opening(key="confirmDeliveryDetails", title="Arrange the delivery", most=2000, help_text=_PLAIN),
    Opening(key="confirmCustomizationDetails", title="Ask about the customisation", most=800, help_text=_PLAIN),
    Opening(key="confirmServiceDetails", title="Arrange a home service", most=2000, help_text=_PLAIN),
    Opening(key="unexpectedProblem", title="Tell of an unexpected problem", most=2000, help_text=_PLAIN),
    Opening(key="digitalAccessKey", title="Send a digital access key", most=400, help_text=_PLAIN),
    Opening(
        key=REVIEW,
        title="Ask for a review and feedback",
        fixed=True,
        help_text="Amazon writes the words. It may be sent once for an order, and never beside another such request.",
    ),
)


class Link(msgspec.Struct, frozen=True):
    """A kind of message that is offered."""

    name: str = ""


class Links(msgspec.Struct, frozen=True):
    """What is offered now."""

    actions: list[Link] = []


class Offered(msgspec.Struct, frozen=True):
    """The answer, in the form HAL."""

    links: Links = msgspec.field(name="_links")


def allowed(order: OrderRef, access: StoreAccess) -> Sequence[str] | Stopped:
    """The kinds that Amazon takes for the order now. Requests for feedback are a role of their own, which may lack."""
    messages = _offered(_request(access, order, "/messaging/v1", MESSAGING), access)
    if isinstance(messages, Stopped):
        return messages
    requests = _offered(_request(access, order, "/solicitations/v1", SOLICITATIONS), access)
    names = {*messages, *(() if isinstance(requests, Stopped) else requests)}
    return [opening.key for opening in OPENINGS if opening.key in names]


def posting(opening: Opening, order: OrderRef, text: str, access: StoreAccess) -> HttpRequest:
    """The request that sends it."""
    if opening.fixed:
        return _request(access, order, "/solicitations/v1", SOLICITATIONS, f"/solicitations/{opening.key}", "POST")
    path = f"/messages/{opening.key}"
    return _request(access, order, "/messaging/v1", MESSAGING, path, "POST", {"text": text})


def _request(
    access: StoreAccess,
    order: OrderRef,
    interface: str,
    allowance: Allowance,
    path: str = "",
    method: str = "GET",
    body: dict[str, object] | None = None,
) -> HttpRequest:
    where = f"{interface}/orders/{named(order)}{path}"
    query = (("marketplaceIds", marketplace_of(access).id),)
    return asked(access, where, allowance, method=method, query=query, body=body)


def _offered(request: HttpRequest, access: StoreAccess) -> list[str] | Stopped:
    answer = read(access.http.send(request))
    if isinstance(answer, Stopped):
        return answer
    try:
        return [link.name for link in read_json(answer.body, Offered).links.actions]
    except NotAsDocumented as wrong:
        return Stopped(reason=str(wrong), after=AFTER_A_FAULT)
