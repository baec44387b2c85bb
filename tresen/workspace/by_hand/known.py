"""Customers whom a caller may be: found while the agent types, and chosen. Nobody is taken for another by name."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from tresen.accounts.scope import Scope
from tresen.channels.by_hand.telephones import e164, looks_like_a_number
from tresen.channels.senders import IdentityKind
from tresen.customers.models import Identity
from tresen.customers.searching import identities_like
from tresen.orders.queries import visible_orders
from tresen.orders.searching import search_orders
from tresen.tickets.queries import visible
from tresen.workspace.by_hand.callers import parted
from tresen.workspace.ticket.beside import told_key

MOST = 8
SHORTEST = 3
LOOKED_AT = 300
"""So many are asked for whether this agent may see them: whoever is not among them is found by more letters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """When and where a customer was last seen. `order`: the number, where he bought; else he wrote."""

    at: datetime
    store: str
    order: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """Somebody who may be meant. `key`: his address, number or user name, where it says something to people.

    `typed`: it is his address or number that was typed, so that it is he.
    """

    identity: int
    name: str
    key: str
    seen: Seen
    typed: bool


def known_like(typed: str, *, scope: Scope) -> list[Known]:
    """Those of this scope who may be meant by a name, a number, an address or an order, who was seen last first.

    Of a name with a number or an address beside it, by either.
    """
    wanted = " ".join(typed.replace("\0", "").split())
    if len(wanted) < SHORTEST:
        return []
    bought = search_orders(wanted, scope=scope, most=MOST)
    called, key = parted(wanted)
    keys = _keys(key or wanted)
    fitting = identities_like(called, keys=keys, most=LOOKED_AT)
    seen = _seen({*fitting, *(order.identity_id for order in bought if order.identity_id)}, scope=scope)
    customers: dict[int, Known] = {}
    for identity in Identity.objects.filter(pk__in=list(seen)):
        one = Known(
            identity=identity.pk,
            name=identity.name,
            key=told_key(identity),
            seen=seen[identity.pk],
            typed=identity.kind != IdentityKind.USERNAME and identity.key in keys,
        )
        # Known in several ways, he is still one: it is chosen by the one that he was seen by last.
        who = identity.customer_id or -identity.pk
        customers[who] = max(customers.get(who, one), one, key=lambda way: way.seen.at)
    return sorted(customers.values(), key=lambda one: one.seen.at, reverse=True)[:MOST]


def marked(known: Sequence[Known], chose: str) -> int | None:
    """Which of them is marked: the one that was chosen, else the one whose address or number was typed; or none."""
    mine = next((one.identity for one in known if str(one.identity) == chose), None)
    return mine or next((one.identity for one in known if one.typed), None)


def chosen(identity_id: int, *, scope: Scope) -> Identity | None:
    """The customer whom an agent chose; None where the scope shows no ticket and no order of his."""
    return Identity.objects.filter(pk=identity_id).first() if _seen([identity_id], scope=scope) else None


def _keys(wanted: str) -> Collection[str]:
    if looks_like_a_number(wanted):
        return [e164(wanted, language="") or re.sub(r"[^\d+]", "", wanted)]
    return {wanted, wanted.lower()}


def _seen(identities: Collection[int], *, scope: Scope) -> dict[int, Seen]:
    """When those of them whom this scope shows were last seen, by identity."""
    wrote = visible(scope).filter(identity__in=identities).order_by("identity", "-last_message_at")
    bought = visible_orders(scope).filter(identity__in=identities).order_by("identity", "-ordered_at")
    seen = {
        identity: Seen(at=at, store=store)
        for identity, at, store in wrote.distinct("identity").values_list("identity", "last_message_at", "store__name")
    }
    rows = bought.distinct("identity").values_list("identity", "ordered_at", "store__name", "number")
    for identity, at, store, number in rows:
        # An order tells two people of one name apart, whatever was written since.
        seen[identity] = Seen(at=max(at, seen[identity].at) if identity in seen else at, store=store, order=number)
    return seen
