"""What was kept, as the figures say it. The lines of the acceptance list that speak of figures are here by name."""

from datetime import timedelta
from operator import add

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories.messages import a_message, filed
from tests.factories.replies import a_ticket, answered, attempted, comes_back, leaves
from tests.factories.shops import MONDAY, a_store, a_team, an_agent
from tresen.accounts.actors import SYSTEM, Actor
from tresen.accounts.scope import EVERYTHING, NOTHING, Scope
from tresen.channels.contract import Sent
from tresen.customers.models import Identity
from tresen.outbox.models import Delivery, DeliveryState
from tresen.reports.attainment import PAIR, By, Counts, Measure, attainment, counts_of
from tresen.reports.histograms import Histogram, class_of
from tresen.reports.slices import NOBODY, Slice
from tresen.routing.models import QueuePlace
from tresen.sla.correcting import VoidReason, strike_out
from tresen.sla.defaults import create_defaults
from tresen.sla.editing import retire_policy
from tresen.sla.keeping import kept_of
from tresen.sla.models import Clock, Policy
from tresen.sla.watching import Watch, sweep
from tresen.tickets.models import Conversation, Message
from tresen.tickets.waiving import WaiveReason, waive

pytestmark = pytest.mark.django_db
WEEK = Slice(since=MONDAY - timedelta(hours=9), until=MONDAY + timedelta(days=7))
OWN = Measure("own", "", "first_reply")
LIMIT = Measure("platform", "amazon", "response_rate")
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def _defaults(db):
    create_defaults(by=SYSTEM, at=MONDAY - timedelta(days=30))


def figures(measure, by=By.CHANNEL, line="amazon", *, wanted=WEEK, scope=EVERYTHING, **more):
    return attainment(wanted, by=by, scope=scope, **more).get(measure, {}).get(line)


def left(ticket, *, hours, by=None):
    delivery = answered(ticket, at=MONDAY + hours * HOUR, by=by)
    leaves(delivery, at=MONDAY + hours * HOUR)
    return delivery


def test_the_server_keeps_statistics_of_the_groups_that_a_report_counts():
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY VIEW asked AS SELECT {PAIR} AS pair FROM sla_clock clock")
        cursor.execute("SELECT pg_get_viewdef('asked'::regclass)")
        (asked,) = cursor.fetchone()
        cursor.execute(
            "SELECT pg_get_statisticsobjdef_expressions(oid) FROM pg_statistic_ext WHERE stxname = 'sla_clock_groups'"
        )
        (kept,) = cursor.fetchone()
    (times,) = [" ".join(text.split()) for text in kept if "worked" in text]
    assert times in " ".join(asked.replace("clock.", "").split())


def test_own_and_platform_results_are_reported_apart_never_mixed():
    left(a_ticket(), hours=20)  # our 14 hours are over, Amazon's 24 are not

    assert (figures(OWN).counts.met, figures(OWN).counts.breached) == (0, 1)
    assert (figures(LIMIT).counts.met, figures(LIMIT).counts.breached) == (1, 0)
    kinds = [measure.kind for measure in attainment(WEEK, by=By.TEAM, scope=EVERYTHING)]
    assert kinds.count("platform") == 2  # one for each of Amazon's limits, none for both
    assert kinds.count("own") == 1


def test_three_messages_in_a_row_are_three_for_the_platform_and_one_for_us():
    store = a_store()
    for hours in range(3):
        filed(store, a_message(at=MONDAY + hours * HOUR))
    left(a_ticket(store, at=MONDAY + 3 * HOUR), hours=5)

    assert figures(LIMIT).counts.met == 4
    assert figures(OWN).counts.met == 1


def test_a_bounce_after_250_is_taken_back_and_the_report_corrected():
    delivery = answered(a_ticket(), at=MONDAY + HOUR)
    attempted(delivery, Sent(at=MONDAY + HOUR, external_id="250", answer="250 ok", provisional=True), at=MONDAY + HOUR)
    before = figures(OWN).counts
    comes_back(delivery, at=MONDAY + 30 * HOUR)
    sweep(Watch(), MONDAY + 30 * HOUR)

    assert (before.met, before.provisional, before.corrected) == (1, 1, 0)
    after = figures(OWN).counts
    assert (after.met, after.breached, after.corrected) == (0, 1, 1)
    assert figures(LIMIT).counts.corrected == 1


def test_a_clock_struck_out_leaves_the_share_with_a_mark():
    ticket = a_ticket()
    left(ticket, hours=20)
    own = Clock.objects.get(kind="own")
    strike_out(ticket.pk, clock=own.key, reason=VoidReason.WRONG_HOURS, by=SYSTEM, at=MONDAY + 21 * HOUR)

    counts = figures(OWN).counts
    assert (counts.breached, counts.void, counts.corrected, counts.share) == (0, 1, 1, None)
    assert figures(LIMIT).counts.corrected == 0


def test_history_statistics_and_breaches_stay_when_the_policy_is_deleted():
    left(a_ticket(), hours=20)
    before = attainment(WEEK, by=By.AGENT, scope=EVERYTHING)
    for policy in Policy.objects.filter(retired_at=None):
        retire_policy(policy.pk, by=SYSTEM, at=MONDAY + 30 * HOUR)

    assert attainment(WEEK, by=By.AGENT, scope=EVERYTHING) == before


