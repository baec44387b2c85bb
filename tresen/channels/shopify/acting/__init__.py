"""What can be done about an order of Shopify's from here."""

from tresen.channels.order_door import OrderAction
from tresen.channels.shopify.acting.cancelling import CANCEL
from tresen.channels.shopify.acting.deciding_returns import APPROVE, REFUSE
from tresen.channels.shopify.acting.refunding import REFUND
from tresen.channels.shopify.acting.shipping import SHIP

ACTIONS = {
    OrderAction.REFUND: REFUND,
    OrderAction.CANCEL: CANCEL,
    OrderAction.APPROVE_RETURN: APPROVE,
    OrderAction.REFUSE_RETURN: REFUSE,
    OrderAction.MARK_SHIPPED: SHIP,
}
