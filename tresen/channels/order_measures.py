"""What of an order, a return or a stock level is no number that could be meant: it is refused before it is kept. Pure.

One strange figure of a platform's must not keep a whole batch of others from being taken over.
"""

from collections.abc import Iterator

from tresen.channels.order_news import OrderSnapshot, ReturnNotice, StockNotice

MOST = 2**31 - 1
"""Pieces: what the mirror can hold."""
MOST_MONEY = 2**63 - 1
"""Minor units."""
_CURRENCY = 3


def beyond_measure(news: OrderSnapshot | ReturnNotice | StockNotice) -> str:
    """Which figure can't be meant, in words with the figure; empty where all can."""
    return next((f"{name} is {said}" for name, said, fits in _figures(news) if not fits), "")


def _figures(news: OrderSnapshot | ReturnNotice | StockNotice) -> Iterator[tuple[str, object, bool]]:
    """Each figure with its name, as it was told, and whether it can be meant."""
    match news:
        case OrderSnapshot():
            yield from _of_an_order(news)
        case ReturnNotice():
            yield from (("quantity", item.quantity, _counts(item.quantity)) for item in news.items)
        case StockNotice():
            levels = {"available": news.available, "reserved": news.reserved, "inbound": news.inbound}
            yield from ((name, said, said is None or _counts(said)) for name, said in levels.items())


def _of_an_order(news: OrderSnapshot) -> Iterator[tuple[str, object, bool]]:
    yield "total", news.total, news.total is None or _is_money(news.total)
    yield "currency", news.currency, news.currency is None or len(news.currency) == _CURRENCY
    for line in news.lines or ():
        pieces = {"quantity": line.quantity, "shipped": line.shipped, "cancelled": line.cancelled}
        yield from ((name, said, _counts(said)) for name, said in pieces.items())
        yield "price", line.price, _is_money(line.price)
    for refund in news.refunds or ():
        yield "refund", refund.amount, _is_money(refund.amount)


def _counts(pieces: int) -> bool:
    return -MOST <= pieces <= MOST


def _is_money(amount: int) -> bool:
    return -MOST_MONEY <= amount <= MOST_MONEY
