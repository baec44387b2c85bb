"""A question to a partner: mailed like an answer, and no answer to anybody."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from tests.factories.mailboxes import a_mailbox
from tests.factories.partners import CHASED_ON, a_partner, asked, asked_again, link_in, mail_of, wanted
from tests.factories.replies import a_ticket, answered, comes_back, leaves, waived
from tests.factories.shops import MONDAY, a_store
from tests.partners.answers import standing
from tresen.accounts.actors import SYSTEM
from tresen.outbox.models import Delivery
from tresen.partners.asking import ask
from tresen.partners.links import POINTS_ON_FOR, forget_old_links, link_of
from tresen.partners.models import Question, QuestionLink
from tresen.partners.wording import CannotAsk
from tresen.replies.answering import withdraw
from tresen.routing.models import QueuePlace
from tresen.sla.defaults import create_defaults
from tresen.sla.models import Clock
from tresen.stores.models import Store
from tresen.tickets.locking import TicketSettled
from tresen.tickets.models import Conversation, Message, Ticket
from tresen.tickets.solving import solve

pytestmark = pytest.mark.django_db
ASKED = MONDAY + timedelta(hours=1)
WEDNESDAY_MORNING = datetime(2026, 11, 18, 8, 0, tzinfo=UTC)
"""When the team comes, nine o'clock in Berlin."""


@pytest.fixture
def store() -> Store:
    create_defaults(zone="Europe/Berlin", country="DE", region="BE", by=SYSTEM, at=MONDAY)
    store = a_store()
    a_mailbox(store)
    return store


@pytest.fixture
def ticket(store: Store) -> Ticket:
    return a_ticket(store)


def test_a_question_stands_in_a_thread_of_its_own_and_waits_until_its_chase_date(ticket: Ticket) -> None:
    question = asked(ticket)
    message = mail_of(question)
    ticket.refresh_from_db()
    assert question.conversation.role == "third_party"
    assert (message.kind, message.direction, message.reply_to) == ("third_party", "out", question.partner.address)
    assert message.subject == f"Bestellung 302-1 [{question.code}]"
    assert Delivery.objects.get(message=message).state == "queued"
    assert (ticket.status, ticket.waiting_on) == ("waiting", "third_party")
    assert ticket.snoozed_until == WEDNESDAY_MORNING
    assert standing(question).state == "open"


def test_it_answers_nobody_so_the_buyers_clocks_run_on(ticket: Ticket) -> None:
    before = set(Clock.objects.exclude(metric="resolution").values_list("key", "due", "outcome"))
    question = asked(ticket)
    leaves(Delivery.objects.get(message=mail_of(question)), at=ASKED + timedelta(seconds=10))
    after = set(Clock.objects.exclude(metric__in=["resolution", "follow_up"]).values_list("key", "due", "outcome"))
    assert after == before
    assert {outcome for _, _, outcome in after} == {"running"}


def test_its_chase_date_is_a_follow_up_until_the_team_goes_home(ticket: Ticket) -> None:
    asked(ticket)
    clock = Clock.objects.get(metric="follow_up")
    assert clock.due is not None
    assert clock.due.date() == CHASED_ON
    assert clock.due > WEDNESDAY_MORNING
    assert clock.outcome == "running"


def test_given_in_twice_it_is_one_question(ticket: Ticket) -> None:
    partner, what = a_partner(), wanted()
    first, second = asked(ticket, partner, what=what), asked(ticket, partner, what=what)
    assert first == second
    assert Question.objects.count() == Delivery.objects.count() == 1


def test_several_questions_wait_for_the_first_of_their_dates(ticket: Ticket) -> None:
    asked(ticket, what=wanted(on=CHASED_ON + timedelta(days=1)))
    asked(ticket, what=wanted(on=CHASED_ON))
    asked(ticket, what=wanted(on=CHASED_ON + timedelta(days=5)))
    ticket.refresh_from_db()
    assert ticket.snoozed_until == WEDNESDAY_MORNING
    assert Conversation.objects.filter(ticket=ticket, role="third_party").count() == 3


def test_taken_back_before_it_leaves_nothing_was_asked(ticket: Ticket) -> None:
    question = asked(ticket)
    assert withdraw(mail_of(question).pk, by=SYSTEM, at=ASKED + timedelta(seconds=2))
    ticket.refresh_from_db()
    question.refresh_from_db()
    assert (question.state, standing(question).reason) == ("withdrawn", "not_sent")
    assert ticket.status == "open"
    assert not Clock.objects.filter(metric="follow_up", outcome="running").exists()


