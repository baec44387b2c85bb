"""The way to an order at its platform's own pages, and what can be done only there."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from babel.lists import format_list
from django.utils.translation import gettext as _

from tresen.channels.cases import CaseKind
from tresen.channels.order_door import OrderAction, OrderRef
from tresen.channels.order_news import OrderState, ReturnState
from tresen.orders.models import CaseState, Order
from tresen.stores.back_offices import Pages, back_office_of
from tresen.stores.channel_words import channel_title
from tresen.stores.connectors import connector_of
from tresen.workspace.setup.naming import reader

_NOT_SHIPPED = frozenset({OrderState.PENDING, OrderState.OPEN})


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeShown:
    """`label` and `address` of the link; `only`: sentences of what is done there and not here."""

    label: str
    address: str
    only: Sequence[str]


def office_shown(order: Order, pages: Pages) -> OfficeShown | None:
    """The platform's pages of this order; None where it has none that we know."""
    office = back_office_of(order.store)
    if office is None:
        return None
    channel = channel_title(order.store)
    address = pages(order.store, OrderRef(number=order.number, external_id=order.external_id))
    only = []
    if missing := list(_missing(order)):
        actions = format_list(missing, locale=reader())
        allows = _("%(channel)s allows %(actions)s only in %(office)s.")
        only.append(allows % {"channel": channel, "actions": actions, "office": office.title})
    if _untold_return(order):
        untold = _("%(channel)s’s interface does not tell of this return: decide about it in %(office)s.")
        only.append(untold % {"channel": channel, "office": office.title})
    if not address and not only:
        return None
    return OfficeShown(label=_("Open at %(channel)s") % {"channel": channel}, address=address, only=only)


def _missing(order: Order) -> Iterator[str]:
    """What may be wanted of the order as it stands, and no interface of its platform does."""
    offered = connector_of(order.store).actions
    if order.total and order.state != OrderState.PENDING and OrderAction.REFUND not in offered:
        yield _("refunds")
    if order.state in _NOT_SHIPPED and OrderAction.CANCEL not in offered:
        yield _("cancellations")
    waits = any(back.state == ReturnState.REQUESTED for back in order.returns.all()) or _asked_to_take_back(order)
    if waits and OrderAction.APPROVE_RETURN not in offered:
        yield _("decisions about returns")


def _untold_return(order: Order) -> bool:
    """A return is to be decided that the platform would let us decide, and that it does not tell of."""
    told = {back.external_id for back in order.returns.all()}
    return OrderAction.APPROVE_RETURN in connector_of(order.store).actions and any(
        number not in told for number in _asked_to_take_back(order)
    )


def _asked_to_take_back(order: Order) -> list[str]:
    """The numbers of the open cases that are returns asked for."""
    return [
        case.external_id
        for case in order.cases.all()
        if case.kind == CaseKind.RETURN_REQUEST and case.state == CaseState.OPEN
    ]
