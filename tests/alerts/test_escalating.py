"""The steps of ladders are taken once, in order, and not about what is settled."""

import threading
from datetime import timedelta

import pytest
from django.db import connection

from tests.factories.ladders import HOUR, MINUTE, OWN_DUE, assigned, in_team, standing
from tests.factories.mailboxes import a_mailbox
from tests.factories.messages import a_message, filed
from tests.factories.replies import a_ticket, answered, leaves
from tests.factories.shops import MONDAY, a_store, a_team, an_agent
from tests.factories.watching import watched
from tresen.accounts.actors import SYSTEM
from tresen.accounts.models import Role
from tresen.alerts import verifying
from tresen.alerts.escalating import escalate_due
from tresen.alerts.outward.connecting import choose_ways
from tresen.duties.promising import promise
from tresen.sla.defaults import create_defaults
from tresen.sla.models import LadderStep, Notice, StepOutcome
from tresen.sla.watching import Watch, sweep
from tresen.staffing.covering import set_shift
from tresen.staffing.models import Timetable
from tresen.staffing.on_call import put_on_call
from tresen.staffing.plans import TimetablePlan
from tresen.staffing.timetables import create_timetable
from tresen.tickets import replaying
from tresen.tickets.assigning import assign
from tresen.tickets.models import Ticket, TicketEvent

pytestmark = pytest.mark.django_db


def told() -> list[tuple[str, int | None]]:
    return list(Notice.objects.order_by("pk").values_list("kind", "recipient"))


def taken() -> list[tuple[str, int]]:
    events = TicketEvent.objects.filter(kind="ladder_step_taken").order_by("sequence")
    return [(facts["moment"], facts["minutes"]) for facts in events.values_list("facts", flat=True)]


def test_the_ladder_is_climbed_step_by_step_while_nobody_answers() -> None:
    ticket = standing()
    agent, lead, admin = assigned(ticket), in_team(ticket, leads=True), an_agent(role=Role.ADMIN)
    watch = Watch()
    for at in (MONDAY + 10.5 * HOUR, MONDAY + 13.5 * HOUR, OWN_DUE, OWN_DUE + HOUR, OWN_DUE + 4 * HOUR):
        watched(at, watch=watch)
    assert told() == [
        ("warning", agent.pk),
        ("warning", agent.pk),
        ("breached", agent.pk),
        ("breached", lead.pk),
        ("escalated", admin.pk),
        ("escalated", None),
    ]
    assert taken() == [("warning", 0), ("warning", 0), ("breached", 0), ("breached", 60), ("breached", 240)]


def test_who_is_on_call_is_told_at_night_and_the_assignee_in_the_morning() -> None:
    ticket = standing({"when": "breached", "minutes": 240, "notify": ["assignee", "on_call"]})
    agent, called = assigned(ticket), in_team(ticket)
    Timetable.objects.update(is_default=True)  # office hours, for both
    night = OWN_DUE + 4 * HOUR
    put_on_call(called.pk, starts=night, ends=night + HOUR, by=SYSTEM, at=MONDAY)
    for at in (OWN_DUE, night):
        watched(at)
    shown = Notice.objects.values_list("recipient", "shown_from")
    assert dict(shown) == {agent.pk: MONDAY + 23 * HOUR, called.pk: night, None: night}
    assert not TicketEvent.objects.get(kind="ladder_step_taken").facts["on_call"]


def test_the_history_tells_of_the_on_call_address_where_a_mail_leaves_to_it() -> None:
    ticket = standing({"when": "breached", "minutes": 0, "notify": ["on_call"]})
    mailbox = a_mailbox()
    choose_ways(mailbox_id=mailbox.pk, on_call_email="night@shop.example", by=SYSTEM, at=MONDAY)
    watched(OWN_DUE)
    assert TicketEvent.objects.get(ticket=ticket, kind="ladder_step_taken").facts["on_call"]


def test_an_answer_stops_the_ladder() -> None:
    ticket = standing()
    assigned(ticket)
    an_agent(role=Role.ADMIN)
    watch = Watch()
    watched(OWN_DUE, watch=watch)
    leaves(answered(ticket, at=OWN_DUE + 10 * MINUTE), at=OWN_DUE + 11 * MINUTE)
    watched(OWN_DUE + 5 * HOUR, watch=watch)
    assert taken() == [("breached", 0)]
    outcomes = LadderStep.objects.filter(clock__startswith="own").order_by("number").values_list("outcome", flat=True)
    assert list(outcomes) == [StepOutcome.TAKEN, StepOutcome.DISCHARGED, StepOutcome.DISCHARGED]


