"""Documents that a platform made for an order, each with where this agent opens it."""

from collections.abc import Sequence
from dataclasses import dataclass

from tresen.orders.documents import can_be_opened
from tresen.orders.models import Order, OrderDocument
from tresen.workspace.attachments.tokens import document_address
from tresen.workspace.naming import name_of
from tresen.workspace.ticket.orders.words import DOCUMENTS


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentShown:
    """`title`: what it is. `address`: where it is opened; empty where it lies at the platform alone."""

    document: OrderDocument
    title: str
    address: str


def documents_shown(order: Order, *, agent_id: int) -> Sequence[DocumentShown]:
    """The order's documents, the oldest first."""
    opens = can_be_opened(order.store)
    return [
        DocumentShown(
            document=one,
            title=name_of(one.kind, DOCUMENTS),
            address=document_address(one.pk, agent=agent_id) if opens else "",
        )
        for one in sorted(order.documents.all(), key=lambda one: (one.issued_at, one.pk))
    ]
