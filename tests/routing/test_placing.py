"""From a ticket's clocks to its place: who is served it, when, and what is asked besides an answer."""

from datetime import timedelta

import pytest

from tests.factories.messages import a_message, filed
from tests.factories.replies import a_ticket, answered, attempted, waived
from tests.factories.shops import MONDAY, a_store
from tresen.accounts.actors import CHANNEL, SYSTEM
from tresen.channels.contract import Refused, Sent, Uncertain
from tresen.outbox.models import Delivery
from tresen.outbox.settling import send_again
from tresen.replies.answering import withdraw
from tresen.routing.models import QueuePlace
from tresen.routing.placing import AT_ONCE, IN_TIME, MARK_AT_PLATFORM, SETTLE_DELIVERY, underway
from tresen.routing.queries import LimitKind, duty_owed, place_that_owes, runs_out_before
from tresen.sla.defaults import create_defaults
from tresen.tickets import ledger
from tresen.tickets.events import CaseAnswered, CaseOpened, Key
from tresen.tickets.models import Message, Ticket, WaitingOn
from tresen.tickets.snoozing import snooze, wake
from tresen.tickets.waiting import wait
from tresen.tickets.waiving import confirm_marked

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(hours=1)
MINUTE = timedelta(minutes=1)
A_CASE = CaseOpened(case=7, case_kind=Key("a_to_z"), due=LATER + timedelta(days=3), critical=True)
A_CASE_WITHOUT_DATE = CaseOpened(case=8, case_kind=Key("a_to_z"), critical=True)


@pytest.fixture
def ticket() -> Ticket:
    create_defaults(by=SYSTEM, at=MONDAY - timedelta(days=30))
    return a_ticket(a_store())


def place() -> QueuePlace:
    return QueuePlace.objects.get()


def on_their_way(ticket: Ticket) -> list[tuple[int, bool]]:
    """The replies underway: up to which message each answers, and whether nobody knows its fate."""
    history = ledger.history_of([ticket.pk])[ticket.pk]
    return [(one.answers_up_to, one.unknown_since is not None) for one in underway(history)]


def test_work_is_served_at_once_and_rests_until_the_time_that_somebody_chose(ticket: Ticket) -> None:
    assert place().actionable_from == AT_ONCE
    until = LATER + timedelta(hours=20)
    snooze(ticket.pk, until=until, by=SYSTEM, at=LATER)
    assert place().actionable_from == until
    wake(ticket.pk, by=SYSTEM, at=LATER + MINUTE)
    assert place().actionable_from == AT_ONCE
    wait(ticket.pk, on=WaitingOn.THIRD_PARTY, until=until, by=SYSTEM, at=LATER + 2 * MINUTE)
    assert place().actionable_from == until


def test_an_open_duty_keeps_a_place_although_no_message_is_owed(ticket: Ticket) -> None:
    waived(ticket)
    assert place().task == MARK_AT_PLATFORM
    ledger.record(ticket.pk, A_CASE, by=CHANNEL, at=LATER, source_key="a")
    assert (place().task, place().queue_tier) == ("case", 0)
    assert place_that_owes(ticket.pk) is None
    assert duty_owed(ticket.pk)
    ledger.record(ticket.pk, CaseAnswered(case=7), by=SYSTEM, at=LATER + MINUTE, source_key="b")
    assert place().task == MARK_AT_PLATFORM
    assert not duty_owed(ticket.pk)


def test_a_wait_for_proof_is_over_in_time_for_a_deadline_that_others_have_set(ticket: Ticket) -> None:
    ledger.record(ticket.pk, A_CASE, by=CHANNEL, at=LATER, source_key="a")
    confirm_marked(ticket.pk, message_ids=[Message.objects.get().pk], by=SYSTEM, at=LATER)
    waived(ticket)
    snooze(ticket.pk, until=LATER + timedelta(days=2), by=SYSTEM, at=LATER + MINUTE)
    assert place().actionable_from == LATER + timedelta(days=2)
    wait(ticket.pk, on=WaitingOn.THIRD_PARTY, until=LATER + timedelta(days=9), by=SYSTEM, at=LATER + 2 * MINUTE)
    assert place().act_by is not None
    assert place().actionable_from == place().act_by - IN_TIME


def test_a_wait_without_a_day_is_over_in_time_for_the_first_thing_that_can_be_kept(ticket: Ticket) -> None:
    wait(ticket.pk, on=WaitingOn.CUSTOMER, by=SYSTEM, at=LATER)
    assert place().act_by is not None
    assert place().actionable_from == place().act_by - IN_TIME


def test_a_wait_without_a_day_hides_nothing_for_which_no_time_is_promised(ticket: Ticket) -> None:
    waived(ticket)
    confirm_marked(ticket.pk, message_ids=[Message.objects.get().pk], by=SYSTEM, at=LATER)
    ledger.record(ticket.pk, A_CASE_WITHOUT_DATE, by=CHANNEL, at=LATER, source_key="a")
    wait(ticket.pk, on=WaitingOn.CUSTOMER, by=SYSTEM, at=LATER + MINUTE)
    assert place().actionable_from == AT_ONCE


