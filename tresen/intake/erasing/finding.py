"""Who is meant by a request, and what we have of him."""

from collections.abc import Sequence

from django.db.models import Q

from tresen.customers.models import Identity
from tresen.intake.erasing.erasing import Meant
from tresen.orders.models import Order
from tresen.stores.models import Store
from tresen.tickets.models import Conversation, Ticket


def meant_by(channel: str, *, keys: Sequence[str], emails: Sequence[str], orders: Sequence[str]) -> Meant:
    """What a channel knows by these keys, addresses and orders' numbers or ids; other channels' knowledge stays."""
    stores = list(Store.objects.filter(channel=channel).values_list("pk", flat=True))
    named = Order.objects.filter(Q(number__in=orders) | Q(external_id__in=orders), store__in=stores)
    addresses = [email.lower() for email in emails]
    known = Q(channel__in=[channel, "phone"], key__in=keys) | Q(channel="email", key__in=addresses)
    identities = set(Identity.objects.filter(known).values_list("pk", flat=True))
    identities |= set(named.exclude(identity=None).values_list("identity", flat=True))
    bought = Order.objects.filter(Q(identity__in=identities) | Q(pk__in=named.values("pk")), store__in=stores)
    return _meant(identities, list(bought.values_list("pk", flat=True)), stores)


def meant_of_store(store_id: int) -> Meant:
    """All buyers of one store."""
    orders = Order.objects.filter(store=store_id)
    identities = set(orders.exclude(identity=None).values_list("identity", flat=True))
    talked = Conversation.objects.filter(store=store_id).exclude(identity=None)
    identities |= set(talked.values_list("identity", flat=True))
    return _meant(identities, list(orders.values_list("pk", flat=True)), [store_id])


def _meant(identities: set[int], orders: Sequence[int], stores: Sequence[int]) -> Meant:
    conversations = Conversation.objects.filter(identity__in=identities, store__in=stores)
    tickets = Ticket.objects.filter(identity__in=identities, store__in=stores)
    others = (Order.objects.filter(identity__in=identities), Conversation.objects.filter(identity__in=identities))
    elsewhere = {
        known for rows in others for known in rows.exclude(store__in=stores).values_list("identity", flat=True)
    }
    return Meant(
        # Who also wrote or bought elsewhere stays known there.
        identities=tuple(sorted(identities - elsewhere)),
        orders=tuple(orders),
        tickets=tuple(tickets.values_list("pk", flat=True)),
        conversations=tuple(conversations.values_list("pk", flat=True)),
        stores=tuple(stores),
    )
