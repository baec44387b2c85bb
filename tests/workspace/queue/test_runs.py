"""“3 more about this product”: offered after an answer, taken by one press, and given back by another."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from tests.factories.messages import a_message, filed
from tests.factories.products import bought
from tests.factories.shops import MONDAY
from tresen.tickets.models import Ticket


@pytest.fixture
def alike(store, ticket):
    """Three more about the product of the ticket."""
    bought(ticket.pk, sku="LAMP-1")
    found = []
    for n in range(3):
        sender = f"b{n}@marketplace.amazon.de"
        found.append(filed(store, a_message(sender=sender, at=MONDAY + timedelta(minutes=n)))[0].ticket.id)
        bought(found[-1], sku="LAMP-1")
    return found


def answered(screen, ticket):
    message = ticket.messages.get()
    given = {"conversation": message.conversation_id, "answers_up_to": message.pk, "text": "Morgen.", "then": "next"}
    return screen.post(reverse("reply", args=[ticket.pk]), given, follow=True).text


def test_after_an_answer_the_rest_about_the_product_is_offered_and_taken(screen, agent, ticket, alike):
    page = answered(screen, ticket)
    assert "2 more about this product: Mira table lamp." in page
    assert "Take them" in page
    tickets = re.search(r'name="tickets" value="([\d,]+)"', page)[1]
    taken = screen.post(reverse("run"), {"tickets": tickets, "answered": ticket.pk}, follow=True).text
    assert "2 tickets are yours now" in taken
    mine = Ticket.objects.filter(assignee=agent)
    assert set(mine.values_list("pk", flat=True)) == set(alike[1:])
    undo = {"verb": "reassign", "tickets": tickets, "before": ","}
    screen.post(reverse("selection"), undo)
    assert not mine.exists()


def test_where_nothing_is_alike_nothing_is_offered(screen, ticket):
    assert "more about this product" not in answered(screen, ticket)


def test_what_is_out_of_sight_cannot_be_taken(blind_screen, ticket):
    blind_screen.post(reverse("run"), {"tickets": str(ticket.pk), "answered": ticket.pk})
    ticket.refresh_from_db()
    assert ticket.assignee_id is None


def test_a_full_agent_is_told_so_and_not_that_nothing_waits(screen, agent, ticket, alike):
    agent.capacity = 1
    agent.save()
    for _ in range(2):
        page = screen.post(reverse("next"), follow=True).text
    assert "You hold 1 ticket, and no more are meant for you at once" in page
