"""The orders beside a ticket: what was bought, where it is, what came back, and what can be done about it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from tresen.accounts.scope import Scope
from tresen.actions.queries import actions_of
from tresen.channels.tracking import TrackingState
from tresen.intake.asked_queries import Asked, AskedFor, asked_for
from tresen.orders.models import Fulfilment, Order, OrderLine, Return, StockLevel
from tresen.orders.queries import orders_named, stock_of
from tresen.stores.connectors import connector_of
from tresen.tickets.candidates import candidates_of
from tresen.tickets.models import TicketOrder
from tresen.workspace.dates import day_and_time
from tresen.workspace.ticket.orders.actions_shown import ActionShown, Offer, action_shown, offers_shown
from tresen.workspace.ticket.orders.picturing import pictures_of

STALE_AFTER = timedelta(minutes=10)
"""What was told longer ago is read anew when its ticket is opened."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """One stage of a parcel's way."""

    name: str
    detail: str
    done: bool
    wrong: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """A fulfilment with its way; `address` leads to the carrier's own page."""

    carrier: str
    tracking: str
    address: str
    expected: str
    stages: Sequence[Stage]


@dataclass(frozen=True, slots=True, kw_only=True)
class LineShown:
    """A line with what is on the shelf of it, and the number of its picture where one can be shown."""

    line: OrderLine
    stock: StockLevel | None
    picture: int | None


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
    returns: Sequence[tuple[Return, Sequence[Offer]]]
    besides: int
    can_ask: bool
    stale: bool
    asked: Asked | None
    offers: Sequence[Offer]
    actions: Sequence[ActionShown]
    writes: bool


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
    stock = stock_of([(order.store_id, line.sku) for order in orders for line in order.lines.all() if line.sku])
    pictures = pictures_of(orders, at=at)
    asked = asked_for([(order.store_id, order.number) for order in orders])
    wanted = actions_of(ids)
    offered = offers_shown(orders, ticket_id=ticket_id)
    return [
        OrderShown(
            order=order,
            named=named[order.pk],
            lines=[
                LineShown(line=line, stock=stock.get((order.store_id, line.sku)), picture=pictures.get(line.pk))
                for line in order.lines.all()
            ],
            parcels=[_parcel(one, at) for one in order.fulfilments.all()],
            returns=[(back, offered.of_return(back)) for back in order.returns.all()],
            besides=_besides(order),
            can_ask=order.store_id in asked.stores,
            stale=order.store_id in asked.stores and at - order.told_at > STALE_AFTER,
            asked=asked.of(order.store_id, order.number),
            offers=offered.of_order(order),
            writes=connector_of(order.store).start is not None and not order.store.shadow,
            actions=[action_shown(one, agent_id=agent_id, at=at) for one in wanted.get(order.pk, ())],
        )
        for order in orders
    ]


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


def _besides(order: Order) -> int:
    lines = list(order.lines.all())
    return order.total - sum(line.price * line.quantity for line in lines) if lines else 0


def _parcel(one: Fulfilment, at: datetime) -> Parcel:
    expected = one.expected_at if one.state not in ENDED else None
    return Parcel(
        carrier=one.carrier,
        tracking=one.tracking,
        address=one.tracking_address if one.tracking_address.startswith("https://") else "",
        expected=_when(expected, at),
        stages=_stages(one, at),
    )


def _stages(parcel: Fulfilment, at: datetime) -> list[Stage]:
    stages = [Stage(name=_("Handed over"), detail=_when(parcel.shipped_at, at), done=parcel.state != PENDING)]
    if parcel.last_scan_at and parcel.state not in ENDED:
        troubled = parcel.state == TrackingState.EXCEPTION
        detail = f"{day_and_time(parcel.last_scan_at, at)} · {parcel.last_scan}".rstrip(" ·")
        stages.append(Stage(name=_on_its_way(parcel.state), detail=detail, done=not troubled, wrong=troubled))
    if parcel.state == TrackingState.RETURNED:
        return [
            *stages,
            Stage(name=_("Back to the sender"), detail=_when(parcel.last_scan_at, at), done=True, wrong=True),
        ]
    delivered = parcel.state == TrackingState.DELIVERED
    return [*stages, Stage(name=_("Delivered"), detail=_when(parcel.delivered_at, at), done=delivered)]


def _when(instant: datetime | None, at: datetime) -> str:
    return day_and_time(instant, at) if instant else ""


def _on_its_way(state: str) -> str:
    if state == TrackingState.EXCEPTION:
        return _("Held up")
    return _("Out for delivery") if state == TrackingState.OUT_FOR_DELIVERY else _("On its way")


PENDING = TrackingState.PENDING
ENDED = frozenset({TrackingState.DELIVERED, TrackingState.RETURNED})
