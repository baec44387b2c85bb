"""Pay back (POST /orders/<id>/refunds). The interface takes no key: after a time-out the refunds are read.

A gateway that does not pay back makes WooCommerce answer 500, as any fault of its own does: such an answer is not known
to have done nothing. So what can be known beforehand is read first, and refused here.
"""

from collections.abc import Iterator, Sequence

from tresen.channels.answered import to_sender
from tresen.channels.feeds import Stopped
from tresen.channels.http import HttpResponse
from tresen.channels.money import in_decimals, minor_units
from tresen.channels.order_door import (
    REFUND_REASONS,
    ActionLine,
    ActionOffer,
    ActionResult,
    ActionWanted,
    Done,
    NotDone,
    NotTold,
)
from tresen.channels.outbound import Later, Refused, StoreAccess
from tresen.channels.typed_json import NotAsDocumented, instant, read_json
from tresen.channels.woocommerce.asking import PER_PAGE, Listed, read_as, request
from tresen.channels.woocommerce.looking import AMONG_CLOCKS, looked_at, read_first
from tresen.channels.woocommerce.orders import gross
from tresen.channels.woocommerce.shapes import LineItem, WooOrder, WooRefund


def perform(wanted: ActionWanted, access: StoreAccess) -> ActionResult:
    """Read what is left of what was paid, and ask once."""
    order = read_first(wanted, access)
    if isinstance(order, Later | Refused):
        return order
    try:
        told = _refund(wanted, order)
    except ValueError as wrong:
        return Refused(reason=str(wrong))
    answer = to_sender(access.http.send(request(access, "POST", f"/orders/{order.id}/refunds", told=told)))
    if not isinstance(answer, HttpResponse):
        return answer
    try:
        return Done(external_id=str(read_json(answer.body, Listed).id))
    except NotAsDocumented:
        return Done()


def look(wanted: ActionWanted, access: StoreAccess) -> Done | NotDone | NotTold | Stopped:
    """Whether so much went back since it was tried."""
    order = looked_at(wanted, access)
    if isinstance(order, NotTold | Stopped):
        return order
    found = read_as(access, f"/orders/{order.id}/refunds", list[WooRefund], ("per_page", str(PER_PAGE)))
    if isinstance(found, Stopped):
        return found
    try:
        same = [one for one in found if minor_units(one.amount, wanted.currency) == _sum_of(wanted)]
    except ValueError as wrong:
        return Stopped(reason=str(wrong))
    for one in same:
        late_enough = wanted.since is None or instant(one.date_created_gmt) >= wanted.since - AMONG_CLOCKS
        if late_enough and str(one.id) not in wanted.others:
            return Done(external_id=str(one.id))
    return NotDone()


def _sum_of(wanted: ActionWanted) -> int:
    return wanted.amount or sum(line.amount for line in wanted.lines)


def _refund(wanted: ActionWanted, order: WooOrder) -> dict[str, object]:
    """What is asked for. Raises ValueError for what the order has not got."""
    if order.currency != wanted.currency:
        raise ValueError(f"The order is in {order.currency}.")
    back = sum(abs(minor_units(one.total, order.currency)) for one in order.refunds)
    if not 0 < _sum_of(wanted) <= minor_units(order.total, order.currency) - back:
        raise ValueError("So much was not paid, or has gone back already.")
    return {
        "amount": str(in_decimals(_sum_of(wanted), wanted.currency)),
        "reason": wanted.words.strip()[:255] or REFUND_REASONS.get(wanted.reason, ""),
        "api_refund": True,
        "api_restock": False,
        "line_items": [*_lines(wanted.lines, order)],
    }


def _lines(wanted: Sequence[ActionLine], order: WooOrder) -> Iterator[dict[str, object]]:
    """What of which line goes back, its taxes apart, as the shop's books want it."""
    bought = {str(line.id): line for line in order.line_items}
    for line in wanted:
        known = bought.get(line.external_id)
        if known is None:
            raise ValueError("The order has no such line any more.")
        taxes = _taxes(known, line.amount, order.currency)
        left = line.amount - sum(amount for _, amount in taxes)
        yield {
            "id": known.id,
            "quantity": line.quantity,
            "refund_total": float(in_decimals(left, order.currency)),
            "refund_tax": [
                {"id": rate, "refund_total": float(in_decimals(amount, order.currency))} for rate, amount in taxes
            ],
        }


def _taxes(line: LineItem, amount: int, currency: str) -> list[tuple[int, int]]:
    """The share of each tax in a part of what the line cost."""
    whole = gross(line, currency)
    return [(tax.id, round(amount * minor_units(tax.total or "0", currency) / whole)) for tax in line.taxes if whole]


REFUND = ActionOffer(
    perform=perform,
    look=look,
    reasons=REFUND_REASONS,
    says=(
        "The shop’s payment provider pays it back; where it can’t, nothing is paid and nothing is noted.",
        "The goods are not put back to stock.",
        "WooCommerce tells the buyer by e-mail, unless the shop has turned that mail off.",
    ),
)
