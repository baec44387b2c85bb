"""Handing work over: offered with a note, accepted or handed back. Until then it stays with the giver.

A hand-over restarts no clock: what was promised to the customer does not depend on who keeps it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from tresen.accounts.actors import Actor
from tresen.accounts.models import LEADING, Agent, Team, TeamMembership
from tresen.alerts.models import HandOver, HandOverState
from tresen.alerts.recipients import people_of
from tresen.alerts.steps import running_limits
from tresen.alerts.telling import News, tell
from tresen.routing.leasing import HANDED_OVER, leave_to_others, turn_back_to
from tresen.sla.keeping import Kept, kept_of
from tresen.stores.granting import scope_of
from tresen.tickets import ledger
from tresen.tickets.assigning import CannotSee, assign, move
from tresen.tickets.events import (
    HandOverAccepted,
    HandOverOffered,
    HandOverReturned,
    HandOverWithdrawn,
)
from tresen.tickets.facts import Event
from tresen.tickets.locking import TicketSettled, locked, next_cause
from tresen.tickets.models import Ticket
from tresen.tickets.solving import SETTLED

REMIND_AFTER = timedelta(minutes=30)
LONGEST_NOTE = 5_000


class OfferedAlready(ValueError):
    """This ticket is being handed over already: that is accepted, handed back or withdrawn first."""


class NotYours(ValueError):
    """Only whom it was offered to takes it or hands it back; only who offered it, or a lead, withdraws it."""


class NothingOffered(LookupError):
    """Nobody is handing this ticket over: it was settled meanwhile."""


@dataclass(frozen=True, slots=True)
class Receiver:
    """To whom: one agent, or a team."""

    agent: int | None = None
    team: int | None = None


@transaction.atomic
def offer(ticket_id: int, *, to: Receiver, note: str, giver_id: int, at: datetime) -> HandOver:
    """Offer the ticket; it is the giver's until somebody accepts, but not served to them for half an hour.

    Raises TicketSettled, OfferedAlready, CannotSee, ValueError for an empty note or oneself, and DoesNotExist for an
    agent or team who are not there any more.
    """
    ticket = locked(ticket_id)
    if ticket.status in SETTLED:
        raise TicketSettled(ticket.status)
    if HandOver.objects.filter(ticket=ticket_id, state=HandOverState.OFFERED).exists():
        raise OfferedAlready
    note = note.strip()[:LONGEST_NOTE]
    if not note or to.agent == giver_id:
        raise ValueError("A hand-over needs a note, and somebody else.")
    _refuse_blind(ticket, to)
    made = HandOver.objects.create(
        ticket=ticket, giver_id=giver_id, to_agent_id=to.agent, to_team_id=to.team, note=note, offered_at=at
    )
    event = HandOverOffered(hand_over=made.pk, giver=giver_id, to_agent=to.agent, to_team=to.team)
    _record(ticket, event, by=Actor.agent(giver_id), at=at)
    if ticket.assignee_id is None:
        assign(ticket_id, assignee_id=giver_id, by=Actor.agent(giver_id), at=at)
    leave_to_others(ticket_id, agent_id=giver_id, reason=HANDED_OVER, until=at + REMIND_AFTER, at=at)
    _tell(made, "offered", recipients=_receivers(made), by=giver_id, at=at)
    return made


@transaction.atomic
def accept(ticket_id: int, *, agent_id: int, at: datetime) -> None:
    """This agent takes what was offered to them or their team. Raises NothingOffered, NotYours, TicketSettled."""
    ticket, made = _offered(ticket_id)
    if ticket.status in SETTLED:
        raise TicketSettled(ticket.status)
    if not may_accept(made, agent_id):
        raise NotYours
    _settle(made, HandOverState.ACCEPTED, by=agent_id, at=at)
    _record(ticket, HandOverAccepted(hand_over=made.pk), by=Actor.agent(agent_id), at=at)
    if made.to_team_id is not None and made.to_team_id != ticket.team_id:
        move(ticket_id, team_id=made.to_team_id, by=Actor.agent(agent_id), at=at)
    assign(ticket_id, assignee_id=agent_id, by=Actor.agent(agent_id), at=at)
    _tell(made, "accepted", recipients=(made.giver_id,), by=agent_id, at=at)


@transaction.atomic
def hand_back(ticket_id: int, *, reason: str, agent_id: int, at: datetime) -> None:
    """This agent does not take it, for a reason that the giver reads. Raises NothingOffered, NotYours, ValueError."""
    ticket, made = _offered(ticket_id)
    if not may_accept(made, agent_id):
        raise NotYours
    reason = reason.strip()[:LONGEST_NOTE]
    if not reason:
        raise ValueError("Handing back needs a reason.")
    made.answer = reason
    _settle(made, HandOverState.HANDED_BACK, by=agent_id, at=at)
    _record(ticket, HandOverReturned(hand_over=made.pk), by=Actor.agent(agent_id), at=at)
    _tell(made, "handed_back", recipients=(made.giver_id,), by=agent_id, at=at)


@transaction.atomic
def withdraw(ticket_id: int, *, agent_id: int, at: datetime) -> None:
    """The giver, or a lead, takes the offer back. Raises NothingOffered, NotYours."""
    ticket, made = _offered(ticket_id)
    if made.giver_id != agent_id and not Agent.objects.filter(pk=agent_id, role__in=LEADING).exists():
        raise NotYours
    _settle(made, HandOverState.WITHDRAWN, by=agent_id, at=at)
    _record(ticket, HandOverWithdrawn(hand_over=made.pk), by=Actor.agent(agent_id), at=at)


def may_accept(made: HandOver, agent_id: int) -> bool:
    """Whether it was offered to this agent, or to a team of theirs."""
    if made.to_agent_id is not None:
        return made.to_agent_id == agent_id
    return TeamMembership.objects.filter(team=made.to_team_id, agent=agent_id).exists()


def remind_unaccepted(at: datetime, *, most: int = 100) -> int:
    """Tell the giver and the leads once what nobody has accepted in half an hour; gives how many that were."""
    with transaction.atomic():
        waiting = HandOver.objects.filter(
            state=HandOverState.OFFERED, reminded_at=None, offered_at__lte=at - REMIND_AFTER
        ).exclude(ticket__status__in=SETTLED)
        due = list(waiting.order_by("offered_at", "pk").select_for_update(skip_locked=True, of=("self",))[:most])
        tickets = {made.ticket_id for made in due}
        people, kept = people_of(tickets, at=at), kept_of(tickets, at=at)
        news: list[News] = []
        for made in due:
            leads = people[made.ticket_id].leads or people[made.ticket_id].admins
            recipients = tuple(dict.fromkeys((made.giver_id, *leads)))
            news += _news(made, "not_accepted", kept[made.ticket_id], recipients=recipients, by=made.giver_id, at=at)
        tell(news, at=at)
        HandOver.objects.filter(pk__in=[made.pk for made in due]).update(reminded_at=at)
    return len(due)


def _refuse_blind(ticket: Ticket, to: Receiver) -> None:
    """Who could not open the ticket can't take it over."""
    if to.team is not None:
        Team.objects.get(pk=to.team)
    if to.agent is not None:
        scope = scope_of(Agent.objects.get(pk=to.agent, is_active=True))
        if not scope.shows(team=ticket.team_id, store=ticket.store_id, brand=ticket.brand_id):
            raise CannotSee(f"Agent {to.agent} does not see ticket {ticket.pk}.")


