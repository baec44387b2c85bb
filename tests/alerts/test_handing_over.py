"""Work is handed over with a note, accepted or handed back; its limit is inherited."""

from datetime import timedelta

import pytest

from tests.factories.replies import a_ticket
from tests.factories.shops import MONDAY, a_team, an_agent
from tresen.accounts.actors import SYSTEM, Actor
from tresen.accounts.models import Agent, Role, Team, TeamMembership
from tresen.accounts.scope import EVERYTHING
from tresen.alerts import verifying
from tresen.alerts.handing_over import (
    REMIND_AFTER,
    NothingOffered,
    NotYours,
    OfferedAlready,
    Receiver,
    accept,
    hand_back,
    offer,
    remind_unaccepted,
    withdraw,
)
from tresen.alerts.models import HandOver, HandOverState
from tresen.routing.leasing import next_for
from tresen.sla.defaults import create_defaults
from tresen.sla.models import Clock, Notice
from tresen.tickets import replaying
from tresen.tickets.assigning import CannotSee, assign
from tresen.tickets.locking import TicketSettled
from tresen.tickets.models import Ticket, TicketEvent
from tresen.tickets.solving import solve

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
AT = MONDAY + HOUR


@pytest.fixture
def ticket() -> Ticket:
    create_defaults(by=SYSTEM, at=MONDAY - timedelta(days=30))
    return a_ticket()


@pytest.fixture
def giver(ticket: Ticket) -> Agent:
    return an_agent(ticket.team, name="Jana")


@pytest.fixture
def receiver(ticket: Ticket) -> Agent:
    return an_agent(ticket.team, name="Tom")


def offered(ticket: Ticket, giver: Agent, to: Agent | Team) -> HandOver:
    receiver = Receiver(agent=to.pk) if isinstance(to, Agent) else Receiver(team=to.pk)
    return offer(ticket.pk, to=receiver, note="Der Kunde will bis Donnerstag Antwort.", giver_id=giver.pk, at=AT)


def told(agent: Agent) -> list[str]:
    return list(Notice.objects.filter(recipient=agent).order_by("pk").values_list("kind", flat=True))


def assignee(ticket: Ticket) -> Agent | None:
    return Ticket.objects.get(pk=ticket.pk).assignee


def limits(ticket: Ticket) -> list[tuple[object, ...]]:
    return list(Clock.objects.filter(ticket=ticket).order_by("key").values_list("key", "started_at", "due", "outcome"))


def test_until_it_is_accepted_it_stays_with_the_giver(ticket: Ticket, giver: Agent, receiver: Agent) -> None:
    offered(ticket, giver, receiver)
    assert assignee(ticket) == giver
    assert told(receiver) == ["offered"]
    accept(ticket.pk, agent_id=receiver.pk, at=AT + HOUR)
    assert assignee(ticket) == receiver
    assert told(giver) == ["accepted"]
    assert HandOver.objects.get().state == HandOverState.ACCEPTED


def test_what_is_offered_is_not_served_to_the_giver_until_it_comes_back(
    ticket: Ticket, giver: Agent, receiver: Agent
) -> None:
    assign(ticket.pk, assignee_id=giver.pk, by=SYSTEM, at=AT)
    assert next_for(giver.pk, scope=EVERYTHING, at=AT) == ticket.pk
    offered(ticket, giver, receiver)
    assert next_for(giver.pk, scope=EVERYTHING, at=AT, leaving=ticket.pk) is None
    hand_back(ticket.pk, reason="Bin beim Zoll nicht firm.", agent_id=receiver.pk, at=AT)
    assert next_for(giver.pk, scope=EVERYTHING, at=AT) == ticket.pk

    offered(ticket, giver, receiver)
    assert next_for(giver.pk, scope=EVERYTHING, at=AT, leaving=ticket.pk) is None
    assert next_for(giver.pk, scope=EVERYTHING, at=AT + REMIND_AFTER) == ticket.pk


def test_the_limit_is_inherited_also_by_another_team(ticket: Ticket, giver: Agent) -> None:
    other = a_team()
    colleague = an_agent(other)
    before = limits(ticket)
    assert len(before) >= 3
    offered(ticket, giver, other)
    accept(ticket.pk, agent_id=colleague.pk, at=AT + 2 * HOUR)
    assert Ticket.objects.get(pk=ticket.pk).team == other
    assert assignee(ticket) == colleague
    assert limits(ticket) == before


def test_handed_back_it_is_the_givers_who_reads_why(ticket: Ticket, giver: Agent, receiver: Agent) -> None:
    offered(ticket, giver, receiver)
    hand_back(ticket.pk, reason="Ich bin gleich weg.", agent_id=receiver.pk, at=AT + HOUR)
    assert assignee(ticket) == giver
    assert told(giver) == ["handed_back"]
    assert HandOver.objects.get().answer == "Ich bin gleich weg."


def test_handing_back_needs_a_reason_and_an_offer_a_note(ticket: Ticket, giver: Agent, receiver: Agent) -> None:
    with pytest.raises(ValueError, match="note"):
        offer(ticket.pk, to=Receiver(agent=receiver.pk), note="  ", giver_id=giver.pk, at=AT)
    offered(ticket, giver, receiver)
    with pytest.raises(ValueError, match="reason"):
        hand_back(ticket.pk, reason=" ", agent_id=receiver.pk, at=AT)
    assert HandOver.objects.get().state == HandOverState.OFFERED


