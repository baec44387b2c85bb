from datetime import timedelta

import pytest
from django.db import connection

from tests.factories.replies import a_ticket, answered, attempted, waived
from tests.factories.shops import MONDAY, a_store, an_agent
from tresen.accounts.actors import SYSTEM, Actor
from tresen.accounts.scope import EVERYTHING
from tresen.channels.contract import Sent
from tresen.duties.models import FormerWords, Promise, PromiseKind
from tresen.duties.promising import (
    Before,
    change_promise,
    drop_promise,
    keep_promise,
    move_promise,
    promise,
    promise_in,
    take_back_change,
)
from tresen.duties.queries import open_promises_of, promised_words
from tresen.duties.resuming import resume
from tresen.replies.answering import withdraw
from tresen.routing.models import QueuePlace
from tresen.sla.duty_facts import promise_key
from tresen.sla.models import Clock
from tresen.sla.watching import Watch, sweep
from tresen.tickets import ledger
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
    resume(ticket.pk, promise_key(made.pk), ended_at=LATER + HOUR, by=SYSTEM, at=LATER + 2 * HOUR)
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


def kinds(ticket: Ticket) -> list[str]:
    return [entry.event.kind for entry in ledger.history_of([ticket.pk])[ticket.pk] if "promise" in entry.event.kind]


def test_its_words_change_without_its_time_and_the_ledger_holds_none_of_them(ticket: Ticket) -> None:
    made = promise(ticket.pk, due=LATER + DAY, what="Anruf am Freitag", by=SYSTEM, at=LATER)
    before = change_promise(made.pk, what="Anruf bei Frau Weber", by=SYSTEM, at=LATER + HOUR)
    assert Promise.objects.get().what == "Anruf bei Frau Weber"
    assert (before.due, FormerWords.objects.get(pk=before.former).what) == (None, "Anruf am Freitag")
    assert kinds(ticket) == ["promise_made", "promise_reworded"]
    assert Clock.objects.get(kind="promise").due == LATER + DAY
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM tickets_ticketevent WHERE facts::text LIKE '%%Anruf%%'")
        assert cursor.fetchone() == (0,)


def test_words_that_stay_are_no_change(ticket: Ticket) -> None:
    made = promise(ticket.pk, due=LATER + DAY, what="Anruf", by=SYSTEM, at=LATER)
    assert change_promise(made.pk, what="Anruf", by=SYSTEM, at=LATER + HOUR) == Before()
    assert kinds(ticket) == ["promise_made"]


def test_other_words_of_a_missed_promise_begin_no_clock(ticket: Ticket) -> None:
    made = promise(ticket.pk, due=LATER + HOUR, what="Anruf", by=SYSTEM, at=LATER)
    sweep(Watch(), LATER + 2 * HOUR)
    change_promise(made.pk, what="Anruf oder Mail", by=SYSTEM, at=LATER + 3 * HOUR)
    assert outcome() == "breached"


def test_a_time_in_the_past_changes_nothing_and_a_change_is_taken_back_whole(ticket: Ticket) -> None:
    made = promise(ticket.pk, due=LATER + DAY, what="Anruf", by=SYSTEM, at=LATER)
    with pytest.raises(ValueError, match="past"):
        change_promise(made.pk, what="Mail", due=LATER, by=SYSTEM, at=LATER + HOUR)
    assert (Promise.objects.get().what, kinds(ticket)) == ("Anruf", ["promise_made"])
    before = change_promise(made.pk, what="Mail", due=LATER + 3 * DAY, by=SYSTEM, at=LATER + HOUR)
    take_back_change(made.pk, before, by=SYSTEM, at=LATER + HOUR)
    assert Promise.objects.get().what == "Anruf"
    assert Clock.objects.get(kind="promise").due == LATER + DAY


def test_another_promises_former_words_are_not_put_back(ticket: Ticket) -> None:
    one = promise(ticket.pk, due=LATER + DAY, what="Anruf", by=SYSTEM, at=LATER)
    other = promise(ticket.pk, due=LATER + DAY, what="Mail", by=SYSTEM, at=LATER)
    before = change_promise(one.pk, what="Brief", by=SYSTEM, at=LATER + HOUR)
    with pytest.raises(FormerWords.DoesNotExist):
        take_back_change(other.pk, before, by=SYSTEM, at=LATER + HOUR)


def test_the_history_knows_what_was_promised_when(ticket: Ticket) -> None:
    made = promise(ticket.pk, due=LATER + DAY, what="Anruf", by=SYSTEM, at=LATER)
    promise(ticket.pk, due=LATER + DAY, by=SYSTEM, at=LATER)
    move_promise(made.pk, due=LATER + 2 * DAY, by=SYSTEM, at=LATER)
    change_promise(made.pk, what="Mail", due=LATER + 3 * DAY, by=SYSTEM, at=LATER)
    change_promise(made.pk, what="", by=SYSTEM, at=LATER)
    history = ledger.history_of([ticket.pk])[ticket.pk]
    assert list(reversed(promised_words(history).values())) == ["Anruf", "", "Anruf", "Mail", "Mail", ""]


def test_my_promises_stand_in_the_order_in_which_they_are_due(ticket: Ticket) -> None:
    agent, other = an_agent(), an_agent()
    me = Actor.agent(agent.pk)
    late = promise(ticket.pk, due=LATER + 2 * DAY, by=me, at=LATER)
    soon = promise(ticket.pk, due=LATER + DAY, by=me, at=LATER)
    kept = promise(ticket.pk, due=LATER + HOUR, by=me, at=LATER)
    keep_promise(kept.pk, by=me, at=LATER)
    promise(ticket.pk, due=LATER + DAY, by=Actor.agent(other.pk), at=LATER)
    assert [one.promise.pk for one in open_promises_of(agent.pk, scope=EVERYTHING)] == [soon.pk, late.pk]