def _offered(ticket_id: int) -> tuple[Ticket, HandOver]:
    ticket = locked(ticket_id)
    made = HandOver.objects.filter(ticket=ticket_id, state=HandOverState.OFFERED).first()
    if made is None:
        raise NothingOffered
    return ticket, made


def _receivers(made: HandOver) -> tuple[int, ...]:
    """The one it is offered to; of a team its leads, or all where it has none."""
    if made.to_agent_id is not None:
        return (made.to_agent_id,)
    members = TeamMembership.objects.filter(team=made.to_team_id, agent__is_active=True).exclude(agent=made.giver_id)
    leads = members.filter(leads=True)
    found = leads if leads.exists() else members
    return tuple(found.order_by("agent").values_list("agent_id", flat=True))


def _settle(made: HandOver, state: HandOverState, *, by: int, at: datetime) -> None:
    made.state, made.settled_at, made.settled_by_id = state, at, by
    made.save(update_fields=["state", "settled_at", "settled_by", "answer"])
    turn_back_to(made.ticket_id, agent_id=made.giver_id, reason=HANDED_OVER)


def _record(ticket: Ticket, event: Event, *, by: Actor, at: datetime) -> None:
    ledger.record(ticket.pk, event, by=by, at=at, source_key=next_cause(ticket))


def _tell(made: HandOver, kind: str, *, recipients: tuple[int, ...], by: int, at: datetime) -> None:
    kept = kept_of([made.ticket_id], at=at)[made.ticket_id]
    tell(_news(made, kind, kept, recipients=recipients, by=by, at=at), at=at)


def _news(made: HandOver, kind: str, kept: Kept, *, recipients: tuple[int, ...], by: int, at: datetime) -> list[News]:
    limits = tuple(running_limits(kept.state.clocks))
    key = f"handover:{made.pk}:{kind}"
    return [
        News(ticket=made.ticket_id, key=key, kind=kind, recipient=one, fell_due_at=at, by=by, limits=limits)
        for one in recipients
    ]