def test_a_rest_that_began_when_nobody_works_any_more_lasts_until_the_limit_is_near(db: None) -> None:
    create_defaults(by=SYSTEM, at=MONDAY - timedelta(days=30))
    saturday = MONDAY + timedelta(days=5)
    filed(a_store(), a_message(at=saturday))
    limit = place().platform_due
    assert place().unstaffed
    assert limit is not None
    snooze(place().ticket_id, until=limit + IN_TIME, by=SYSTEM, at=saturday + MINUTE)
    assert place().actionable_from == limit - IN_TIME
    snooze(place().ticket_id, until=limit + IN_TIME, by=SYSTEM, at=limit - MINUTE)
    assert place().actionable_from == AT_ONCE


def test_an_answer_that_leaves_holds_the_place_and_one_that_is_taken_back_gives_it_free(ticket: Ticket) -> None:
    delivery = answered(ticket, at=LATER)
    assert place().on_its_way
    assert on_their_way(ticket) == [(Message.objects.get(direction="in").pk, False)]
    withdraw(delivery.message_id, by=SYSTEM, at=LATER + timedelta(seconds=1))
    assert not place().on_its_way
    assert on_their_way(ticket) == []


def test_an_answer_to_a_part_of_what_is_owed_holds_nothing(ticket: Ticket) -> None:
    shown = Message.objects.get().pk
    filed(ticket.store, a_message(at=LATER, text="Und noch etwas"))
    answered(ticket, at=LATER + MINUTE, up_to=shown)
    assert not place().on_its_way


@pytest.mark.parametrize("result", [Refused(reason="550 no"), Uncertain(reason="broke off")])
def test_an_answer_that_did_not_surely_leave_holds_nothing(ticket: Ticket, result: Refused | Uncertain) -> None:
    attempted(answered(ticket, at=LATER), result, at=LATER + MINUTE)
    assert not place().on_its_way
    assert place().task == (SETTLE_DELIVERY if isinstance(result, Uncertain) else "")
    assert [unknown for _, unknown in on_their_way(ticket)] == ([True] if isinstance(result, Uncertain) else [])


def test_sent_again_it_holds_the_place_anew(ticket: Ticket) -> None:
    for number, result in enumerate((Refused(reason="550 no"), Uncertain(reason="broke off")), start=1):
        delivery = Delivery.objects.first() or answered(ticket, at=LATER)
        attempted(delivery, result, at=LATER + number * MINUTE, attempt=number)
        send_again(delivery.pk, by=SYSTEM, at=LATER + number * timedelta(hours=1))
        assert (place().on_its_way, place().task) == (True, "")
        assert [unknown for _, unknown in on_their_way(ticket)] == [False]


def test_whether_it_was_sent_is_asked_also_where_nothing_else_is_owed(ticket: Ticket) -> None:
    delivery = answered(ticket, at=LATER)
    waived(ticket)
    attempted(delivery, Uncertain(reason="broke off"), at=LATER + MINUTE)
    standing = place()
    assert (standing.task, standing.act_by is None) == (SETTLE_DELIVERY, False)  # the platform's mark is wanted too
    assert place_that_owes(ticket.pk) == standing


def test_in_a_store_without_limits_an_uncertain_answer_stands_in_the_queue_for_itself() -> None:
    ticket = a_ticket(a_store("console", ""))
    delivery = answered(ticket, at=LATER)
    waived(ticket)
    assert not QueuePlace.objects.exists()
    attempted(delivery, Uncertain(reason="broke off"), at=LATER + MINUTE)
    standing = place()
    assert (standing.task, standing.act_by, standing.sort_at) == (SETTLE_DELIVERY, None, LATER + MINUTE)
    assert (standing.queue_tier, standing.actionable_from) == (2, AT_ONCE)
    attempted(delivery, Sent(external_id="", at=LATER + 2 * MINUTE), at=LATER + 2 * MINUTE, attempt=2)
    assert not QueuePlace.objects.exists()


def test_a_mark_at_the_platform_is_a_task_that_owes_no_words(ticket: Ticket) -> None:
    assert place_that_owes(ticket.pk) == place()
    waived(ticket)
    assert place().task == MARK_AT_PLATFORM
    assert place_that_owes(ticket.pk) is None


def test_a_limit_counts_as_earlier_only_where_it_is(ticket: Ticket) -> None:
    limit = place().platform_due
    assert limit is not None
    assert runs_out_before(ticket.pk, limit + MINUTE, at=LATER) == (limit, LimitKind.PLATFORM)
    assert runs_out_before(ticket.pk, None, at=LATER) == (limit, LimitKind.PLATFORM)
    assert runs_out_before(ticket.pk, limit, at=limit - MINUTE) is None
    assert runs_out_before(ticket.pk, None, at=limit) is None
    assert runs_out_before(ticket.pk + 1, limit + MINUTE, at=LATER) is None


def test_our_own_target_counts_where_no_limit_of_others_runs_out_before() -> None:
    create_defaults(by=SYSTEM, at=MONDAY - timedelta(days=30))
    ticket = a_ticket()
    own, limit = place().own_due, place().platform_due
    assert own is not None
    assert limit is not None
    assert own < limit
    assert runs_out_before(ticket.pk, own + MINUTE, at=LATER) == (own, LimitKind.OWN)
    assert runs_out_before(ticket.pk, limit + MINUTE, at=LATER) == (limit, LimitKind.PLATFORM)