def test_asked_again_in_the_same_thread_with_a_link_of_its_own(ticket: Ticket) -> None:
    question = asked(ticket)
    first = link_in(question)
    again = asked_again(question, at=ASKED + timedelta(days=2))
    assert again.conversation_id == question.conversation_id
    assert again.subject == f"Re: Bestellung 302-1 [{question.code}]"
    assert link_in(question) != first
    assert standing(question).messages == (Message.objects.get(direction="out", pk__lt=again.pk).pk, again.pk)
    assert Clock.objects.get(metric="follow_up", outcome="running").due.date() == CHASED_ON + timedelta(days=2)


def test_asked_again_and_taken_back_its_former_date_stands_again(ticket: Ticket) -> None:
    question = asked(ticket)
    again = asked_again(question, at=ASKED + timedelta(hours=2))
    withdraw(again.pk, by=SYSTEM, at=ASKED + timedelta(hours=2, seconds=2))
    assert standing(question).state == "open"
    assert Clock.objects.get(metric="follow_up", outcome="running").due.date() == CHASED_ON


def test_only_a_hash_of_the_links_token_is_kept_and_the_mail_is_sealed(ticket: Ticket) -> None:
    question = asked(ticket)
    token = link_in(question).strip("/").rpartition("/")[2]
    link = QuestionLink.objects.get()
    assert len(token) >= 43
    assert token.encode() not in bytes(link.token_hash)
    assert token.encode() not in bytes(Delivery.objects.get().closing)
    assert token not in mail_of(question).text
    assert link_of(token) == link
    assert link_of(token[:-1] + "x") is None


def test_a_link_is_forgotten_a_month_after_it_closed_and_the_question_stays(ticket: Ticket) -> None:
    question = asked(ticket)
    closed = QuestionLink.objects.get().expires_at
    assert forget_old_links(closed + POINTS_ON_FOR - timedelta(minutes=1)) == 0
    assert forget_old_links(closed + POINTS_ON_FOR) == 1
    assert not QuestionLink.objects.exists()
    assert (standing(question).state, Question.objects.count()) == ("open", 1)


def test_a_mail_that_came_back_asks_for_a_person(ticket: Ticket) -> None:
    leaves(answered(ticket, at=ASKED), at=ASKED + timedelta(minutes=1))
    question = asked(ticket, at=ASKED + timedelta(minutes=2))
    delivery = Delivery.objects.get(message=mail_of(question))
    leaves(delivery, at=ASKED + timedelta(minutes=3))
    comes_back(delivery, at=ASKED + timedelta(minutes=5))
    ticket.refresh_from_db()
    assert QueuePlace.objects.get(ticket=ticket).task == "not_arrived"
    assert ticket.status == "open"


@pytest.mark.parametrize(
    ("change", "where"),
    [({"text": "   "}, "text"), ({"on": CHASED_ON - timedelta(days=4)}, "chase_on")],
)
def test_what_cannot_be_asked_says_so_and_leaves_nothing(ticket: Ticket, change: dict[str, Any], where: str) -> None:
    with pytest.raises(CannotAsk) as cannot:
        asked(ticket, what=wanted(**change))
    assert cannot.value.where == where
    assert Question.objects.count() == Message.objects.filter(direction="out").count() == 0


def test_a_partner_of_other_stores_is_not_asked(ticket: Ticket) -> None:
    other = a_partner(stores=[a_store().pk])
    with pytest.raises(CannotAsk):
        asked(ticket, other)
    asked(ticket, a_partner(brands=[ticket.brand_id]))


def test_a_ticket_that_is_solved_asks_nobody(ticket: Ticket) -> None:
    waived(ticket)
    solve(ticket.pk, by=SYSTEM, at=ASKED)
    with pytest.raises(TicketSettled):
        asked(ticket)


def test_without_a_mailbox_nothing_is_asked() -> None:
    create_defaults(zone="Europe/Berlin", country="DE", region="BE", by=SYSTEM, at=MONDAY)
    with pytest.raises(CannotAsk) as cannot:
        ask(
            a_ticket().pk,
            partner_id=a_partner().pk,
            subject="Frage",
            wanted=wanted(submission=uuid4()),
            by=SYSTEM,
            at=ASKED,
        )
    assert cannot.value.where == "partner"
