from datetime import timedelta

import pytest

from tests.factories.messages import a_message, filed
from tests.factories.replies import a_ticket, answered, attempted, came_back_five_days_late, comes_back, waived
from tests.factories.shops import MONDAY, a_store
from tresen.accounts.actors import CHANNEL, SYSTEM, Actor, ActorKind
from tresen.channels.contract import Refused, Sent
from tresen.mail.parsed import Automatic
from tresen.replies.answering import Then
from tresen.routing.models import QueuePlace
from tresen.routing.placing import NOT_ARRIVED
from tresen.routing.verifying import differences as places_differ
from tresen.sla.defaults import create_defaults
from tresen.sla.models import Clock
from tresen.sla.verifying import differences as clocks_differ
from tresen.tickets import ledger
from tresen.tickets.events import CaseOpened, Key, MessageReinterpreted, PromiseMade
from tresen.tickets.models import Message, Ticket, WaitingOn
from tresen.tickets.queries import history_of
from tresen.tickets.replaying import differences
from tresen.tickets.returned import not_arrived
from tresen.tickets.snoozing import snooze
from tresen.tickets.solving import solve
from tresen.tickets.waiting import wait

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(hours=2)


def read_again(*, expects_answer: bool) -> None:
    message = Message.objects.get()
    event = MessageReinterpreted(message=message.pk, expects_answer=expects_answer)
    ledger.record(message.ticket_id, event, by=SYSTEM, at=LATER, source_key=f"read:{expects_answer}")


def test_a_case_that_opens_on_a_solved_ticket_is_work_again() -> None:
    create_defaults(by=SYSTEM, at=MONDAY - timedelta(days=30))
    ticket = a_ticket(a_store(channel="email"))
    waived(ticket)
    solve(ticket.pk, by=SYSTEM, at=LATER)
    opened = CaseOpened(case=7, case_kind=Key("a_to_z"), due=LATER + timedelta(days=3), critical=True)
    ledger.record(ticket.pk, opened, by=CHANNEL, at=LATER + timedelta(hours=1), source_key="a")
    assert Ticket.objects.get().status == "open"
    assert QueuePlace.objects.get().queue_tier == 0
    after = LATER + timedelta(hours=2)
    assert [*clocks_differ([ticket.pk], at=after), *places_differ([ticket.pk], at=after)] == []


def test_a_promise_of_ones_own_ends_no_wait() -> None:
    ticket = a_ticket(a_store())
    wait(ticket.pk, on=WaitingOn.THIRD_PARTY, until=LATER + timedelta(days=2), by=SYSTEM, at=LATER)
    made = PromiseMade(promise=1, promise_kind=Key("promise"), due=LATER + timedelta(days=1))
    agent = Actor(kind=ActorKind.AGENT, id=1)
    ledger.record(ticket.pk, made, by=agent, at=LATER, source_key="a")
    assert Ticket.objects.get().status == "waiting"


def test_a_message_that_was_no_automatic_reply_after_all_is_work_with_both_clocks_and_its_threat_is_heard() -> None:
    create_defaults(by=SYSTEM, at=MONDAY - timedelta(days=30))
    threat = "Ich stelle einen A-bis-z-Antrag, wenn nichts kommt."
    filed(a_store(), a_message(at=MONDAY, automatic=Automatic.AUTO_REPLY, text=threat))
    assert Ticket.objects.get().status == "solved"
    assert not Clock.objects.exists()
    read_again(expects_answer=True)
    ticket = Ticket.objects.get()
    assert (ticket.status, ticket.risk_tier) == ("open", 0)
    assert set(Clock.objects.values_list("kind", flat=True)) == {"own", "platform"}
    assert QueuePlace.objects.get().queue_tier == 0
    assert [*clocks_differ([ticket.pk], at=LATER), *places_differ([ticket.pk], at=LATER)] == []


def test_a_message_that_needs_no_answer_after_all_reopens_nothing() -> None:
    filed(a_store(), a_message(at=MONDAY, automatic=Automatic.AUTO_REPLY))
    read_again(expects_answer=False)
    assert Ticket.objects.get().status == "solved"
    assert not QueuePlace.objects.exists()


def came_back(ticket: Ticket, *, then: str) -> None:
    """An answer leaves, the ticket is put aside for days, and what left comes back."""
    delivery = answered(ticket, at=MONDAY + timedelta(hours=1))
    sent_at = MONDAY + timedelta(hours=1, minutes=1)
    attempted(delivery, Sent(external_id="Q1", at=sent_at, provisional=True), at=sent_at)
    on_thursday = MONDAY + timedelta(days=3)
    if then == "waiting":
        wait(ticket.pk, on=WaitingOn.CUSTOMER, until=on_thursday, by=SYSTEM, at=sent_at)
    else:
        snooze(ticket.pk, until=on_thursday, by=SYSTEM, at=sent_at)
    comes_back(delivery, at=LATER)


