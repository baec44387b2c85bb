"""What TikTok Shop lets a seller do about an order."""

from tresen.channels.order_door import OrderAction
from tresen.channels.tiktok_shop.acting import cancelling, deciding, shipping

ACTIONS = {
    OrderAction.CANCEL: cancelling.CANCELLING,
    OrderAction.KEEP: cancelling.KEEPING,
    OrderAction.APPROVE_RETURN: deciding.APPROVING,
    OrderAction.REFUSE_RETURN: deciding.REFUSING,
    OrderAction.MARK_SHIPPED: shipping.SHIPPING,
}
SAYS = (*cancelling.SAYS, *deciding.SAYS, *shipping.SAYS)