def test_after_three_days_without_a_worker_each_is_told_once_of_a_ticket_and_of_no_stale_warning() -> None:
    """sla.md §8: worker down for three days: breach times equal due times; nobody gets 400 stale warnings."""
    ticket = standing()
    agent, lead, admin = assigned(ticket), in_team(ticket, leads=True), an_agent(role=Role.ADMIN)
    others = [a_ticket(ticket.store, sender=f"buyer{number}@marketplace.amazon.de") for number in range(20)]
    for other in others:
        assign(other.pk, assignee_id=agent.pk, by=SYSTEM, at=MONDAY)
    watched(MONDAY + timedelta(days=3))
    due = TicketEvent.objects.filter(kind="clock_breached", ticket=ticket).values_list("occurred_at", flat=True)
    assert sorted(due) == [OWN_DUE, MONDAY + 24 * HOUR, MONDAY + 48 * HOUR]
    assert not Notice.objects.filter(kind__in=["warning", "act_by_passed"]).exists()
    for recipient in (agent, lead, admin):
        assert Notice.objects.filter(recipient=recipient).count() == 21


def test_a_second_worker_and_a_restart_tell_nothing_twice() -> None:
    ticket = standing()
    assigned(ticket)
    for _ in range(3):
        watched(OWN_DUE)
    assert [kind for kind, _ in told()] == ["breached", "breached"][: len(told())]
    assert len(taken()) == 1


@pytest.mark.parametrize(
    ("late_by", "times"), [(timedelta(0), 1), (3 * HOUR, 1), (3 * HOUR, 3)], ids=["in time", "late", "late and twice"]
)
def test_a_message_that_comes_late_or_twice_gives_the_same_notices(late_by: timedelta, times: int) -> None:
    """sla.md §8: events late, twice or out of order give the same notices, through the incremental path."""
    create_defaults(by=SYSTEM, at=MONDAY - timedelta(days=30))
    Timetable.objects.update(is_default=False)
    admin, store, watch = an_agent(role=Role.ADMIN), a_store(), Watch()
    second = a_message(at=MONDAY + HOUR)
    filed(store, second)
    watched(MONDAY + HOUR, watch=watch)
    first = a_message(at=MONDAY)
    for _ in range(times):
        filed(store, first, at=MONDAY + HOUR + late_by)
        filed(store, second, at=MONDAY + HOUR + late_by)
    for at in (MONDAY + 10.5 * HOUR, MONDAY + 13.5 * HOUR, OWN_DUE):
        for _ in range(times):
            watched(at, watch=watch)
    assert told() == [("warning", admin.pk), ("warning", admin.pk), ("breached", admin.pk)]
    assert list(Notice.objects.order_by("pk").values_list("fell_due_at", flat=True)) == [
        MONDAY + 10.5 * HOUR,
        MONDAY + 13.5 * HOUR,
        OWN_DUE,
    ]


def test_a_step_waits_for_who_is_told_to_have_worked_so_long() -> None:
    """An hour after Monday night is Tuesday morning for an admin with office hours, if no platform's limit passes."""
    create_defaults(by=SYSTEM, at=MONDAY - timedelta(days=30))
    ticket = a_ticket(at=MONDAY - 3 * HOUR)
    an_agent(role=Role.ADMIN)
    watched(MONDAY + 11 * HOUR)
    waiting = LadderStep.objects.get(ticket=ticket, settled_at=None, step__minutes=60)
    assert waiting.due_at == MONDAY + 12 * HOUR  # Amazon's limit is at six in the morning: nobody is waited for
    watched(MONDAY + 12 * HOUR)
    assert ("breached", 60) in taken()


def test_it_reassigns_to_the_lead_who_is_told_of_it() -> None:
    ticket = standing({"when": "breached", "reassign": "lead"})
    assigned(ticket)
    lead = in_team(ticket, leads=True)
    watched(OWN_DUE)
    assert Ticket.objects.get(pk=ticket.pk).assignee == lead
    assert told() == [("assigned", lead.pk)]


