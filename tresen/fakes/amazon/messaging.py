"""Messages of a fixed kind to a buyer, and requests for feedback: offered for an order, each once."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from werkzeug.wrappers import Request, Response

from tresen.fakes.amazon.answers import Refusal, body_of, said, wrong
from tresen.fakes.amazon.orders import sale_of
from tresen.fakes.sales import By, Talk
from tresen.fakes.world import World

MESSAGES: Mapping[str, int] = {
    "confirmOrderDetails": 2000,
    "confirmDeliveryDetails": 2000,
    "confirmCustomizationDetails": 800,
    "confirmServiceDetails": 2000,
    "unexpectedProblem": 2000,
    "digitalAccessKey": 400,
}
"""How many characters each takes."""
REVIEW = "productReviewAndSellerFeedback"


@dataclass(slots=True)
class Messaging:
    """What may be sent, and what was. `withheld`: kinds that Amazon does not offer now."""

    world: World
    withheld: set[str] = field(default_factory=set)
    sent: list[tuple[str, str, str]] = field(default_factory=list)
    """Order, kind and text."""

    def offered(self, request: Request, number: str, *, requests: bool) -> Response:
        """The kinds that may be sent for the order."""
        _marketplace(request)
        sale_of(self.world, number)
        if requests:
            kinds, interface, path = [REVIEW], "solicitations", "solicitations"
        else:
            # What Amazon lists beside our kinds: one that wants a file.
            kinds, interface, path = [*MESSAGES, "legalDisclosure"], "messaging", "messages"
        base = f"/{interface}/v1/orders/{number}"
        links = [{"href": f"{base}/{path}/{kind}", "name": kind} for kind in kinds if self._may(number, kind)]
        return said({"_links": {"actions": links, "self": {"href": base}}, "_embedded": {"actions": []}})

    def message(self, request: Request, number: str, kind: str) -> Response:
        """Send one."""
        _marketplace(request)
        self._send(number, kind, _text(body_of(request), kind))
        return said({}, 201)

    def request(self, request: Request, number: str) -> Response:
        """Ask for a review and feedback."""
        _marketplace(request)
        self._send(number, REVIEW, "Amazon asks for a review and for feedback.")
        return said({}, 201)

    def _send(self, number: str, kind: str, text: str) -> None:
        with self.world.alone():
            sale = sale_of(self.world, number)
            if not self._may(number, kind):
                raise Refusal(403, "Unauthorized", f"You can't send {kind} for this order.")
            self.sent.append((number, kind, text))
            talk = self.world.begin(Talk(id=self.world.number("talk"), buyer=sale.buyer, topic=kind, sale=number))
            self.world.write(talk.id, by=By.SELLER, text=text, to=(By.BUYER,))

    def _may(self, number: str, kind: str) -> bool:
        return kind not in self.withheld and (number, kind) not in {(order, one) for order, one, _ in self.sent}


def _text(told: Mapping[str, object], kind: str) -> str:
    text = told.get("text")
    if kind not in MESSAGES or not isinstance(text, str) or not 0 < len(text) <= MESSAGES[kind]:
        raise wrong("text is missing, or too long.")
    if "@" in text or "</" in text:
        raise wrong("HTML and e-mail addresses are not allowed.")
    return text


def _marketplace(request: Request) -> None:
    named = request.args.get("marketplaceIds", "")
    if not named or "," in named:
        raise wrong("Exactly one marketplace is needed.")
