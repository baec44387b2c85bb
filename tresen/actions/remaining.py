"""What is left of an order to be done: money that can still go back, pieces that still wait to be shipped.

`wanted` is all that was wanted of the order here, for who has it already; without it, it is asked for.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from tresen.actions.models import UNSETTLED, Action, ActionState
from tresen.channels.order_door import OrderAction
from tresen.channels.order_news import OrderState, Payment
from tresen.orders.models import Order, Return
from tresen.stores.connectors import connector_of

GIVES_BACK = frozenset({OrderAction.REFUND, OrderAction.CANCEL, OrderAction.APPROVE_RETURN})
_PAYS = frozenset({OrderAction.REFUND, OrderAction.APPROVE_RETURN})
"""What shows in the sums that went back, and in nothing else: a cancellation shows in the order's state."""
_DECIDES = frozenset({OrderAction.APPROVE_RETURN, OrderAction.REFUSE_RETURN})

type Wanted = Iterable[Action] | None


def left_to_refund(order: Order, wanted: Wanted = None) -> int:
    """What may still go back of what was paid: less all refunds, those made elsewhere and those on their way too.

    Of an order that was cancelled or paid back as a whole nothing is left, whatever its platform tells of the sums; but
    some platforms cancel and keep what was paid.
    """
    if order.payment == Payment.REFUNDED or (order.state == OrderState.CANCELLED and not _keeps_money(order)):
        return 0
    wanted = list(_all(order, wanted))
    giving = [one for one in _not_seen(order, wanted) if one.kind in GIVES_BACK]
    since = sum(one.amount for one in giving if one.state == ActionState.DONE)
    # Some platforms tell of a refund days later, some never: what went back from here is gone all the same.
    ours = sum(one.amount for one in wanted if one.kind in _PAYS and one.state == ActionState.DONE)
    gone = max(_told(order) + since, ours)
    return max(0, order.total - gone - sum(one.amount for one in giving if one.state in UNSETTLED))


def going_back(order: Order, wanted: Wanted = None) -> list[Action]:
    """What gives money back, or may have given it, and that the sums which the platform tells do not have in them.

    A refund made elsewhere may be taken for one of ours: it is sums that are compared.
    """
    giving = [one for one in _all(order, wanted) if one.kind in GIVES_BACK and one.amount]
    coming = {one.pk for one in _not_seen(order, giving)}
    told = _told(order)
    for one in reversed(giving):
        if one.pk in coming or one.kind not in _PAYS or one.state != ActionState.DONE:
            continue
        if one.amount <= told:
            told -= one.amount
        else:
            coming.add(one.pk)
    return [one for one in giving if one.pk in coming]


def _keeps_money(order: Order) -> bool:
    """Whether the buyer has paid, and a cancellation gives none of it back."""
    cancelling = connector_of(order.store).actions.get(OrderAction.CANCEL)
    paid = order.payment in {Payment.PAID, Payment.PART_REFUNDED}
    return paid and cancelling is not None and cancelling.keeps_money


def _told(order: Order) -> int:
    return sum(refund.amount for refund in order.refunds.all())


def left_to_ship(order: Order, wanted: Wanted = None) -> dict[str, int]:
    """Pieces of each line, by the platform's id of it, that nobody has shipped, cancelled or is marking as shipped."""
    marked = Counter[str]()
    for action in _not_seen(order, wanted):
        if action.kind == OrderAction.MARK_SHIPPED:
            marked.update({one["id"]: one["quantity"] for one in action.lines})
    left = {
        line.external_id: line.quantity - line.cancelled - line.shipped - marked[line.external_id]
        for line in sorted(order.lines.all(), key=lambda line: line.position)
    }
    return {line: pieces for line, pieces in left.items() if pieces > 0}


def is_under_way(order: Order, kind: OrderAction, wanted: Wanted = None) -> bool:
    """Whether this is being done about the order, and the platform has not told of it yet."""
    return any(one.kind == kind for one in _not_seen(order, wanted))


def is_decided(order: Order, back: Return, wanted: Wanted = None) -> bool:
    """Whether somebody here has decided this return, or is about to: that is done once, until it changes again.

    At some platforms it waits a second time, when the goods have come.
    """
    return any(
        one.return_id == back.external_id and one.kind in _DECIDES and _stands(one, back.changed_at)
        for one in _all(order, wanted)
    )


def _not_seen(order: Order, wanted: Wanted) -> list[Action]:
    """What is on its way, or done since the order was read: what is done is in the mirror when it is read again."""
    return [one for one in _all(order, wanted) if _stands(one, order.told_at)]


def _stands(one: Action, told_at: datetime) -> bool:
    done_since = one.state == ActionState.DONE and one.settled_at is not None and one.settled_at > told_at
    return one.state in UNSETTLED or done_since


def _all(order: Order, wanted: Wanted) -> Iterable[Action]:
    return Action.objects.filter(order=order).order_by("-asked_at", "-pk") if wanted is None else wanted
