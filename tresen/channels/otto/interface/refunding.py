"""Money for pieces that the buyer keeps: OTTO calls it a price reduction, takes it at once and pays it later."""

from collections.abc import Sequence
from datetime import timedelta

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
)
from tresen.channels.otto.interface import asking
from tresen.channels.otto.interface.one_order import not_read, order_of, post
from tresen.channels.otto.interface.other_shapes import Reduction, ReductionList
from tresen.channels.outbound import Later, Refused, StoreAccess, Uncertain
from tresen.channels.typed_json import instant

NO_LINES = "Say for which of the order’s lines money goes back."
SEVERAL = "%(count)s of %(all)s price reductions are taken. %(why)s"
_SLACK = timedelta(minutes=2)
"""Clocks differ by so much at most."""


def _reduce(wanted: ActionWanted, access: StoreAccess) -> ActionResult:
    """One piece after another, but for those that an earlier attempt has reduced.

    What failed after another was taken is for `look` and a person; tried again, it goes on where it stopped.
    """
    if not wanted.lines:
        return Refused(reason=NO_LINES)
    order = order_of(wanted, access)
    if isinstance(order, Stopped):
        return not_read(order)
    for count, line in enumerate(wanted.lines):
        taken = _reduced(line, wanted, access, order=order.sales_order_id)
        if not isinstance(taken, Later | Refused | Uncertain):
            continue
        if not count:
            return taken
        return Uncertain(reason=SEVERAL % {"count": count, "all": len(wanted.lines), "why": taken.reason})
    return Done(external_id=_names(wanted, access))


def _reduced(
    line: ActionLine, wanted: ActionWanted, access: StoreAccess, *, order: str
) -> Later | Refused | Uncertain | None:
    """Reduce one piece, unless it shows that already; None once it is taken."""
    known = _same(line, wanted, access)
    if isinstance(known, Stopped):
        return not_read(known)
    if known:
        return None
    money = {"amount": float(in_decimals(line.amount, wanted.currency)), "currency": wanted.currency}
    said = {"salesOrderId": order, "positionItemId": line.external_id, "priceReduction": money}
    outcome = post(access, "/v1/price-reductions", said)
    return None if isinstance(outcome, HttpResponse) else outcome


def _names(wanted: ActionWanted, access: StoreAccess) -> str:
    """What OTTO calls them, by which they are told from later ones; it is taken, whatever can be read of that."""
    found = _found(wanted, access)
    return "" if isinstance(found, Stopped) or found is None else ",".join(found)


def _was_reduced(wanted: ActionWanted, access: StoreAccess) -> Done | NotDone | Stopped:
    found = _found(wanted, access)
    if isinstance(found, Stopped):
        return found
    return NotDone() if found is None else Done(external_id=",".join(found))


def _found(wanted: ActionWanted, access: StoreAccess) -> Sequence[str] | Stopped | None:
    """The names of the reductions that are these; None where one of them is not there."""
    names = []
    for line in wanted.lines:
        same = _same(line, wanted, access)
        if isinstance(same, Stopped):
            return same
        if not same:
            return None
        names.append(_name(line, max(same, key=lambda one: instant(one.creation_date_time))))
    return names


def _same(line: ActionLine, wanted: ActionWanted, access: StoreAccess) -> Sequence[Reduction] | Stopped:
    """The reductions of a piece that can be the one that is wanted."""
    query = (("positionItemId", line.external_id), ("limit", "10"))
    known = asking.read(access, ReductionList, "/v1/price-reductions", *query)
    if isinstance(known, Stopped):
        return known
    of_piece = [
        one for item in known.results if item.position_item_id == line.external_id for one in item.price_reductions
    ]
    return [one for one in of_piece if _is_this(one, line, wanted)]


def _is_this(told: Reduction, line: ActionLine, wanted: ActionWanted) -> bool:
    """By its sum, its time, and by being no other one of ours."""
    if minor_units(told.price_reduction.amount, wanted.currency) != line.amount:
        return False
    late = wanted.since is None or instant(told.creation_date_time) >= wanted.since - _SLACK
    return late and _name(line, told) not in wanted.others


def _name(line: ActionLine, told: Reduction) -> str:
    """A reduction has no number until it is paid: its piece and its time tell it from all others."""
    return f"{line.external_id}@{instant(told.creation_date_time).isoformat()}"


REDUCING = ActionOffer(
    perform=_reduce,
    look=_was_reduced,
    reasons=REFUND_REASONS,
    says=(
        "OTTO takes it as a price reduction of what has been shipped and the buyer keeps, and pays it a little later.",
        "For goods that come back accept the return instead.",
    ),
)
SAYS = (NO_LINES, SEVERAL)
