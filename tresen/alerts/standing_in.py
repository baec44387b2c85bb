"""Who can take a ticket over now: at work, able to see it, answering in its language, and least burdened."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Count, Q

from tresen.accounts.models import Agent, Role
from tresen.alerts.recipients import People
from tresen.routing.models import QueuePlace
from tresen.sla.ladders import Reassign
from tresen.staffing.queries import shifts_of
from tresen.stores.models import BrandGrant, StoreGrant
from tresen.tickets.projection import TicketNow


def successor(wanted: Reassign, ticket: TicketNow, people: People, *, at: datetime) -> int | None:
    """The agent to whom the ticket goes; None where nobody fits, or who fits has it already."""
    match wanted:
        case Reassign.LEAD:
            found = _at_work(people.leads, at) or list(people.leads)
            return _other_than(ticket.state.assignee, found)
        case Reassign.AVAILABLE:
            return _available(ticket, at)


def _available(ticket: TicketNow, at: datetime) -> int | None:
    members = Agent.objects.filter(teams=ticket.state.team, is_active=True).exclude(pk=ticket.state.assignee or 0)
    speaking = members.filter(Q(languages=[]) | Q(languages__contains=[ticket.language]))
    # Members of its team see the ticket by its store or its brand, as `scope_of` says; asked of all of them at once.
    granted = StoreGrant.objects.filter(store=ticket.store).values("agent")
    of_brand = BrandGrant.objects.filter(brand=ticket.brand).values("agent")
    allowed = Q(role=Role.ADMIN) | Q(everything=True) | Q(pk__in=granted) | Q(pk__in=of_brand)
    seeing = _at_work(speaking.filter(allowed).values_list("pk", flat=True), at)
    held = QueuePlace.objects.filter(assignee__in=seeing).values_list("assignee").annotate(count=Count("pk"))
    burden = dict(held.order_by())
    return min(seeing, key=lambda agent: (burden.get(agent, 0), agent), default=None)


def _at_work(agents: Collection[int], at: datetime) -> list[int]:
    hours = shifts_of(list(agents))
    return sorted(agent for agent, one in hours.items() if one.next_open(at) == at)


def _other_than(assignee: int | None, found: Collection[int]) -> int | None:
    if assignee in found:
        return None
    return min(found, default=None)