def test_what_an_answer_ended_belongs_to_who_wrote_it_and_what_nobody_ended_to_nobody():
    jana = an_agent()
    left(a_ticket(), hours=2, by=Actor.agent(jana.pk))
    filed(a_store(), a_message(sender="other@marketplace.amazon.de"))

    assert figures(OWN, By.AGENT, jana.pk).counts.met == 1
    assert figures(OWN, By.AGENT, NOBODY).counts.running == 1


def test_a_clock_belongs_to_the_day_on_which_it_began_however_late_its_answer():
    left(a_ticket(), hours=20)
    begins = [MONDAY - 10 * HOUR, MONDAY + 14 * HOUR]

    assert figures(OWN, By.DAY, 1, begins=begins).counts.breached == 1
    assert figures(OWN, By.DAY, 2, begins=begins) is None


def test_times_to_the_answer_are_those_of_the_clock():
    left(a_ticket(), hours=20)

    assert figures(OWN).took.quantile(0.5).total_seconds() == pytest.approx(20 * 3600, rel=0.02)
    assert figures(OWN).worked.quantile(0.95).total_seconds() == pytest.approx(20 * 3600, rel=0.02)


def test_an_empty_scope_sees_nothing_and_a_team_only_its_own():
    team = a_team()
    a_ticket(a_store(team=team))
    a_ticket(a_store(), sender="other@marketplace.amazon.de")

    assert attainment(WEEK, by=By.STORE, scope=NOTHING) == {}
    theirs = Scope(teams=frozenset({team.pk}), stores=None, brands=None)
    assert attainment(WEEK, by=By.TEAM, scope=theirs)[OWN].keys() == {team.pk}


def test_a_report_asks_one_statement_whatever_the_number_of_lines(django_assert_num_queries):
    for number in range(4):
        a_ticket(a_store(), sender=f"buyer{number}@marketplace.amazon.de")

    with django_assert_num_queries(1):
        assert len(attainment(WEEK, by=By.STORE, scope=EVERYTHING)[OWN]) == 4


# Figures are what the events say: random histories, recomputed by the fold in memory, one clock at a time.

HAPPENING = st.tuples(
    st.sampled_from(["message", "answer", "provisional", "bounce", "waive", "void", "again"]),
    st.integers(1, 600),
    st.integers(0, 2),
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(HAPPENING, min_size=3, max_size=14))
def test_figures_are_what_the_events_say_over_random_histories(history):
    with transaction.atomic():
        agents = [an_agent() for _ in range(2)]
        tickets = [a_ticket(a_store(), sender=f"b{number}@marketplace.amazon.de") for number in range(3)]
        at = MONDAY
        for what, minutes, which in history:
            at += timedelta(minutes=minutes)
            happen(what, tickets[which], by=Actor.agent(agents[which % 2].pk), at=at)
        sweep(Watch(), at)

        for by, line_of in (
            (By.AGENT, lambda row, credit: credit.ended_by or NOBODY),
            (By.STORE, lambda row, credit: row.ticket.store),
        ):
            assert told(attainment(WEEK, by=by, scope=EVERYTHING)) == recomputed(tickets, line_of, at)
        transaction.set_rollback(True)


def happen(what, ticket, *, by, at):
    talk = Conversation.objects.filter(ticket=ticket).latest("pk")
    newest = Message.objects.filter(ticket=ticket, direction="in").latest("pk")
    match what:
        case "message" | "again":
            identity = Identity.objects.get(conversations=talk)
            filed(ticket.store, a_message(at=at, sender=identity.key))
        case "answer" | "provisional" if owes(ticket):
            delivery = answered(ticket, at=at, by=by)
            attempted(
                delivery, Sent(at=at, external_id="250", answer="250 ok", provisional=what == "provisional"), at=at
            )
        case "bounce":
            for sent in Delivery.objects.filter(message__ticket=ticket, state=DeliveryState.ACCEPTED)[:1]:
                comes_back(sent, at=at)
        case "waive" if owes(ticket):
            waive(ticket.pk, conversation_id=talk.pk, up_to=newest.pk, reason=WaiveReason.THANKS, by=by, at=at)
        case "void":
            clock = Clock.objects.filter(ticket=ticket).exclude(outcome="void").first()
            if clock:
                strike_out(ticket.pk, clock=clock.key, reason=VoidReason.SPAM, by=by, at=at)


def owes(ticket):
    return QueuePlace.objects.filter(ticket=ticket).exists()


def told(report):
    return {
        (measure, line): (figures.counts, figures.took, figures.worked)
        for measure, lines in report.items()
        for line, figures in lines.items()
    }


def recomputed(tickets, line_of, at):
    report = {}
    for kept in kept_of([ticket.pk for ticket in tickets], at=at).values():
        for clock in kept.state.clocks:
            credit = kept.credits[clock.key]
            channel = "amazon" if clock.kind == "platform" else ""
            key = Measure(clock.kind.value, channel, clock.metric), line_of(kept, credit)
            took = worked = Histogram()
            if clock.met_at and clock.kind != "platform" and clock.outcome != "void":
                took = Histogram({class_of((clock.met_at - clock.started_at).total_seconds()): 1})
                worked = Histogram() if credit.worked is None else Histogram({class_of(credit.worked): 1})
            one = counts_of(clock.outcome, 1, corrected=int(credit.corrected_at is not None)), took, worked
            report[key] = tuple(map(add, report.get(key, (Counts(), Histogram(), Histogram())), one))
    return report
