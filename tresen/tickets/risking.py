"""How much is at stake: the risk tier."""

from datetime import datetime

from django.db import transaction

from tresen.accounts.actors import Actor
from tresen.tickets import ledger
from tresen.tickets.events import Key, RiskSet
from tresen.tickets.locking import locked, next_cause
from tresen.tickets.models import Ticket

TIERS = range(4)


@transaction.atomic
def set_risk(ticket_id: int, *, tier: int, reason: Key, by: Actor, at: datetime) -> Ticket:
    """Set the tier (0 = most at stake … 3) by hand. Raises ValueError for another number."""
    if tier not in TIERS:
        raise ValueError("The risk tier is a number from 0 to 3.")
    ticket = locked(ticket_id)
    if (ticket.risk_tier, ticket.risk_reason) != (tier, reason):
        ledger.record(ticket_id, RiskSet(tier=tier, reason=reason), by=by, at=at, source_key=next_cause(ticket))
    return ticket
