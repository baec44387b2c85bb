from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories.messages import a_message, filed
from tests.factories.replies import waived
from tresen.accounts.actors import SYSTEM
from tresen.duties.marking import Left
from tresen.duties.models import Unmarked
from tresen.sla.defaults import create_defaults
from tresen.tickets.events import MarkedAtPlatform
from tresen.tickets.models import Ticket, TicketEvent
from tresen.workspace.marking.rows import spans_shown


def thanks(store):
    now = timezone.now()
    create_defaults(by=SYSTEM, at=now - timedelta(days=1))
    filing = filed(store, a_message(at=now - timedelta(hours=1), text="Vielen Dank!"))[0]
    waived(Ticket.objects.get(pk=filing.ticket.id), at=now)
    return filing.message


def test_an_empty_list_says_so(screen):
    assert "Nothing to be marked" in screen.get(reverse("marking")).text


def test_a_message_is_confirmed_from_the_list_and_the_way_back_puts_it_there_again(screen, store):
    message = thanks(store)
    assert "Vielen Dank!" in screen.get(reverse("marking")).text
    text = screen.post(reverse("marks"), {"messages": message}, follow=True).text
    assert "1 message is marked." in text
    assert reverse("marks-taken-back") in text
    assert not Unmarked.objects.exists()


@pytest.mark.parametrize(
    ("within", "words"),
    [
        ({1: 0, 4: 1, 12: 1, 24: 1}, ["1 within 4 h"]),
        ({1: 1, 4: 1, 12: 3, 24: 4}, ["1 within 1 h", "2 in 1 to 12 h", "1 in 12 to 24 h"]),
        ({1: 0, 4: 0, 12: 0, 24: 0}, []),
    ],
)
def test_each_message_is_counted_in_one_span(within, words):
    assert [span.words for span in spans_shown(Left(all=9, within=within, past=0))] == words


def test_choosing_nothing_or_what_is_marked_already_is_said(screen, store):
    message = thanks(store)
    assert "Choose what you have marked there." in screen.post(reverse("marks"), {}, follow=True).text
    screen.post(reverse("marks"), {"messages": message})
    assert "marked already" in screen.post(reverse("marks"), {"messages": message}, follow=True).text


def test_as_many_as_are_marked_at_once_are_taken_back_at_once(screen, store):
    message = thanks(store)
    screen.post(reverse("marks"), {"messages": message})
    ticket = Ticket.objects.get().pk
    said_at = TicketEvent.objects.filter(kind=MarkedAtPlatform.kind).get().occurred_at
    many = [*range(10**9, 10**9 + 299), ticket]
    given = {"said_at": said_at.isoformat(), "tickets": ",".join(map(str, many))}
    assert "Taken back" in screen.post(reverse("marks-taken-back"), given, follow=True).text
    assert Unmarked.objects.get().message_id == message


def test_what_cannot_be_taken_back_says_so(screen, store):
    thanks(store)
    given = {"said_at": "yesterday", "tickets": "1"}
    assert "taken back here" in screen.post(reverse("marks-taken-back"), given, follow=True).text
