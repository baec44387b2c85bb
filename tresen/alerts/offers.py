"""What nobody has accepted yet, the longest waiting first, with until when somebody must act."""

from dataclasses import dataclass
from datetime import datetime

from tresen.accounts.scope import Scope
from tresen.alerts.models import HandOver, HandOverState
from tresen.routing.models import QueuePlace
from tresen.tickets.queries import visible
from tresen.tickets.solving import SETTLED

MOST = 200


@dataclass(frozen=True, slots=True)
class OpenOffer:
    """A hand-over that waits; `act_by` is the last staffed minute before the ticket's limit, where one runs."""

    made: HandOver
    act_by: datetime | None


def open_offers(scope: Scope) -> list[OpenOffer]:
    """Hand-overs of the scope that nobody has accepted, at most MOST: by when somebody must act, then by age."""
    seen = visible(scope).exclude(status__in=SETTLED)
    related = ("ticket__store", "giver", "to_agent", "to_team")
    waiting = HandOver.objects.filter(state=HandOverState.OFFERED, ticket__in=seen).select_related(*related)
    found = list(waiting.order_by("offered_at", "pk")[:MOST])
    places = QueuePlace.objects.filter(ticket__in=[made.ticket_id for made in found])
    act_by = dict(places.values_list("ticket_id", "act_by"))
    offers = [OpenOffer(made, act_by.get(made.ticket_id)) for made in found]
    return sorted(offers, key=lambda offer: (offer.act_by is None, offer.act_by or offer.made.offered_at))
