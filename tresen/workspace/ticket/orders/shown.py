"""The orders beside a ticket: what was bought, where it is, what came back, and what can be done about it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from tresen.accounts.scope import Scope
from tresen.actions.models import Action
from tresen.actions.queries import actions_of
from tresen.channels.cases import CaseKind
from tresen.intake.asked_queries import Asked, AskedFor, asked_for
from tresen.orders.models import Case, Order, OrderLine, Return, StockLevel
from tresen.orders.queries import orders_named, stock_of
from tresen.stores.back_offices import order_pages
from tresen.stores.connectors import connector_of
from tresen.tickets.candidates import candidates_of
from tresen.tickets.models import TicketOrder
from tresen.workspace.ticket.orders.actions_shown import ActionShown, Offer, Offered, action_shown, offers_shown
from tresen.workspace.ticket.orders.back_office import OfficeShown, office_shown
from tresen.workspace.ticket.orders.documents_shown import DocumentShown, documents_shown
from tresen.workspace.ticket.orders.parcels import Parcel, parcel_shown
from tresen.workspace.ticket.orders.picturing import pictures_of
from tresen.workspace.ticket.orders.places import address_shown
from tresen.workspace.ticket.orders.refunds_shown import (
    RefundShown,
    Titles,
    folded,
    refunds_shown,
    titles_of,
    why_back,
)

STALE_AFTER = timedelta(minutes=10)
"""What was told longer ago is read anew when its ticket is opened."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LineShown:
    """A line with what is on the shelf of it, and the number of its picture where one can be shown."""

    line: OrderLine
    stock: StockLevel | None
    picture: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnShown:
    """Goods coming back: why, in words, and what can be decided about them."""

    back: Return
    reason: str
    offers: Sequence[Offer]


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderShown:
    """An order with its parts. `besides`: what the total holds besides its lines, in minor units; discounts < 0.

    `named`: its row at the ticket. `can_ask`: its platform can be asked for it; `stale`: that is due; `asked`: how
    asking goes. `writes`: a conversation with its buyer can be begun.
    """

    order: Order
    named: TicketOrder
    lines: Sequence[LineShown]
    parcels: Sequence[Parcel]
    returns: Sequence[ReturnShown]
    refunds: Sequence[RefundShown]
    documents: Sequence[DocumentShown]
    cases: Sequence[Case]
    besides: int
    ship_to: str
    can_ask: bool
    stale: bool
    asked: Asked | None
    offers: Sequence[Offer]
    actions: Sequence[ActionShown]
    writes: bool
    office: OfficeShown | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateShown:
    """An order that may be meant; `why` is a key of `Why`."""

    order: Order
    why: str
    lines: Sequence[LineShown]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unknown:
    """A number that was named, of which we have no order; the rest as of `OrderShown`."""

    named: TicketOrder
    can_ask: bool
    stale: bool
    asked: Asked | None


def orders_shown(
    orders: Sequence[Order], *, named: Mapping[int | None, TicketOrder], ticket_id: int, agent_id: int, at: datetime
) -> list[OrderShown]:
    """These orders, with a fixed number of queries however many they are."""
    ids = [order.pk for order in orders]
    lines = lines_shown(orders, at=at)
    asked = asked_for([(order.store_id, order.number) for order in orders])
    wanted = actions_of(ids)
    offered = offers_shown(orders, wanted, ticket_id=ticket_id)
    told = {one.reason for order in orders for one in order.refunds.all()}
    titles = titles_of(orders, told | {one.reason for order in orders for one in order.returns.all()})
    pages = order_pages([order.store for order in orders])
    return [
        OrderShown(
            order=order,
            named=named[order.pk],
            lines=lines[order.pk],
            parcels=[parcel_shown(one, at=at) for one in order.fulfilments.all()],
            returns=_returns(order, offered, titles),
            refunds=refunds_shown(order, wanted.get(order.pk, ()), titles, at=at),
            documents=documents_shown(order, agent_id=agent_id),
            cases=cases_apart(order),
            besides=besides_lines(order),
            ship_to=address_shown(order),
            can_ask=order.store_id in asked.stores,
            stale=order.store_id in asked.stores and at - order.told_at > STALE_AFTER,
            asked=asked.of(order.store_id, order.number),
            offers=offered.of_order(order),
            writes=connector_of(order.store).start is not None and not order.store.shadow,
            office=office_shown(order, pages),
            actions=_actions(order, wanted.get(order.pk, ()), agent_id=agent_id, at=at),
        )
        for order in orders
    ]


def _actions(order: Order, wanted: Sequence[Action], *, agent_id: int, at: datetime) -> list[ActionShown]:
    """Without the refunds that the platform tells of: those are shown once, as its own."""
    told = {one.pk for one in folded(order, wanted).values()}
    return [action_shown(one, order, agent_id=agent_id, at=at) for one in wanted if one.pk not in told]


def _returns(order: Order, offered: Offered, titles: Titles) -> list[ReturnShown]:
    return [
        ReturnShown(back=back, reason=why_back(order, back, titles), offers=offered.of_return(order, back))
        for back in order.returns.all()
    ]


def lines_shown(orders: Sequence[Order], *, at: datetime) -> Mapping[int, Sequence[LineShown]]:
    """The lines of these orders, by the order."""
    stock = stock_of([(order.store_id, line.sku) for order in orders for line in order.lines.all() if line.sku])
    pictures = pictures_of(orders, at=at)
    return {
        order.pk: [
            LineShown(line=line, stock=stock.get((order.store_id, line.sku)), picture=pictures.get(line.pk))
            for line in order.lines.all()
        ]
        for order in orders
    }


def candidates_shown(ticket_id: int, *, scope: Scope, at: datetime) -> list[CandidateShown]:
    """Orders of this buyer that may be meant, the likeliest first."""
    found = candidates_of([ticket_id], scope=scope)[ticket_id]
    if not found:
        return []
    orders = {order.pk: order for order in orders_named([one.order for one in found])}
    pictures = pictures_of(list(orders.values()), at=at)
    return [
        CandidateShown(
            order=orders[one.order],
            why=one.why.value,
            lines=[
                LineShown(line=line, stock=None, picture=pictures.get(line.pk))
                for line in orders[one.order].lines.all()
            ],
        )
        for one in found
    ]


def unknown_shown(named: Collection[TicketOrder]) -> list[Unknown]:
    """Numbers that no order is known of."""
    unknown = [one for one in named if one.order_id is None]
    asked = asked_for([(one.store_id, one.number) for one in unknown])
    return [_unknown(one, asked) for one in unknown]


def _unknown(named: TicketOrder, asked: AskedFor) -> Unknown:
    how = asked.of(named.store_id, named.number)
    can_ask = named.store_id in asked.stores
    return Unknown(named=named, can_ask=can_ask, stale=can_ask and how is None, asked=how)


def cases_apart(order: Order) -> list[Case]:
    """The cases that stand for themselves: one that is a return told of is shown with what can be decided there."""
    told = {back.external_id for back in order.returns.all()}
    return [case for case in order.cases.all() if case.kind != CaseKind.RETURN_REQUEST or case.external_id not in told]


def besides_lines(order: Order) -> int:
    """What the total holds besides the lines, in minor units; a discount is less than nothing."""
    lines = list(order.lines.all())
    return order.total - sum(line.price * line.quantity for line in lines) if lines else 0
