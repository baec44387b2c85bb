"""One order on a page of its own: the same as beside a ticket, and which tickets are about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from tresen.accounts.scope import Scope
from tresen.actions.queries import actions_of
from tresen.orders.models import Case, Return
from tresen.orders.queries import orders_named
from tresen.stores.back_offices import order_pages
from tresen.workspace.orders.rows import OrderRow, rows_shown
from tresen.workspace.ticket.orders.back_office import OfficeShown, office_shown
from tresen.workspace.ticket.orders.documents_shown import DocumentShown, documents_shown
from tresen.workspace.ticket.orders.parcels import Parcel, parcel_shown
from tresen.workspace.ticket.orders.places import address_shown
from tresen.workspace.ticket.orders.refunds_shown import RefundShown, refunds_shown, titles_of, why_back
from tresen.workspace.ticket.orders.shown import LineShown, besides_lines, cases_apart, lines_shown


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderPage:
    """An order with its parts, `returns` with why; what can be done about it is done from a ticket."""

    row: OrderRow
    lines: Sequence[LineShown]
    parcels: Sequence[Parcel]
    returns: Sequence[tuple[Return, str]]
    refunds: Sequence[RefundShown]
    documents: Sequence[DocumentShown]
    cases: Sequence[Case]
    besides: int
    ship_to: str
    office: OfficeShown | None


def order_page(order_id: int, *, scope: Scope, agent_id: int, at: datetime) -> OrderPage:
    """The page of an order that this scope shows, for this agent."""
    (order,) = orders_named([order_id])
    (row,) = rows_shown([order], scope=scope)
    reasons = {one.reason for one in order.refunds.all()} | {one.reason for one in order.returns.all()}
    titles = titles_of([order], reasons)
    wanted = actions_of([order.pk]).get(order.pk, ())
    return OrderPage(
        row=row,
        lines=lines_shown([order], at=at)[order.pk],
        parcels=[parcel_shown(one, at=at) for one in order.fulfilments.all()],
        returns=[(back, why_back(order, back, titles)) for back in order.returns.all()],
        refunds=refunds_shown(order, wanted, titles, at=at),
        documents=documents_shown(order, agent_id=agent_id),
        cases=cases_apart(order),
        besides=besides_lines(order),
        ship_to=address_shown(order),
        office=office_shown(order, order_pages([order.store])),
    )
