"""The answers behind the board's numbers: whose, of which ticket, and when they were accepted."""

from collections.abc import Sequence
from datetime import datetime

from tresen.accounts.scope import Scope
from tresen.outbox.models import Delivery, DeliveryState
from tresen.tickets.queries import visible

MOST = 500


def answers_since(since: datetime, *, scope: Scope, agent: int | None = None, most: int = MOST) -> Sequence[Delivery]:
    """Accepted after `since`, in scope, newest first, with their message, its agent, its ticket and its store."""
    found = Delivery.objects.filter(
        state=DeliveryState.ACCEPTED, accepted_at__gt=since, message__ticket__in=visible(scope)
    )
    if agent is not None:
        found = found.filter(message__agent=agent)
    known = found.select_related("message__agent", "message__ticket", "store")
    return list(known.order_by("-accepted_at", "-pk")[:most])
