"""What is left of an order to be done: money that can still go back, pieces that still wait to be shipped."""

from collections import Counter

from django.db.models import Q, QuerySet, Sum

from tresen.actions.models import UNSETTLED, Action, ActionState
from tresen.channels.order_door import OrderAction
from tresen.orders.models import Order


def left_to_refund(order: Order) -> int:
    """What may still go back of what was paid: less all refunds, those made elsewhere and those on their way too."""
    paid_back = order.refunds.aggregate(sum=Sum("amount"))["sum"] or 0
    coming = _not_seen(order, OrderAction.REFUND).aggregate(sum=Sum("amount"))["sum"] or 0
    return max(0, order.total - paid_back - coming)


def left_to_ship(order: Order) -> dict[str, int]:
    """Pieces of each line, by the platform's id of it, that nobody has shipped, cancelled or is marking as shipped."""
    marked = Counter[str]()
    for lines in _not_seen(order, OrderAction.MARK_SHIPPED).values_list("lines", flat=True):
        marked.update({one["id"]: one["quantity"] for one in lines})
    left = {
        line.external_id: line.quantity - line.cancelled - line.shipped - marked[line.external_id]
        for line in order.lines.order_by("position")
    }
    return {line: pieces for line, pieces in left.items() if pieces > 0}


def is_being_shipped(order: Order) -> bool:
    """Whether it is being marked as shipped, and the platform has not told of it yet."""
    return _not_seen(order, OrderAction.MARK_SHIPPED).exists()


def _not_seen(order: Order, kind: OrderAction) -> QuerySet[Action]:
    """What is on its way, or done since the order was read: what is done is in the mirror when it is read again."""
    unseen = Q(state=ActionState.DONE, settled_at__gt=order.told_at)
    return Action.objects.filter(unseen | Q(state__in=UNSETTLED), order=order, kind=kind)
