"""What is put aside says until when, and what that costs; what is solved says how."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from tests.factories.messages import a_message, filed
from tests.factories.shops import MONDAY
from tresen.accounts.actors import SYSTEM
from tresen.sla.defaults import create_defaults
from tresen.tickets.models import Ticket
from tresen.tickets.snoozing import snooze


def post(screen, route, ticket, **given):
    return screen.post(reverse(route, args=[ticket.pk]), given, follow=True).text


def test_a_snoozed_ticket_says_until_when(screen, ticket):
    snooze(ticket.pk, until=timezone.now() + timedelta(days=400), by=SYSTEM, at=timezone.now())

    assert "snoozed until" in screen.get(reverse("ticket", args=[ticket.pk])).text


def test_who_waits_where_an_answer_is_owed_is_warned_before_and_after(screen, store):
    create_defaults(by=SYSTEM, at=MONDAY)
    ticket = Ticket.objects.get(pk=filed(store, a_message(at=timezone.now()))[0].ticket.id)
    assert "its clocks run on while you wait" in screen.get(reverse("ticket", args=[ticket.pk])).text

    assert "Its clocks run on" in post(screen, "waiting", ticket, on="third_party")


def test_what_is_solved_by_a_waiver_is_not_said_to_be_answered(screen, ticket):
    page = post(screen, "solution", ticket, reason="thanks", up_to=ticket.messages.get().pk)

    ticket.refresh_from_db()
    assert ticket.resolution == "nothing_owed"
    assert "solved this ticket: No response needed" in page
