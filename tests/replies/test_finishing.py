from datetime import timedelta

import pytest

from tests.factories.messages import a_message, filed
from tests.factories.replies import a_ticket, answered
from tests.factories.shops import MONDAY, a_store, an_agent
from tresen.accounts.actors import Actor
from tresen.outbox.sending import send_due
from tresen.replies.finishing import AnswerOwed, solve
from tresen.routing.models import QueuePlace
from tresen.tickets.models import Conversation, Message, Ticket, TicketEvent
from tresen.tickets.waiving import WaiveReason, waive

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(hours=1)


def by() -> Actor:
    return Actor.agent(an_agent().pk)


def test_a_ticket_that_is_owed_an_answer_is_not_solved_without_a_reason() -> None:
    ticket = a_ticket()
    with pytest.raises(AnswerOwed, match="still owed"):
        solve(ticket.pk, by=by(), at=LATER)
    assert Ticket.objects.get().status == "open"


def test_a_reason_waives_what_is_owed_in_every_conversation() -> None:
    store = a_store("email", "")
    ticket = a_ticket(store, orders=("#1042",))
    filed(store, a_message(at=LATER, text="Noch etwas", orders=("#1042",)))
    solve(ticket.pk, by=by(), at=LATER, reason=WaiveReason.THANKS)
    assert Ticket.objects.get().status == "solved"
    waived = TicketEvent.objects.filter(kind="response_waived")
    assert {event.facts["up_to"] for event in waived} == {Message.objects.latest("pk").pk}
    assert not QueuePlace.objects.exists()


def test_an_answer_on_its_way_is_enough() -> None:
    ticket = a_ticket(a_store("console", ""))
    answered(ticket, at=LATER)
    solve(ticket.pk, by=by(), at=LATER)
    send_due(LATER + timedelta(minutes=1))
    assert Ticket.objects.get().status == "solved"
    assert not QueuePlace.objects.exists()


def test_a_mark_that_is_missing_on_the_platform_holds_up_no_solution() -> None:
    ticket = a_ticket()
    conversation = Conversation.objects.get()
    waive(
        ticket.pk,
        conversation_id=conversation.pk,
        up_to=Message.objects.get().pk,
        reason=WaiveReason.THANKS,
        by=by(),
        at=LATER,
    )
    assert QueuePlace.objects.get().task == "mark_at_platform"
    solve(ticket.pk, by=by(), at=LATER)
    assert Ticket.objects.get().status == "solved"


def test_a_ticket_that_owes_nothing_is_solved_as_it_is() -> None:
    ticket = a_ticket(a_store("console", ""))
    answered(ticket, at=LATER)
    send_due(LATER + timedelta(minutes=1))
    solve(ticket.pk, by=by(), at=LATER + timedelta(minutes=2))
    assert Ticket.objects.get().status == "solved"