def test_only_whom_it_was_offered_to_takes_it(ticket: Ticket, giver: Agent, receiver: Agent) -> None:
    offered(ticket, giver, receiver)
    stranger = an_agent(ticket.team)
    with pytest.raises(NotYours):
        accept(ticket.pk, agent_id=stranger.pk, at=AT)
    with pytest.raises(NotYours):
        withdraw(ticket.pk, agent_id=stranger.pk, at=AT)


def test_it_is_offered_once_at_a_time_and_withdrawn_by_the_giver_or_a_lead(
    ticket: Ticket, giver: Agent, receiver: Agent
) -> None:
    offered(ticket, giver, receiver)
    with pytest.raises(OfferedAlready):
        offered(ticket, giver, receiver)
    withdraw(ticket.pk, agent_id=giver.pk, at=AT)
    offered(ticket, giver, receiver)
    withdraw(ticket.pk, agent_id=an_agent(role=Role.LEAD).pk, at=AT)
    with pytest.raises(NothingOffered):
        accept(ticket.pk, agent_id=receiver.pk, at=AT)


def test_nobody_gets_what_they_could_not_open(ticket: Ticket, giver: Agent) -> None:
    with pytest.raises(CannotSee):
        offered(ticket, giver, an_agent(a_team()))
    assert not HandOver.objects.exists()


def test_of_a_team_its_leads_are_told_else_all(ticket: Ticket, giver: Agent) -> None:
    other = a_team()
    first, second = an_agent(other), an_agent(other)
    offered(ticket, giver, other)
    assert told(first) == told(second) == ["offered"]
    withdraw(ticket.pk, agent_id=giver.pk, at=AT)
    TeamMembership.objects.filter(team=other, agent=first).update(leads=True)
    offered(ticket, giver, other)
    assert told(first) == ["offered", "offered"]
    assert told(second) == ["offered"]


def test_a_solved_ticket_is_not_handed_over(ticket: Ticket, giver: Agent, receiver: Agent) -> None:
    offered(ticket, giver, receiver)
    solve(ticket.pk, by=SYSTEM, at=AT)
    with pytest.raises(TicketSettled):
        accept(ticket.pk, agent_id=receiver.pk, at=AT)


def test_what_nobody_accepts_is_told_once_to_giver_and_leads(ticket: Ticket, giver: Agent, receiver: Agent) -> None:
    lead = an_agent(role=Role.LEAD)
    TeamMembership.objects.create(team=ticket.team, agent=lead, leads=True)
    offered(ticket, giver, receiver)
    assert remind_unaccepted(AT + REMIND_AFTER - timedelta(seconds=1)) == 0
    assert remind_unaccepted(AT + REMIND_AFTER) == 1
    assert remind_unaccepted(AT + 5 * REMIND_AFTER) == 0
    assert told(giver) == told(lead) == ["not_accepted"]


def test_rows_and_ledger_say_the_same(ticket: Ticket, giver: Agent, receiver: Agent) -> None:
    offered(ticket, giver, receiver)
    hand_back(ticket.pk, reason="Nein.", agent_id=receiver.pk, at=AT)
    offered(ticket, giver, receiver)
    accept(ticket.pk, agent_id=receiver.pk, at=AT)
    kinds = TicketEvent.objects.filter(kind__startswith="hand_over").order_by("sequence").values_list("kind", flat=True)
    assert list(kinds) == ["hand_over_offered", "hand_over_returned", "hand_over_offered", "hand_over_accepted"]
    assert verifying.differences([ticket.pk]) == replaying.differences([ticket.pk]) == []
    HandOver.objects.update(state=HandOverState.WITHDRAWN)
    assert len(verifying.differences([ticket.pk])) == 2


def test_another_who_answers_for_it_keeps_it_until_then(ticket: Ticket, giver: Agent, receiver: Agent) -> None:
    third = an_agent(ticket.team)
    assign(ticket.pk, assignee_id=third.pk, by=SYSTEM, at=MONDAY)
    offered(ticket, giver, receiver)
    assert assignee(ticket) == third


def test_nobody_is_reminded_of_what_was_solved_meanwhile(ticket: Ticket, giver: Agent, receiver: Agent) -> None:
    offered(ticket, giver, receiver)
    solve(ticket.pk, by=SYSTEM, at=AT)
    assert remind_unaccepted(AT + REMIND_AFTER) == 0
    assert "not_accepted" not in told(giver)


def test_given_to_another_meanwhile_the_offer_is_over(ticket: Ticket, giver: Agent, receiver: Agent) -> None:
    made = offered(ticket, giver, receiver)
    other = an_agent(ticket.team, name="Uwe")
    assign(ticket.pk, assignee_id=other.pk, by=Actor.agent(giver.pk), at=AT + HOUR)
    made.refresh_from_db()
    assert (made.state, made.settled_by, assignee(ticket)) == (HandOverState.WITHDRAWN, giver, other)
    with pytest.raises(NothingOffered):
        accept(ticket.pk, agent_id=receiver.pk, at=AT + HOUR)
    assert remind_unaccepted(AT + 2 * HOUR) == 0
    offered(ticket, other, receiver)


def test_given_to_whom_it_was_offered_to_it_is_accepted(ticket: Ticket, giver: Agent, receiver: Agent) -> None:
    made = offered(ticket, giver, receiver)
    assign(ticket.pk, assignee_id=receiver.pk, by=SYSTEM, at=AT + HOUR)
    made.refresh_from_db()
    assert (made.state, made.settled_by, assignee(ticket)) == (HandOverState.ACCEPTED, None, receiver)
    assert verifying.differences([ticket.pk]) == replaying.differences([ticket.pk]) == []
