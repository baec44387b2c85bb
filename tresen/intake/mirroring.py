"""What platforms tell of orders, taken over into the mirror, and into the tickets that had named them before."""

from collections.abc import Collection, Sequence
from datetime import datetime

from tresen.accounts.actors import CHANNEL
from tresen.batches.cursors import batch_cursor, columns_of
from tresen.channels.order_news import OrderNamed, OrderSnapshot, ReturnNotice, StockNotice
from tresen.intake.asked_orders import ask_for_named
from tresen.intake.items import StoreFacts, Understood
from tresen.orders.mirroring import OrderKey, Shelf, Told, mirror_orders, mirror_returns, mirror_stock
from tresen.orders.picturing import want
from tresen.tickets import ledger
from tresen.tickets.events import OrderFound
from tresen.tickets.models import TicketOrder
from tresen.tickets.recorded import NewEvent


def take_over(batch: Sequence[Understood], *, at: datetime) -> None:
    """Mirror orders, returns and stock, in the caller's transaction; what a ticket named is known there from now on."""
    if not batch:
        return
    shelves = {one.store.id: _shelf(one.store) for one in batch}
    told = [(shelves[one.store.id], one.inbound) for one in batch]
    orders = [Told(shelf, news) for shelf, news in told if isinstance(news, OrderSnapshot)]
    mirrored = mirror_orders(orders, at=at)
    mirror_returns([Told(shelf, news) for shelf, news in told if isinstance(news, ReturnNotice)])
    mirror_stock([Told(shelf, news) for shelf, news in told if isinstance(news, StockNotice)])
    _read_named(batch, at=at)
    _found(mirrored.changed, at=at)
    _want_pictures([mirrored.orders[key] for key in mirrored.changed if key in mirrored.orders], at=at)


def _read_named(batch: Sequence[Understood], *, at: datetime) -> None:
    """What a platform names and does not tell is read, once what else the batch tells of it stands."""
    named = [(one.store.id, one.inbound, one.received_at) for one in batch if isinstance(one.inbound, OrderNamed)]
    if named:
        ask_for_named(named, at=at)


def _shelf(store: StoreFacts) -> Shelf:
    return Shelf(store=store.id, brand=store.brand, channel=store.channel, marketplace=store.marketplace)


def _found(orders: Collection[OrderKey], *, at: datetime) -> None:
    """Tell the tickets that had named these orders before anybody knew them: what counts there may depend on them."""
    if not orders:
        return
    with batch_cursor() as cursor:
        cursor.execute(_FOUND, columns_of(orders))
        found = cursor.fetchall()
    entries = [
        NewEvent(ticket=ticket, event=OrderFound(order=order), by=CHANNEL, occurred_at=at, source_key=f"order:{order}")
        for ticket, order in sorted(found)
    ]
    ledger.record_all(entries, at=at)


def _want_pictures(orders: Collection[int], *, at: datetime) -> None:
    """Whoever opens a ticket sees what was bought; orders that nobody asks about cost nothing."""
    concerned = TicketOrder.objects.filter(order__in=orders).values_list("order_id", flat=True) if orders else ()
    want({order for order in concerned if order is not None}, at=at)


_FOUND = """
    UPDATE tickets_ticketorder named SET order_id = known.id
    FROM unnest(%b::int8[], %b::text[]) AS given (store, number)
    JOIN orders_order known ON (known.store_id, known.number) = (given.store, given.number)
    WHERE named.order_id IS NULL AND (named.store_id, named.number) = (given.store, given.number)
    RETURNING named.ticket_id, named.order_id
"""
