"""What stands beside a ticket: its orders with the parcel's way, and who the customer is to us."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from tresen.accounts.scope import Scope
from tresen.channels.tracking import TrackingState
from tresen.customers.models import FIRST_CONTACT, Customer, Segment
from tresen.customers.queries import identities_of
from tresen.orders.models import Fulfilment, Order
from tresen.orders.queries import orders_named, orders_of_customer
from tresen.sla.ticket_facts import facts_of
from tresen.stores.channel_words import channel_title
from tresen.stores.connectors import connector_of
from tresen.tickets.models import Ticket
from tresen.tickets.queries import is_first_contact, tickets_of_customer, visible
from tresen.workspace.dates import day_and_time
from tresen.workspace.naming import name_of
from tresen.workspace.ticket.order_words import EVIDENCE


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """One stage of a parcel's way."""

    name: str
    detail: str
    done: bool
    wrong: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """A fulfilment with its way."""

    carrier: str
    tracking: str
    stages: Sequence[Stage]


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """One way in which a channel knows the customer, and why we say it is them; `key` is empty where it is an alias."""

    channel: str
    key: str
    name: str
    evidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderShown:
    """An order with its parcels. `besides`: what the total holds besides its lines, in minor units; discounts < 0."""

    order: Order
    parcels: Sequence[Parcel]
    besides: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """`unknown_orders`: numbers the customer named that we have no order for. `segment`: empty where none is shown."""

    orders: Sequence[OrderShown]
    unknown_orders: Sequence[str]
    before_buying: bool
    customer: Customer | None
    segment: str
    known: Sequence[Known]
    other_orders: Sequence[Order]
    other_tickets: Sequence[Ticket]


def beside(ticket: Ticket, *, scope: Scope, at: datetime) -> Beside:
    """The side panel of a ticket."""
    named = list(ticket.orders.order_by("-primary", "pk"))
    ids = [one.order_id for one in named if one.order_id is not None]
    orders = orders_named(ids) if ids else []
    customer = ticket.identity.customer if ticket.identity else None
    bought = orders_of_customer(customer.pk, scope=scope) if customer else []
    return Beside(
        orders=[OrderShown(order=order, parcels=_parcels(order, at), besides=_besides(order)) for order in orders],
        unknown_orders=[one.number for one in named if one.order_id is None],
        before_buying=not named and _before_buying(ticket),
        customer=customer,
        segment=_segment(customer, ticket) if customer else "",
        known=_known(customer, ticket, bought, scope) if customer else [],
        other_orders=[order for order in bought if order.pk not in ids],
        other_tickets=(
            [one for one in tickets_of_customer(customer.pk, scope=scope) if one.pk != ticket.pk] if customer else []
        ),
    )


def _before_buying(ticket: Ticket) -> bool:
    return any(one.facts.pre_sale for one in facts_of(conversations=[], tickets=[ticket.pk]))


def _segment(customer: Customer, ticket: Ticket) -> str:
    """Everybody begins as new: that is worth a word only while it is true, and while the customer says nothing else."""
    if customer.segment != Segment.NEW:
        return customer.segment
    return customer.segment if ticket.risk_reason != "third_contact" and is_first_contact(ticket) else ""


def _known(customer: Customer, ticket: Ticket, bought: Sequence[Order], scope: Scope) -> list[Known]:
    """The ways that a ticket or order in this scope shows: what another store knows is not this agent's."""
    shown = {
        ticket.identity_id,
        *visible(scope).filter(identity__customer=customer).values_list("identity_id", flat=True).distinct(),
        *(order.identity_id for order in bought),
    }
    return [
        Known(
            channel=channel_title(identity.channel),
            key="" if connector_of(identity.channel).relay and identity.name else identity.key,
            name=identity.name,
            evidence=name_of(decision.evidence, EVIDENCE) if decision and decision.evidence != FIRST_CONTACT else "",
        )
        for identity, decision in identities_of(customer.pk)
        if identity.pk in shown
    ]


def _besides(order: Order) -> int:
    lines = list(order.lines.all())
    return order.total - sum(line.price * line.quantity for line in lines) if lines else 0


def _parcels(order: Order, at: datetime) -> list[Parcel]:
    return [
        Parcel(carrier=one.carrier, tracking=one.tracking, stages=_stages(one, at)) for one in order.fulfilments.all()
    ]


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
