from datetime import timedelta

import pytest

from tests.factories.replies import a_ticket, answered, attempted, waived
from tests.factories.shops import MONDAY, a_store, an_agent
from tresen.accounts.actors import SYSTEM, Actor
from tresen.accounts.scope import EVERYTHING
from tresen.channels.contract import Sent
from tresen.duties.models import Promise, PromiseKind
from tresen.duties.promising import drop_promise, keep_promise, move_promise, promise, promise_in, resume_promise
from tresen.duties.queries import open_promises_of
from tresen.replies.answering import withdraw
from tresen.routing.models import QueuePlace
from tresen.sla.models import Clock
from tresen.tickets.models import Ticket

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
LATER = MONDAY + HOUR


@pytest.fixture
def ticket() -> Ticket:
    return a_ticket(a_store(channel="email"))


def outcome() -> str:
    return str(Clock.objects.get(kind="promise").outcome)


def test_a_promise_has_a_clock_and_keeps_its_ticket_in_the_queue(ticket: Ticket) -> None:
    waived(ticket)
    promise(ticket.pk, due=LATER + DAY, by=SYSTEM, at=LATER)
    assert Clock.objects.get(kind="promise").due == LATER + DAY
    assert QueuePlace.objects.get().task == "promise"


def test_it_is_kept_by_hand_which_can_be_taken_back(ticket: Ticket) -> None:
    made = promise(ticket.pk, due=LATER + DAY, by=SYSTEM, at=LATER)
    keep_promise(made.pk, by=SYSTEM, at=LATER + HOUR)
    assert outcome() == "met"
    resume_promise(made.pk, ended_at=LATER + HOUR, by=SYSTEM, at=LATER + 2 * HOUR)
    assert outcome() == "running"
    drop_promise(made.pk, by=SYSTEM, at=LATER + 3 * HOUR)
    assert outcome() == "waived"


def test_the_next_accepted_answer_keeps_it_and_the_one_that_gives_it_does_not(ticket: Ticket) -> None:
    first = answered(ticket)
    conversation = first.message.conversation_id
    promise_in(first.message, due=LATER + 9 * DAY, kept_in=conversation, by=SYSTEM, at=LATER)
    promise_in(first.message, due=LATER + 9 * DAY, kept_in=conversation, by=SYSTEM, at=LATER)
    attempted(first, Sent(external_id="a", at=LATER + HOUR), at=LATER + HOUR)
    assert (outcome(), Promise.objects.count()) == ("running", 1)
    second = answered(ticket, at=LATER + 2 * HOUR, text="Es ist da.")
    attempted(second, Sent(external_id="b", at=LATER + 3 * HOUR), at=LATER + 3 * HOUR)
    assert outcome() in {"met", "met_provisional"}


def test_an_answer_taken_back_before_it_left_has_promised_nothing(ticket: Ticket) -> None:
    reply = answered(ticket)
    promise_in(reply.message, due=LATER + DAY, kept_in=None, by=SYSTEM, at=LATER)
    assert withdraw(reply.message_id, by=SYSTEM, at=LATER + timedelta(seconds=2))
    assert outcome() == "waived"


def test_a_promise_can_be_moved_but_not_made_for_the_past(ticket: Ticket) -> None:
    made = promise(ticket.pk, due=LATER + DAY, by=SYSTEM, at=LATER, kind=PromiseKind.FOLLOW_UP)
    move_promise(made.pk, due=LATER + 2 * DAY, by=SYSTEM, at=LATER + HOUR)
    assert Clock.objects.get(kind="promise").due == LATER + 2 * DAY
    with pytest.raises(ValueError, match="past"):
        promise(ticket.pk, due=LATER, by=SYSTEM, at=LATER)


def test_my_promises_stand_in_the_order_in_which_they_are_due(ticket: Ticket) -> None:
    agent, other = an_agent(), an_agent()
    me = Actor.agent(agent.pk)
    late = promise(ticket.pk, due=LATER + 2 * DAY, by=me, at=LATER)
    soon = promise(ticket.pk, due=LATER + DAY, by=me, at=LATER)
    kept = promise(ticket.pk, due=LATER + HOUR, by=me, at=LATER)
    keep_promise(kept.pk, by=me, at=LATER)
    promise(ticket.pk, due=LATER + DAY, by=Actor.agent(other.pk), at=LATER)
    assert [one.promise.pk for one in open_promises_of(agent.pk, scope=EVERYTHING)] == [soon.pk, late.pk]
