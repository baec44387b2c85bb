"""The order as it stands, before something is done about it and after nobody knew whether it was."""

from datetime import timedelta

from tresen.channels.feeds import Stopped
from tresen.channels.order_door import ActionWanted, NoSuchOrder, NotTold
from tresen.channels.outbound import Later, Refused, StoreAccess
from tresen.channels.woocommerce.asking import NO_SUCH_ORDER
from tresen.channels.woocommerce.reading import one_order
from tresen.channels.woocommerce.shapes import WooOrder

AMONG_CLOCKS = timedelta(minutes=2)
"""So far may the shop's clock and ours be apart."""


def read_first(wanted: ActionWanted, access: StoreAccess) -> WooOrder | Later | Refused:
    """What is read before anything is done; where it could not be, nothing was done yet."""
    found = one_order(wanted.order, access)
    match found:
        case NoSuchOrder():
            return Refused(reason=NO_SUCH_ORDER % {"number": wanted.order.number})
        case Stopped():
            return found.later()
        case _:
            return found[1]


def looked_at(wanted: ActionWanted, access: StoreAccess) -> WooOrder | NotTold | Stopped:
    """The order now; one that the shop no longer has tells nothing of what was done about it."""
    found = one_order(wanted.order, access)
    match found:
        case NoSuchOrder():
            return NotTold(reason=NO_SUCH_ORDER % {"number": wanted.order.number})
        case Stopped():
            return found
        case _:
            return found[1]
