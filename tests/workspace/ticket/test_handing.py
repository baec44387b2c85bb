"""Handing a ticket over at its screen."""

import pytest
from django.urls import reverse

from tests.factories.shops import MONDAY, an_agent
from tresen.alerts.handing_over import Receiver, offer
from tresen.alerts.models import HandOver, HandOverState
from tresen.tickets.models import Ticket

NOTE = "Der Kunde will bis Donnerstag Antwort."


@pytest.fixture
def colleague(team):
    return an_agent(team, name="Tom Braun")


def post(screen, name, ticket, **given):
    return screen.post(reverse(name, args=[ticket.pk]), given, follow=True).text


def test_a_ticket_is_offered_with_a_note_that_stands_above_the_thread(screen, ticket, colleague):
    text = post(screen, "hand-over", ticket, to=f"agent:{colleague.pk}", note=NOTE)
    assert "Until it is accepted, the ticket stays with you." in text
    assert "hands this ticket over to Tom Braun" in text
    assert NOTE in text
    assert "offered this ticket to Tom Braun" in text


def test_without_a_note_or_somebody_nothing_is_offered(screen, ticket, colleague):
    assert "Write what they must know." in post(screen, "hand-over", ticket, to=f"agent:{colleague.pk}", note="")
    assert "Choose who takes it over." in post(screen, "hand-over", ticket, note=NOTE)
    assert not HandOver.objects.exists()


def test_whom_it_is_offered_to_accepts_it(screen, agent, ticket, colleague):
    offer(ticket.pk, to=Receiver(agent=agent.pk), note=NOTE, giver_id=colleague.pk, at=MONDAY)
    assert "Accept" in screen.get(reverse("ticket", args=[ticket.pk])).text
    assert "the ticket is yours" in post(screen, "hand-over-acceptance", ticket)
    assert Ticket.objects.get(pk=ticket.pk).assignee == agent


def test_it_is_handed_back_with_a_reason(screen, agent, ticket, colleague):
    offer(ticket.pk, to=Receiver(agent=agent.pk), note=NOTE, giver_id=colleague.pk, at=MONDAY)
    assert "Say why." in post(screen, "hand-over-return", ticket, reason="")
    assert "Handed back, with your reason." in post(screen, "hand-over-return", ticket, reason="Ich bin gleich weg.")
    assert HandOver.objects.get().state == HandOverState.HANDED_BACK


def test_the_giver_withdraws_it(screen, agent, ticket, colleague):
    offer(ticket.pk, to=Receiver(agent=colleague.pk), note=NOTE, giver_id=agent.pk, at=MONDAY)
    assert "The hand-over is withdrawn." in post(screen, "hand-over-end", ticket)


def test_somebody_else_cannot_accept_it(screen, ticket, colleague, team):
    offer(ticket.pk, to=Receiver(agent=colleague.pk), note=NOTE, giver_id=an_agent(team).pk, at=MONDAY)
    assert "not meant for you" in post(screen, "hand-over-acceptance", ticket)
    assert HandOver.objects.get().state == HandOverState.OFFERED
