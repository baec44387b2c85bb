"""Taking the next piece of work: fourteen people press at once and get fourteen tickets."""

from datetime import datetime, timedelta

from django.db import connection, transaction

from tresen.accounts.actors import Actor
from tresen.accounts.scope import Scope
from tresen.routing.models import Lease, Skip
from tresen.routing.serving import serve
from tresen.tickets import ledger
from tresen.tickets.assigning import assign
from tresen.tickets.events import Key, TicketPassedOn
from tresen.tickets.locking import locked, next_cause
from tresen.tickets.solving import SETTLED

HELD_FOR = timedelta(minutes=10)
SKIPPED_FOR = timedelta(hours=4)
WAITING_FOR_FACT = "waiting_for_fact"
HANDED_OVER = "handed_over"
FORGOTTEN_AFTER = timedelta(days=1)
"""Leases and skips that ran out so long ago are of no use to anybody."""


@transaction.atomic
def next_for(agent_id: int, *, scope: Scope, at: datetime, leaving: int | None = None) -> int | None:
    """Lease the right next ticket that nobody holds to this agent; None when nothing waits for this one.

    The agent's own tickets come first, promises before others; then what is free, in the order that `choosing.branches`
    says. Only what the agent is able to answer is served, and nothing new to who holds as much as fits. What an answer
    is leaving for, what rests until later and what the agent skipped is not served. The lease of the ticket that the
    agent is `leaving` is given back; others stay: a second browser of the same agent works on another ticket.
    """
    if leaving is not None:
        release(leaving, agent_id=agent_id)
    return serve(agent_id, scope=scope, at=at, until=at + HELD_FOR)


def hold(ticket_id: int, *, agent_id: int, at: datetime) -> datetime | None:
    """Lease a ticket the agent opened himself, where nobody else holds it; until when it is his now."""
    with connection.cursor() as cursor:
        cursor.execute(_HOLD, {"ticket": ticket_id, "agent": agent_id, "at": at, "until": at + HELD_FOR})
        return at + HELD_FOR if cursor.fetchone() is not None else None


def release(ticket_id: int, *, agent_id: int, until: datetime | None = None) -> None:
    """Give the agent's lease of this ticket back; with `until` not one that lasts longer: it was taken again since."""
    held = Lease.objects.filter(ticket_id=ticket_id, agent_id=agent_id)
    (held if until is None else held.filter(until__lte=until)).delete()


@transaction.atomic
def skip(ticket_id: int, *, agent_id: int, reason: str, at: datetime) -> None:
    """Pass the ticket on, with a reason that whoever gets it next reads; not served to this agent for SKIPPED_FOR.

    Their own is nobody's then, or nobody would be served it; but it stays theirs where only a fact is missing.
    """
    ticket = locked(ticket_id)
    event = TicketPassedOn(reason=Key(reason))
    ledger.record(ticket_id, event, by=Actor.agent(agent_id), at=at, source_key=next_cause(ticket))
    if ticket.assignee_id == agent_id and reason != WAITING_FOR_FACT and ticket.status not in SETTLED:
        assign(ticket_id, assignee_id=None, by=Actor.agent(agent_id), at=at)
    leave_to_others(ticket_id, agent_id=agent_id, reason=reason, until=at + SKIPPED_FOR, at=at)


def leave_to_others(ticket_id: int, *, agent_id: int, reason: str, until: datetime, at: datetime) -> None:
    """Give the agent's lease back and serve them the ticket not before `until`, also where it is assigned to them."""
    release(ticket_id, agent_id=agent_id)
    Skip.objects.update_or_create(
        ticket_id=ticket_id,
        agent_id=agent_id,
        defaults={"reason": reason[:40], "skipped_at": at, "until": until},
    )


def turn_back_to(ticket_id: int, *, agent_id: int, reason: str) -> None:
    """The ticket may be served to the agent again, who left it to others for this reason."""
    Skip.objects.filter(ticket_id=ticket_id, agent_id=agent_id, reason=reason).delete()


def holder_of(ticket_id: int, *, at: datetime) -> int | None:
    """Who holds the ticket now."""
    return Lease.objects.filter(ticket_id=ticket_id, until__gt=at).values_list("agent_id", flat=True).first()


def forget_old(at: datetime) -> None:
    """Drop leases that ran out long ago, so that who looks at those that hold reads no others."""
    Lease.objects.filter(until__lt=at - FORGOTTEN_AFTER).delete()


_HOLD = """
    INSERT INTO routing_lease AS held (ticket_id, agent_id, until) VALUES (%(ticket)s, %(agent)s, %(until)s)
    ON CONFLICT (ticket_id) DO UPDATE SET agent_id = excluded.agent_id, until = excluded.until
    WHERE held.until <= %(at)s OR held.agent_id = excluded.agent_id
    RETURNING ticket_id
"""