@pytest.mark.parametrize("then", ["waiting", "snoozed"])
def test_a_ticket_put_aside_until_thursday_is_work_at_once_when_its_answer_comes_back(then: str) -> None:
    ticket = a_ticket()
    came_back(ticket, then=then)
    ticket.refresh_from_db()
    assert (ticket.status, ticket.snoozed_until) == ("open", None)
    assert QueuePlace.objects.get().actionable_from <= LATER


@pytest.mark.parametrize("rest", ["solved", "waiting", "snoozed", "open"])
def test_an_answer_that_comes_back_after_its_clocks_stopped_for_good_is_work_and_they_stand(rest: str) -> None:
    create_defaults(by=SYSTEM, at=MONDAY - timedelta(days=30))
    ticket = a_ticket()
    sent_at, back_at = MONDAY + timedelta(hours=1), MONDAY + timedelta(days=5)
    delivery = answered(ticket, at=sent_at, then=Then.SOLVE if rest == "solved" else Then.KEEP_OPEN)
    attempted(delivery, Sent(external_id="Q1", at=sent_at, provisional=True), at=sent_at)
    if rest == "waiting":
        wait(ticket.pk, on=WaitingOn.CUSTOMER, by=SYSTEM, at=sent_at)
    elif rest == "snoozed":
        snooze(ticket.pk, until=MONDAY + timedelta(days=20), by=SYSTEM, at=sent_at)
    assert not QueuePlace.objects.exists()
    met = list(Clock.objects.filter(kind__in=["own", "platform"]).values_list("key", "outcome", "due", "met_at"))
    comes_back(delivery, at=back_at)
    ticket.refresh_from_db()
    place = QueuePlace.objects.get()
    assert (ticket.status, ticket.snoozed_until) == ("open", None)
    assert (place.task, place.sort_at, place.act_by, place.queue_tier) == (NOT_ARRIVED, back_at, None, 2)
    now = list(Clock.objects.filter(kind__in=["own", "platform"]).values_list("key", "outcome", "due", "met_at"))
    assert [(key, "met", due, met_at) for key, _, due, met_at in met] == now
    moment = back_at + timedelta(hours=1)
    found = [*clocks_differ([ticket.pk], at=moment), *places_differ([ticket.pk], at=moment), *differences([ticket.pk])]
    assert found == []


def test_answered_anew_it_leaves_the_queue_and_comes_back_when_that_answer_does_too() -> None:
    ticket = a_ticket()
    first = came_back_five_days_late(ticket, at=MONDAY + timedelta(hours=1))
    anew = answered(ticket, at=MONDAY + timedelta(days=6), then=Then.SOLVE)
    ticket.refresh_from_db()
    assert (ticket.status, QueuePlace.objects.exists()) == ("solved", False)
    attempted(
        anew, Sent(external_id="Q2", at=MONDAY + timedelta(days=6), provisional=True), at=MONDAY + timedelta(days=6)
    )
    comes_back(anew, at=MONDAY + timedelta(days=6, hours=1))
    ticket.refresh_from_db()
    assert (ticket.status, QueuePlace.objects.get().task) == ("open", NOT_ARRIVED)
    assert first.message_id in [one.message for one in not_arrived(history_of(ticket.pk))]


@pytest.mark.parametrize("fails", ["refused", "bounces"])
def test_a_second_answer_that_does_not_arrive_brings_the_solved_ticket_back(fails: str) -> None:
    ticket = a_ticket()
    attempted(answered(ticket), Sent(external_id="Q1", at=MONDAY + timedelta(hours=1)), at=MONDAY + timedelta(hours=1))
    later = MONDAY + timedelta(days=1)
    second = answered(ticket, text="Hier noch die Rechnung.", at=later, then=Then.SOLVE)
    if fails == "refused":
        attempted(second, Refused(reason="552 message too large"), at=later)
    else:
        attempted(second, Sent(external_id="Q2", at=later, provisional=True), at=later)
        comes_back(second, at=later + timedelta(minutes=1))
    ticket.refresh_from_db()
    assert (ticket.status, QueuePlace.objects.get().task) == ("open", NOT_ARRIVED)
    assert not Clock.objects.filter(outcome="running").exclude(kind="resolution").exists()


def test_a_new_question_and_an_answer_that_came_back_late_are_both_asked_for() -> None:
    store = a_store("email", "")
    ticket = a_ticket(store, orders=("#1042",))
    came_back_five_days_late(ticket, at=MONDAY + timedelta(hours=1))
    filed(store, a_message(at=MONDAY + timedelta(days=6), text="Hallo?", orders=("#1042",)))
    place = QueuePlace.objects.get()
    assert (place.task, place.on_its_way) == (NOT_ARRIVED, False)
    answered(ticket, at=MONDAY + timedelta(days=6, hours=1))
    place = QueuePlace.objects.get()
    assert (place.task, place.on_its_way) == ("", True)
