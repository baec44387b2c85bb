"""One order read anew, with what hangs on it."""

from collections.abc import Mapping, Sequence

from tresen.channels.feeds import Stopped, Told
from tresen.channels.http import HttpRequest, HttpResponse
from tresen.channels.order_door import NoSuchOrder, OrderDoor, OrderRef
from tresen.channels.outbound import StoreAccess
from tresen.channels.tiktok_shop.asking import ask, request, understood
from tresen.channels.tiktok_shop.order_shapes import Orders, TikTokOrder
from tresen.channels.tiktok_shop.parsing import CANCELLATIONS, ORDERS, RETURNS, STOCK
from tresen.channels.tiktok_shop.reading import inventory


def asked(access: StoreAccess, number: str) -> HttpRequest:
    """The request for one order."""
    return request(access, "GET", "/order/202507/orders", ("ids", number))


def about_order(access: StoreAccess, path: str, number: str) -> HttpRequest:
    """The request for what hangs on one order: its returns, or its cancellations."""
    told: Mapping[str, object] = {"order_ids": [number]}
    return request(access, "POST", f"/return_refund/202602/{path}/search", ("page_size", "50"), told=told)


def one_order(access: StoreAccess, number: str) -> tuple[TikTokOrder, HttpResponse] | NoSuchOrder | Stopped:
    """The order, and the answer that it stands in."""
    answer = ask(access, asked(access, number))
    if isinstance(answer, Stopped):
        return answer
    found = understood(answer, Orders)
    if isinstance(found, Stopped):
        return found
    order = next((one for one in found.orders if one.id == number), None)
    return (order, answer) if order else NoSuchOrder()


def _read_order(order: OrderRef, access: StoreAccess) -> Sequence[Told] | NoSuchOrder | Stopped:
    """The order, its returns and cancellations, and what is there of its products."""
    found = one_order(access, order.number)
    if isinstance(found, NoSuchOrder | Stopped):
        return found
    known, answer = found
    told = [Told(about=ORDERS, body=answer.body)]
    for about, path in ((RETURNS, "returns"), (CANCELLATIONS, "cancellations")):
        beside = ask(access, about_order(access, path, order.number))
        if isinstance(beside, HttpResponse):  # what is beside the order may be missing for once
            told.append(Told(about=about, body=beside.body))
    skus = list(dict.fromkeys(line.sku_id for line in known.line_items if line.sku_id))
    shelf = inventory(access, sku_ids=skus) if skus else None
    if isinstance(shelf, HttpResponse):
        told.append(Told(about=STOCK, body=shelf.body))
    return told


ORDER = OrderDoor(read=_read_order)