def test_who_is_given_it_off_duty_hears_of_it_at_once_where_the_platforms_limit_passes_first() -> None:
    ticket = standing({"when": "breached", "reassign": "lead"})
    assigned(ticket)
    lead = in_team(ticket, leads=True)
    plan = TimetablePlan(zone="UTC", week={2: [("12:00", "13:00")]})
    set_shift(
        lead.pk,
        timetable_id=create_timetable(name="Wednesdays", plan=plan, by=SYSTEM, at=MONDAY).timetable_id,
        by=SYSTEM,
        at=MONDAY,
    )
    watched(OWN_DUE)
    assert Notice.objects.get(kind="assigned").shown_from == OWN_DUE


def test_it_reassigns_to_who_speaks_the_language_and_has_least_to_do() -> None:
    ticket = standing({"when": "breached", "reassign": "available"})
    assigned(ticket)
    busy, stranger, fitting = (in_team(ticket, languages=speaks) for speaks in (["de"], ["it"], ["de", "en"]))
    other = a_ticket(ticket.store, sender="another@marketplace.amazon.de", at=MONDAY + 12 * HOUR)
    assign(other.pk, assignee_id=busy.pk, by=SYSTEM, at=MONDAY + 12 * HOUR)
    watched(OWN_DUE)
    assert Ticket.objects.get(pk=ticket.pk).assignee == fitting
    assert stranger.pk not in {recipient for _, recipient in told()}


def test_where_nobody_fits_the_ticket_stays_where_it_is() -> None:
    ticket = standing({"when": "breached", "reassign": "available"})
    agent = assigned(ticket)
    watched(OWN_DUE)
    assert Ticket.objects.get(pk=ticket.pk).assignee == agent


def test_it_raises_the_tier_and_never_lowers_it() -> None:
    ticket = standing({"when": "warning", "tier": 0}, {"when": "breached", "tier": 1})
    watched(MONDAY + 11 * HOUR)
    raised = Ticket.objects.get(pk=ticket.pk)
    assert (raised.risk_tier, raised.risk_reason) == (0, "escalated")
    watched(OWN_DUE)
    assert Ticket.objects.get(pk=ticket.pk).risk_tier == 0


def test_it_hands_the_ticket_to_a_team() -> None:
    other = a_team()
    ticket = standing({"when": "breached", "team": other.pk})
    watched(OWN_DUE)
    assert Ticket.objects.get(pk=ticket.pk).team == other


def test_steps_and_ledger_say_the_same_and_a_difference_is_found() -> None:
    ticket = standing()
    assigned(ticket)
    watched(OWN_DUE + 5 * HOUR)
    assert taken()
    assert verifying.differences([ticket.pk]) == []
    assert replaying.differences([ticket.pk]) == []
    LadderStep.objects.filter(outcome=StepOutcome.TAKEN).update(outcome=StepOutcome.STALE)
    assert {difference.stored for difference in verifying.differences([ticket.pk])} == {"not taken"}


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_take_each_step_once() -> None:
    ticket = standing()
    agent = assigned(ticket)
    others = [a_ticket(ticket.store, sender=f"buyer{number}@marketplace.amazon.de") for number in range(30)]
    for other in others:
        assign(other.pk, assignee_id=agent.pk, by=SYSTEM, at=MONDAY)
    sweep(Watch(), OWN_DUE)
    start = threading.Barrier(2)
    problems: list[BaseException] = []

    def work() -> None:
        try:
            start.wait()
            while escalate_due(OWN_DUE, most=4):
                pass
        except BaseException as problem:  # noqa: BLE001 - told to the test's own thread
            problems.append(problem)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    while escalate_due(OWN_DUE):
        pass
    assert problems == []
    assert Notice.objects.filter(recipient=agent).count() == 31
    assert TicketEvent.objects.filter(kind="ladder_step_taken").count() == 31
    assert verifying.differences([one.pk for one in (ticket, *others)]) == []


def test_after_a_catch_up_the_missed_limit_is_what_is_told_and_not_a_promise_missed_after_it() -> None:
    ticket = standing()
    agent = assigned(ticket)
    promise(ticket.pk, what="a word", due=MONDAY + 60 * HOUR, by=SYSTEM, at=MONDAY)
    watched(MONDAY + timedelta(days=3))
    assert Notice.objects.get(recipient=agent).clock.startswith("platform:")
    last = TicketEvent.objects.filter(kind="ladder_step_taken").order_by("sequence").last()
    assert last is not None
    assert last.facts["clock"].startswith("promise:"), "the promise is missed later"
