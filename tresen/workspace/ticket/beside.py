"""What stands beside a ticket: its orders with the parcel's way, and who the customer is to us."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from tresen.accounts.scope import Scope
from tresen.channels.by_hand.log import OWN_KEY
from tresen.channels.senders import IdentityKind
from tresen.customers.models import FIRST_CONTACT, Customer, Identity, Segment
from tresen.customers.queries import identities_of
from tresen.orders.models import Order
from tresen.orders.queries import orders_named, orders_of_customer
from tresen.sla.ticket_facts import facts_of
from tresen.stores.channel_words import channel_title
from tresen.stores.connectors import connector_of
from tresen.tickets.models import RemovedOrder, Ticket
from tresen.tickets.queries import is_first_contact, tickets_of_customer, visible
from tresen.workspace.naming import name_of
from tresen.workspace.ticket.orders.shown import (
    CandidateShown,
    OrderShown,
    Unknown,
    candidates_shown,
    orders_shown,
    unknown_shown,
)
from tresen.workspace.ticket.orders.words import EVIDENCE


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """One way in which a channel knows the customer, and why we say it is them; `key` is empty where it is an alias."""

    channel: str
    key: str
    name: str
    evidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """`unknown_orders`: numbers the customer named that we have no order for. `segment`: empty where none is shown.

    `candidates`: orders of this buyer that may be meant, where none is known to be. `reads`: an order is being asked
    for, or something is being done about it, so that it is soon known anew.
    """

    orders: Sequence[OrderShown]
    unknown_orders: Sequence[Unknown]
    candidates: Sequence[CandidateShown]
    removed: Sequence[RemovedOrder]
    reads: bool
    before_buying: bool
    customer: Customer | None
    segment: str
    known: Sequence[Known]
    other_orders: Sequence[Order]
    other_tickets: Sequence[Ticket]


def beside(ticket: Ticket, *, scope: Scope, agent_id: int, at: datetime) -> Beside:
    """The side panel of a ticket."""
    named = list(ticket.orders.order_by("-primary", "pk"))
    ids = [one.order_id for one in named if one.order_id is not None]
    rows = {one.order_id: one for one in named}
    orders = orders_shown(orders_named(ids) if ids else [], named=rows, ticket_id=ticket.pk, agent_id=agent_id, at=at)
    candidates = [] if orders else candidates_shown(ticket.pk, scope=scope, at=at)
    unknown = unknown_shown(named)
    asked = [*(one.asked for one in orders), *(one.asked for one in unknown)]
    customer = ticket.identity.customer if ticket.identity else None
    bought = orders_of_customer(customer.pk, scope=scope) if customer else []
    return Beside(
        orders=orders,
        unknown_orders=unknown,
        candidates=candidates,
        removed=list(ticket.removed_orders.select_related("removed_by").order_by("pk")),
        reads=any(how is not None and how.pending for how in asked)
        or any(action.moves for one in orders for action in one.actions),
        before_buying=not named and _before_buying(ticket),
        customer=customer,
        segment=_segment(customer, ticket) if customer else "",
        known=_known(customer, ticket, bought, scope) if customer else [],
        other_orders=[order for order in bought if order.pk not in {*ids, *(one.order.pk for one in candidates)}],
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


def shown_key(identity: Identity) -> str:
    """How the platform knows him, without the operator's address before it, where many run on one software."""
    return identity.key.rpartition("/")[2] if identity.kind == IdentityKind.USERNAME else identity.key


def told_key(identity: Identity) -> str:
    """The same where people can do something with it: a relay's alias, or a key of ours, says nothing beside a name."""
    alias = identity.kind != IdentityKind.PHONE and connector_of(identity.channel).relay
    own = identity.key.startswith(OWN_KEY)
    return "" if own or (alias and identity.name) else shown_key(identity)


def _known(customer: Customer, ticket: Ticket, bought: Sequence[Order], scope: Scope) -> list[Known]:
    """The ways that a ticket or order in this scope shows: what another store knows is not this agent's."""
    shown = {
        ticket.identity_id,
        *visible(scope).filter(identity__customer=customer).values_list("identity_id", flat=True).distinct(),
        *(order.identity_id for order in bought),
    }
    return [
        Known(
            channel=_("Telephone") if identity.kind == IdentityKind.PHONE else channel_title(identity.channel),
            key=told_key(identity),
            name=identity.name,
            evidence=name_of(decision.evidence, EVIDENCE) if decision and decision.evidence != FIRST_CONTACT else "",
        )
        for identity, decision in identities_of(customer.pk)
        if identity.pk in shown
    ]
