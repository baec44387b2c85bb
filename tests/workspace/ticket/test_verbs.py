"""What every verb about a ticket has in common: found in scope, read from its form, refused in words."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories.messages import a_message, filed
from tests.factories.replies import a_ticket, answered
from tests.factories.shops import MONDAY, a_store
from tresen.accounts.actors import SYSTEM
from tresen.outbox.sending import send_due
from tresen.tickets.models import Message, Status, TicketEvent
from tresen.tickets.solving import CLOSES_AFTER, close_old, solve


def post(screen, route, ticket, **given):
    response = screen.post(reverse(route, args=[ticket.pk]), given, follow=True)
    ticket.refresh_from_db()
    return response


@pytest.mark.parametrize(("route", "given"), [("tag", {"name": ""}), ("risk", {"tier": "9"}), ("team", {})])
def test_a_form_that_is_wrong_changes_nothing_and_leads_back_with_the_reason(screen, ticket, route, given):
    before = ticket.last_sequence
    response = post(screen, route, ticket, **given)
    assert response.redirect_chain[-1][0] == reverse("ticket", args=[ticket.pk])
    assert ticket.last_sequence == before
    assert 'class="toast"' in response.text


def test_a_ticket_out_of_sight_is_not_there_for_any_verb(blind_screen, ticket):
    assert post(blind_screen, "tag", ticket, name="Ersatzteil").status_code == 404


def test_a_verb_is_never_asked_for_by_reading(screen, ticket):
    assert screen.get(reverse("solution", args=[ticket.pk])).status_code == 405


@pytest.mark.parametrize(("route", "given"), [("snooze", {}), ("waiting", {"on": "customer"})])
def test_settled_work_rests_already_and_says_how_it_goes_on(screen, ticket, route, given):
    tomorrow = (timezone.now() + timedelta(days=1)).isoformat()
    solve(ticket.pk, by=SYSTEM, at=MONDAY + timedelta(hours=1))
    assert "This ticket is solved: o opens it again." in post(screen, route, ticket, until=tomorrow, **given).text
    close_old(MONDAY + timedelta(hours=1) + CLOSES_AFTER)
    page = post(screen, route, ticket, until=tomorrow, **given).text
    assert "the customer’s next message begins a new one" in page
    assert ticket.status == Status.CLOSED


def test_an_answer_stands_for_no_message_of_another_ticket(screen, team):
    store = a_store("console", "", team=team)
    ticket = a_ticket(store)
    shown = Message.objects.get().pk
    filed(store, a_message(at=MONDAY + timedelta(hours=1), text="Und noch etwas"))
    answered(ticket, at=MONDAY + timedelta(hours=2), up_to=shown)
    send_due(MONDAY + timedelta(hours=3))
    assert "This page is out of date." in post(screen, "caught-up", ticket, up_to=10**9).text
    assert not TicketEvent.objects.filter(kind="caught_up").exists()
    assert "stands for this message too" in post(screen, "caught-up", ticket, up_to=shown + 1).text
    assert TicketEvent.objects.filter(kind="caught_up").exists()
