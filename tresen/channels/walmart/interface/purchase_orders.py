"""The purchase orders of a customer's order, and how something is done about them. It takes no key of ours."""

from collections.abc import Callable, Mapping, Sequence
from http import HTTPStatus

from tresen.channels.answered import to_sender, words
from tresen.channels.feeds import Stopped
from tresen.channels.http import HttpResponse
from tresen.channels.order_door import ActionResult, ActionWanted, Done, NotDone, NotTold
from tresen.channels.outbound import Later, Refused, StoreAccess, Uncertain
from tresen.channels.typed_json import NotAsDocumented
from tresen.channels.walmart.interface import asking
from tresen.channels.walmart.interface.reading import whole_order
from tresen.channels.walmart.interface.shapes import OrderLine, Orders, PurchaseOrder
from tresen.channels.walmart.interface.understanding import purchase_orders

NO_SUCH_ORDER = "Walmart knows no order %(number)s."

type Part = tuple[PurchaseOrder, OrderLine]
type Json = dict[str, object]


def parts_of(wanted: ActionWanted, access: StoreAccess) -> Sequence[Part] | NotTold | Stopped:
    """The lines of the order, each with its purchase order; an order that is unknown there tells nothing."""
    answer = asking.listed(access.http.send(whole_order(access, wanted.order.number)))
    if isinstance(answer, Stopped):
        return answer
    page = asking.understood(answer, Orders) if answer else None
    if isinstance(page, Stopped):
        return page
    if page is None or not page.list.elements.order:
        return NotTold(reason=NO_SUCH_ORDER % {"number": wanted.order.number})
    try:
        parts = purchase_orders(page.list.elements.order)
    except NotAsDocumented as wrong:
        return Stopped(reason=(asking.UNDOCUMENTED % {"what": wrong})[:300])
    return [(part, line) for part in parts for line in part.order_lines.order_line]


def not_read(stopped: NotTold | Stopped) -> ActionResult:
    """Nothing was asked to be done yet."""
    if isinstance(stopped, NotTold) or stopped.reconnect or stopped.lacks:
        return Refused(reason=stopped.reason)
    return stopped.later()


def post(
    access: StoreAccess, order: str, what: str, said: Json | None = None
) -> HttpResponse | Later | Refused | Uncertain:
    """Do something about one purchase order; a server that is busy may have done it: it is looked for first."""
    path = f"/orders/{asking.safe(order)}/{what}"
    outcome = access.http.send(asking.request(access, path, method="POST", said=said))
    if isinstance(outcome, HttpResponse) and outcome.status == HTTPStatus.SERVICE_UNAVAILABLE:
        return Uncertain(reason=words(outcome))
    return to_sender(outcome)


def each_order(access: StoreAccess, what: str, parts: Sequence[tuple[PurchaseOrder, Json]], wrap: str) -> ActionResult:
    """Tell of each purchase order's lines. What failed after another was taken is for `look` and a person."""
    together: dict[str, list[Json]] = {}
    for part, line in parts:
        together.setdefault(part.purchase_order_id, []).append(line)
    for count, (order, lines) in enumerate(together.items()):
        outcome = post(access, order, what, {wrap: {"orderLines": {"orderLine": lines}}})
        if not isinstance(outcome, HttpResponse):
            return Uncertain(reason=outcome.reason) if count else outcome
    return Done()


def status_line(line: OrderLine, quantity: int, status: Mapping[str, object]) -> Json:
    """So many pieces of a line in a new state."""
    told = {**status, "statusQuantity": {"unitOfMeasurement": "EACH", "amount": str(quantity)}}
    return {"lineNumber": line.line_number, "orderLineStatuses": {"orderLineStatus": [told]}}


def looked(
    wanted: ActionWanted, access: StoreAccess, done: Callable[[Sequence[OrderLine]], bool]
) -> Done | NotDone | NotTold | Stopped:
    """Whether it was done, by all lines of the order as it stands."""
    parts = parts_of(wanted, access)
    if isinstance(parts, NotTold | Stopped):
        return parts
    return Done() if done([line for _part, line in parts]) else NotDone()
