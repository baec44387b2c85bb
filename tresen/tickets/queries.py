"""Reading tickets: always inside a scope; what is out of it does not exist."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from tresen.accounts.scope import Scope
from tresen.orders.models import Order
from tresen.tickets import ledger_rows
from tresen.tickets.models import (
    Attachment,
    Conversation,
    Direction,
    Message,
    MessageKind,
    Tag,
    Ticket,
    TicketLink,
)
from tresen.tickets.recorded import RecordedEvent

LONGEST_THREAD = 200


class TicketHidden(LookupError):
    """No such ticket in this scope."""


def visible(scope: Scope) -> QuerySet[Ticket]:
    """The tickets of a scope."""
    found = Ticket.objects.all()
    if scope.teams is not None:
        found = found.filter(team__in=scope.teams)
    if scope.stores is not None and scope.brands is not None:
        found = found.filter(Q(store__in=scope.stores) | Q(brand__in=scope.brands))
    return found


def ticket_in(scope: Scope, ticket_id: int) -> Ticket:
    """The ticket with its store, brand, team, assignee and customer. Raises TicketHidden."""
    related = ("store", "brand", "team", "assignee", "identity__customer")
    ticket = visible(scope).select_related(*related).filter(pk=ticket_id).first()
    if ticket is None:
        raise TicketHidden(f"There is no ticket {ticket_id} here.")
    return ticket


def ticket_of_public_id(scope: Scope, public_id: UUID) -> Ticket:
    """The ticket that the API knows by this id. Raises TicketHidden."""
    found = visible(scope).filter(public_id=public_id).values_list("pk", flat=True).first()
    if found is None:
        raise TicketHidden(f"There is no ticket {public_id} here.")
    return ticket_in(scope, found)


def conversations_of(ticket_id: int) -> list[Conversation]:
    """The ticket's conversations with their stores and counterparts, the oldest first."""
    return list(
        Conversation.objects.filter(ticket=ticket_id).select_related("store", "identity").order_by("opened_at", "pk")
    )


def thread_of(ticket_id: int, *, most: int = LONGEST_THREAD, before: int | None = None) -> list[Message]:
    """The newest `most` messages, the oldest of them first, with authors and attachments; `before` pages back."""
    found = Message.objects.filter(ticket=ticket_id)
    if before is not None:
        found = found.filter(pk__lt=before)
    files = Prefetch("attachments", Attachment.objects.order_by("pk"))
    newest = (
        found.select_related("agent", "identity", "conversation__store")
        .prefetch_related(files)
        .order_by("-occurred_at", "-pk")[:most]
    )
    return list(reversed(newest))


def newest_message(ticket_id: int) -> int:
    """The greatest id among the messages that came in: what a composer opened now has shown."""
    newest = Message.objects.filter(ticket=ticket_id, direction="in").order_by("-pk").values_list("pk", flat=True)
    return newest.first() or 0


def has_messages(store_id: int) -> bool:
    """Whether anything was ever written to the store, as far as it was read."""
    return Message.objects.filter(conversation__store=store_id, direction=Direction.IN).exists()


def history_of(ticket_id: int) -> list[RecordedEvent]:
    """Everything that happened, in the ledger's order."""
    return ledger_rows.read([ticket_id])[ticket_id]


def tags_of(ticket_id: int) -> list[Tag]:
    """The ticket's tags by name."""
    return list(Tag.objects.filter(pk__in=Ticket.objects.get(pk=ticket_id).tags.values("tag")).order_by("name"))


def known_tags() -> list[str]:
    """Every tag's name, for completion."""
    return list(Tag.objects.order_by("name").values_list("name", flat=True)[:500])


def linked_to(ticket_id: int, *, scope: Scope) -> Sequence[tuple[TicketLink, Ticket]]:
    """The tickets linked to this one that the scope shows."""
    links = TicketLink.objects.filter(Q(source=ticket_id) | Q(target=ticket_id)).order_by("made_at", "pk")
    others = {link.pk: link.target_id if link.source_id == ticket_id else link.source_id for link in links}
    shown = {ticket.pk: ticket for ticket in visible(scope).filter(pk__in=others.values()).select_related("store")}
    return [(link, shown[others[link.pk]]) for link in links if others[link.pk] in shown]


def tickets_of_customer(customer_id: int, *, scope: Scope, most: int = 20) -> list[Ticket]:
    """The customer's tickets over all of his identities, the newest first."""
    mine = visible(scope).filter(identity__customer=customer_id).select_related("store")
    return list(mine.order_by("-last_message_at", "-pk")[:most])


def is_first_contact(ticket: Ticket) -> bool:
    """Whether the customer never wrote or bought before: no other ticket, one message, no order but this ticket's.

    Over everything, in nobody's scope: it must not be said of a customer whom another team knows.
    """
    customer = ticket.identity.customer_id if ticket.identity else None
    if customer is None:
        return False
    return not (
        Ticket.objects.filter(identity__customer=customer).exclude(pk=ticket.pk).exists()
        or Message.objects.filter(ticket=ticket.pk, direction=Direction.IN, kind=MessageKind.MESSAGE)[1:2].exists()
        or Order.objects.filter(identity__customer=customer).exclude(tickets__ticket=ticket.pk).exists()
    )
