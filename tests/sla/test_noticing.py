"""Who is told about a clock, and from when on they see it."""

from datetime import datetime, timedelta

import pytest

from tests.factories.replies import a_ticket
from tests.factories.shops import MONDAY, an_agent
from tresen.accounts.actors import SYSTEM
from tresen.accounts.models import Agent, Role, TeamMembership
from tresen.clock import alarms
from tresen.clock.alarms import NoticeKind
from tresen.sla.models import Notice
from tresen.sla.noticing import SOON_ENOUGH, tell
from tresen.staffing.covering import set_shift
from tresen.staffing.plans import TimetablePlan
from tresen.staffing.timetables import create_timetable
from tresen.tickets.assigning import assign
from tresen.tickets.models import Ticket

pytestmark = pytest.mark.django_db


def notice(kind: NoticeKind = NoticeKind.BREACHED, *, at: datetime = MONDAY) -> alarms.Notice:
    return alarms.Notice(key=f"{kind.value}:{at.isoformat()}", kind=kind, clock="own:1", at=at)


def told(ticket: Ticket, *what: alarms.Notice, since: datetime = MONDAY, at: datetime = MONDAY) -> set[int]:
    tell({ticket.pk: what}, since={ticket.pk: since}, at=at)
    return set(Notice.objects.values_list("recipient_id", flat=True))


def a_lead(ticket: Ticket) -> Agent:
    lead = an_agent(role=Role.LEAD)
    TeamMembership.objects.create(team=ticket.team, agent=lead, leads=True)
    return lead


@pytest.fixture
def ticket() -> Ticket:
    return a_ticket()


@pytest.fixture
def assignee(ticket: Ticket) -> Agent:
    agent = an_agent(ticket.team)
    assign(ticket.pk, assignee_id=agent.pk, by=SYSTEM, at=MONDAY)
    return agent


def test_a_warning_goes_to_who_answers_for_it_alone(ticket: Ticket, assignee: Agent) -> None:
    a_lead(ticket)
    assert told(ticket, notice(NoticeKind.WARNING)) == {assignee.pk}


def test_a_breach_goes_to_the_leads_too(ticket: Ticket, assignee: Agent) -> None:
    an_agent(role=Role.ADMIN)
    assert told(ticket, notice()) == {assignee.pk, *Agent.objects.filter(role=Role.ADMIN).values_list("pk", flat=True)}
    Notice.objects.all().delete()
    lead = a_lead(ticket)
    assert told(ticket, notice()) == {assignee.pk, lead.pk}


def test_a_lead_who_answers_himself_is_told_once(ticket: Ticket) -> None:
    lead = a_lead(ticket)
    TeamMembership.objects.filter(agent=lead).update(leads=True)
    assign(ticket.pk, assignee_id=lead.pk, by=SYSTEM, at=MONDAY)
    assert told(ticket, notice()) == {lead.pk}
    assert Notice.objects.count() == 1


def test_what_nobody_answers_for_goes_to_the_leads_else_to_the_admins(ticket: Ticket) -> None:
    admin = an_agent(role=Role.ADMIN)
    assert told(ticket, notice(NoticeKind.WARNING)) == {admin.pk}
    lead = a_lead(ticket)
    assert told(ticket, notice(NoticeKind.ACT_BY_PASSED)) == {admin.pk, lead.pk}
    assert Notice.objects.get(kind="act_by_passed").recipient == lead


def test_who_cannot_sign_in_any_more_is_told_nothing_and_the_next_on_the_ladder_is(
    ticket: Ticket, assignee: Agent
) -> None:
    lead, admin = a_lead(ticket), an_agent(role=Role.ADMIN)
    Agent.objects.filter(pk__in=[assignee.pk, lead.pk]).update(is_active=False)
    assert told(ticket, notice(NoticeKind.WARNING)) == {admin.pk}


def test_where_there_is_nobody_to_tell_nothing_is_kept(ticket: Ticket) -> None:
    assert told(ticket, notice()) == set()


def test_what_fell_due_before_we_came_for_it_was_told_before(ticket: Ticket, assignee: Agent) -> None:
    assert told(ticket, notice(at=MONDAY - timedelta(seconds=1))) == set()
    assert told(ticket, notice(), notice()) == {assignee.pk}
    assert told(ticket, notice(at=MONDAY)) == {assignee.pk}
    assert Notice.objects.count() == 1


def test_an_answer_that_can_no_longer_bounce_is_told_to_nobody(ticket: Ticket, assignee: Agent) -> None:
    assert told(ticket, notice(NoticeKind.CONFIRMED)) == set()


# The shift opens at 12:00 in London, which is 12:00 UTC in November.
NOON = MONDAY.replace(hour=12)


@pytest.mark.parametrize(
    ("kind", "before", "shown"),
    [
        (NoticeKind.BREACHED, timedelta(hours=3), NOON),
        (NoticeKind.WARNING, SOON_ENOUGH, NOON),
        (NoticeKind.WARNING, SOON_ENOUGH + timedelta(minutes=1), NOON - SOON_ENOUGH - timedelta(minutes=1)),
        (NoticeKind.ACT_BY_PASSED, timedelta(hours=3), NOON - timedelta(hours=3)),
        (NoticeKind.BREACHED, -timedelta(hours=1), NOON + timedelta(hours=1)),
    ],
)
def test_a_breach_waits_for_working_time_and_a_warning_only_where_that_is_soon(
    ticket: Ticket, assignee: Agent, kind: NoticeKind, before: timedelta, shown: datetime
) -> None:
    plan = TimetablePlan(zone="Europe/London", week={day: [("12:00", "20:00")] for day in range(5)})
    shift = create_timetable(name="Late", plan=plan, by=SYSTEM, at=MONDAY - timedelta(days=30))
    set_shift(assignee.pk, timetable_id=shift.timetable_id, by=SYSTEM, at=MONDAY - timedelta(days=30))
    at = NOON - before
    told(ticket, notice(kind, at=at), since=at, at=at)
    assert Notice.objects.get().shown_from == shown
