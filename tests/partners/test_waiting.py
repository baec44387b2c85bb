"""While a partner owes us an answer: the day to chase it, no answer needed, what came is read."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.factories.mailboxes import a_mailbox
from tests.factories.partners import CHASED_ON, asked, asked_again, wanted
from tests.factories.replies import a_ticket, leaves, waived
from tests.factories.shops import MONDAY, a_store, an_agent
from tests.partners.answers import answers, standing
from tresen.accounts.actors import SYSTEM, Actor
from tresen.channels.contract import IdentityKind
from tresen.duties.promising import drop_promise
from tresen.outbox.models import Delivery
from tresen.partners import verifying
from tresen.partners.models import Question
from tresen.partners.waiting import TOLD_OTHERWISE, WITHDRAWN, chase_on, read_answer, withdraw_question
from tresen.partners.wording import CannotAsk
from tresen.replies.answering import answer
from tresen.replies.finishing import AnswerOwed
from tresen.replies.finishing import solve as finish
from tresen.routing.models import QueuePlace
from tresen.sla.defaults import create_defaults
from tresen.sla.models import Clock
from tresen.tickets.models import Conversation, Message, Ticket
from tresen.tickets.snoozing import wake_due

pytestmark = pytest.mark.django_db
ASKED = MONDAY + timedelta(hours=1)
WEDNESDAY_MORNING = datetime(2026, 11, 18, 8, 0, tzinfo=UTC)


@pytest.fixture
def ticket() -> Ticket:
    """A ticket of plain mail that owes nobody anything but what its questions bring."""
    create_defaults(zone="Europe/Berlin", country="DE", region="BE", by=SYSTEM, at=MONDAY)
    store = a_store("email", "")
    a_mailbox(store)
    ticket = a_ticket(store, sender="petra@kundin.example", kind=IdentityKind.EMAIL)
    waived(ticket, at=MONDAY + timedelta(minutes=5))
    return ticket


def place(ticket: Ticket) -> QueuePlace | None:
    return QueuePlace.objects.filter(ticket=ticket).first()


def follow_ups() -> set[tuple[str, str]]:
    clocks = Clock.objects.filter(metric="follow_up", outcome="running")
    return {(clock.key, clock.due.date().isoformat()) for clock in clocks if clock.due}


def is_whole(ticket: Ticket) -> bool:
    return verifying.differences([ticket.pk]) == []


def test_until_the_chase_date_nobody_is_given_the_ticket_and_on_it_somebody_is(ticket: Ticket) -> None:
    asked(ticket)
    waiting = place(ticket)
    assert waiting is not None
    assert (waiting.task, waiting.actionable_from) == ("promise", WEDNESDAY_MORNING)
    assert wake_due(WEDNESDAY_MORNING - timedelta(minutes=1)) == 0
    assert wake_due(WEDNESDAY_MORNING) == 1
    ticket.refresh_from_db()
    assert ticket.status == "open"
    up = place(ticket)
    assert up is not None
    assert up.actionable_from < WEDNESDAY_MORNING
    assert up.act_by is not None
    assert up.act_by.date() == CHASED_ON


def test_another_day_moves_the_date_and_the_ticket_rests_until_then(ticket: Ticket) -> None:
    question = asked(ticket)
    wake_due(WEDNESDAY_MORNING)
    chase_on(question.pk, CHASED_ON + timedelta(days=1), by=SYSTEM, at=WEDNESDAY_MORNING)
    ticket.refresh_from_db()
    assert (ticket.status, ticket.snoozed_until) == ("waiting", WEDNESDAY_MORNING + timedelta(days=1))
    assert {day for _, day in follow_ups()} == {"2026-11-19"}
    assert is_whole(ticket)


def test_a_day_that_is_over_is_refused(ticket: Ticket) -> None:
    question = asked(ticket)
    with pytest.raises(CannotAsk):
        chase_on(question.pk, MONDAY.date() - timedelta(days=1), by=SYSTEM, at=ASKED)


def test_a_date_that_somebody_dropped_can_be_set_anew(ticket: Ticket) -> None:
    question = asked(ticket)
    dated = Question.objects.get().promise_id
    assert dated is not None
    drop_promise(dated, by=SYSTEM, at=ASKED + timedelta(minutes=1))
    chase_on(question.pk, CHASED_ON, by=SYSTEM, at=ASKED + timedelta(minutes=2))
    question.refresh_from_db()
    assert {key for key, _ in follow_ups()} == {f"promise:{question.promise_id}"}
    assert is_whole(ticket)


@pytest.mark.parametrize("reason", [WITHDRAWN, TOLD_OTHERWISE])
def test_withdrawn_nobody_is_waited_for(ticket: Ticket, reason: str) -> None:
    question = asked(ticket)
    withdraw_question(question.pk, reason=reason, by=SYSTEM, at=ASKED + timedelta(minutes=5))  # type: ignore[arg-type]
    withdraw_question(question.pk, reason=reason, by=SYSTEM, at=ASKED + timedelta(minutes=6))  # type: ignore[arg-type]
    ticket.refresh_from_db()
    question.refresh_from_db()
    assert (ticket.status, question.state) == ("open", "withdrawn")
    assert place(ticket) is None
    assert is_whole(ticket)


def test_with_another_one_open_the_ticket_goes_on_waiting(ticket: Ticket) -> None:
    first = asked(ticket)
    asked(ticket, what=wanted(on=CHASED_ON + timedelta(days=1)))
    withdraw_question(first.pk, reason=WITHDRAWN, by=SYSTEM, at=ASKED + timedelta(minutes=5))
    ticket.refresh_from_db()
    assert (ticket.status, ticket.waiting_on) == ("waiting", "third_party")


def test_the_way_back_from_withdrawing_is_to_wait_again(ticket: Ticket) -> None:
    question = asked(ticket)
    withdraw_question(question.pk, reason=WITHDRAWN, by=SYSTEM, at=ASKED + timedelta(minutes=5))
    chase_on(question.pk, CHASED_ON, by=SYSTEM, at=ASKED + timedelta(minutes=6))
    question.refresh_from_db()
    assert question.state == "open"
    assert {day for _, day in follow_ups()} == {CHASED_ON.isoformat()}
    assert is_whole(ticket)


def test_an_answer_brings_the_ticket_back_unread_and_keeps_the_date(ticket: Ticket) -> None:
    question = asked(ticket)
    answers(question, "Ist raus.", at=ASKED + timedelta(hours=2))
    ticket.refresh_from_db()
    question.refresh_from_db()
    came_back = place(ticket)
    assert ticket.status == "open"
    assert (question.state, question.unread_since) == ("answered", ASKED + timedelta(hours=2))
    assert came_back is not None
    assert (came_back.task, came_back.sort_at) == ("partner_answered", ASKED + timedelta(hours=2))
    assert follow_ups() == set()
    assert is_whole(ticket)


def test_read_it_is_nobodys_work_any_more(ticket: Ticket) -> None:
    question = asked(ticket)
    told = answers(question, "Ist raus.", at=ASKED + timedelta(hours=2))
    agent = Actor.agent(an_agent().pk)
    assert not read_answer(question.pk, up_to=told.pk, by=agent, at=ASKED + timedelta(hours=3))
    assert not read_answer(question.pk, up_to=told.pk, by=agent, at=ASKED + timedelta(hours=3))
    assert place(ticket) is None
    assert is_whole(ticket)


def test_reading_an_older_answer_leaves_a_newer_one_unread(ticket: Ticket) -> None:
    question = asked(ticket)
    first = answers(question, "Ist raus.", at=ASKED + timedelta(hours=2))
    answers(question, "Doch nicht.", at=ASKED + timedelta(hours=3))
    read_answer(question.pk, up_to=first.pk, by=SYSTEM, at=ASKED + timedelta(hours=4))
    assert Question.objects.get().unread_since is not None
    assert place(ticket) is not None


def test_with_one_of_two_answered_and_read_the_ticket_waits_for_the_other(ticket: Ticket) -> None:
    first = asked(ticket)
    asked(ticket, what=wanted(on=CHASED_ON + timedelta(days=1)))
    told = answers(first, "Ist raus.", at=ASKED + timedelta(hours=2))
    ticket.refresh_from_db()
    assert ticket.status == "open"
    assert read_answer(first.pk, up_to=told.pk, by=SYSTEM, at=ASKED + timedelta(hours=3))
    ticket.refresh_from_db()
    assert (ticket.status, ticket.snoozed_until) == ("waiting", WEDNESDAY_MORNING + timedelta(days=1))


def test_asked_again_after_an_answer_we_wait_anew(ticket: Ticket) -> None:
    question = asked(ticket)
    answers(question, "Wir sehen nach.", at=ASKED + timedelta(hours=2))
    asked_again(question, at=ASKED + timedelta(hours=3))
    assert standing(question).state == "open"
    assert standing(question).unread_since is None
    assert {day for _, day in follow_ups()} == {(CHASED_ON + timedelta(days=2)).isoformat()}
    assert is_whole(ticket)


def test_a_ticket_that_still_waits_for_somebody_is_not_solved_unawares(ticket: Ticket) -> None:
    question = asked(ticket)
    with pytest.raises(AnswerOwed):
        finish(ticket.pk, by=SYSTEM, at=ASKED + timedelta(minutes=5))
    withdraw_question(question.pk, reason=WITHDRAWN, by=SYSTEM, at=ASKED + timedelta(minutes=6))
    assert finish(ticket.pk, by=SYSTEM, at=ASKED + timedelta(minutes=7))


def test_an_unread_answer_hides_nothing_that_the_buyer_is_owed() -> None:
    create_defaults(zone="Europe/Berlin", country="DE", region="BE", by=SYSTEM, at=MONDAY)
    store = a_store()
    a_mailbox(store)
    ticket = a_ticket(store)
    due = place(ticket).act_by  # type: ignore[union-attr]
    answers(asked(ticket), "Ist raus.", at=ASKED + timedelta(hours=1))
    now = place(ticket)
    assert now is not None
    assert (now.task, now.act_by) == ("", due)
    leaves(answered_buyer(ticket), at=ASKED + timedelta(hours=3))
    after = place(ticket)
    assert after is not None
    assert after.task == "partner_answered"


def answered_buyer(ticket: Ticket) -> Delivery:
    buyer = Conversation.objects.get(ticket=ticket, role="buyer")
    newest = Message.objects.filter(ticket=ticket).latest("pk")
    reply = answer(
        ticket.pk,
        conversation_id=buyer.pk,
        text="Es ist unterwegs.",
        answers_up_to=newest.pk,
        by=Actor.agent(an_agent().pk),
        at=ASKED + timedelta(hours=2),
    )
    return Delivery.objects.get(message=reply)
