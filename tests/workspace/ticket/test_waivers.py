"""A waiver said by mistake has a way back as long as it stands."""

from datetime import timedelta

from django.urls import reverse

from tests.factories.replies import a_ticket, answered, waived
from tests.factories.shops import MONDAY
from tresen.accounts.actors import SYSTEM
from tresen.routing.models import QueuePlace
from tresen.sla.defaults import create_defaults
from tresen.tickets.models import Status
from tresen.tickets.solving import CLOSES_AFTER, close_old
from tresen.tickets.waiving import take_back_waiver

LABEL = "An answer is owed after all"
LATER = MONDAY + timedelta(hours=1)


def shown(screen, ticket):
    return screen.get(reverse("ticket", args=[ticket.pk])).text


def test_it_stands_beside_its_line_in_the_menu_and_in_the_reasons_of_the_clock(screen, store):
    create_defaults(by=SYSTEM, at=MONDAY - timedelta(days=30))
    ticket = a_ticket(store)
    assert LABEL not in shown(screen, ticket)
    waived(ticket)
    page = shown(screen, ticket)
    assert page.count(LABEL) == 3
    assert page.count(f'name="said_at" value="{LATER.isoformat()}"') == 3

    screen.post(reverse("waiver-end", args=[ticket.pk]), {"said_at": LATER.isoformat()})

    assert QueuePlace.objects.get().task == ""
    assert LABEL not in shown(screen, ticket)


def test_of_a_solved_ticket_it_opens_it_again(screen, ticket):
    screen.post(reverse("solution", args=[ticket.pk]), {"reason": "thanks", "up_to": ticket.messages.get().pk})
    said_at = ticket.events.get(kind="response_waived").occurred_at
    page = shown(screen, ticket)
    assert page.count(LABEL) >= 1
    assert f'action="{reverse("waiver-end", args=[ticket.pk])}"' not in page.split(LABEL)[0].rpartition("<form")[2]

    screen.post(reverse("reopening", args=[ticket.pk]), {"said_at": said_at.isoformat()})

    ticket.refresh_from_db()
    assert (ticket.status, QueuePlace.objects.get().task) == (Status.OPEN, "")


def test_a_closed_ticket_has_none(screen, ticket):
    screen.post(reverse("solution", args=[ticket.pk]), {"reason": "thanks", "up_to": ticket.messages.get().pk})
    ticket.refresh_from_db()
    close_old(ticket.solved_at + CLOSES_AFTER)
    assert LABEL not in shown(screen, ticket)


def test_what_was_answered_since_or_taken_back_already_has_none(screen, ticket):
    waived(ticket)
    take_back_waiver(ticket.pk, said_at=LATER, by=SYSTEM, at=LATER + timedelta(minutes=1))
    assert LABEL not in shown(screen, ticket)
    waived(ticket, at=LATER + timedelta(minutes=2))
    assert LABEL in shown(screen, ticket)

    answered(ticket, at=LATER + timedelta(minutes=3))

    assert LABEL not in shown(screen, ticket)
