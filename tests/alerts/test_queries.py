"""What an agent sees of their notices."""

from datetime import timedelta

import pytest

from tests.alerts.notices import a_notice_to
from tests.factories.replies import a_ticket
from tests.factories.shops import MONDAY, an_agent
from tresen.accounts.models import Agent
from tresen.accounts.scope import EVERYTHING, NOTHING
from tresen.alerts.queries import MOST_COUNTED, PAGE, Cursor, page_of, unread_count
from tresen.sla.models import Clock, Notice
from tresen.tickets.models import Ticket

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(hours=1)


@pytest.fixture
def ticket() -> Ticket:
    return a_ticket()


@pytest.fixture
def agent(ticket: Ticket) -> Agent:
    return an_agent(ticket.team)


def test_only_what_is_to_be_seen_by_now_and_is_unread_counts(agent: Agent, ticket: Ticket) -> None:
    a_notice_to(agent, ticket)
    a_notice_to(agent, ticket, at=LATER + timedelta(seconds=1))
    Notice.objects.filter(pk=a_notice_to(agent, ticket).pk).update(read_at=MONDAY)
    a_notice_to(an_agent(), ticket)
    assert unread_count(agent.pk, scope=EVERYTHING, at=LATER) == 1


def test_a_ticket_out_of_scope_is_neither_counted_nor_shown(agent: Agent, ticket: Ticket) -> None:
    a_notice_to(agent, ticket)
    assert unread_count(agent.pk, scope=NOTHING, at=LATER) == 0
    assert page_of(agent.pk, scope=NOTHING, at=LATER).notices == []


def test_the_count_ends_somewhere(agent: Agent, ticket: Ticket) -> None:
    for _ in range(MOST_COUNTED + 5):
        a_notice_to(agent, ticket)
    assert unread_count(agent.pk, scope=EVERYTHING, at=LATER) == MOST_COUNTED


def test_pages_follow_each_other_without_gap_or_repetition(agent: Agent, ticket: Ticket) -> None:
    """Also where many came at the same instant."""
    made = [a_notice_to(agent, ticket, at=MONDAY + timedelta(minutes=number // 30)) for number in range(PAGE + 25)]
    first = page_of(agent.pk, scope=EVERYTHING, at=LATER)
    assert first.next is not None
    behind = Cursor.read(first.next.token())
    second = page_of(agent.pk, scope=EVERYTHING, at=LATER, after=behind)
    assert second.next is None
    assert [*first.notices, *second.notices] == list(reversed(made))


def test_a_made_up_cursor_begins_at_the_top() -> None:
    assert Cursor.read("invented") is None


def test_read_ones_can_be_left_out(agent: Agent, ticket: Ticket) -> None:
    a_notice_to(agent, ticket)
    Notice.objects.update(read_at=MONDAY)
    left = a_notice_to(agent, ticket)
    assert page_of(agent.pk, scope=EVERYTHING, at=LATER, only_unread=True).notices == [left]


def test_a_notice_comes_with_its_clock_as_it_stands_now(agent: Agent, ticket: Ticket) -> None:
    clock = Clock.objects.filter(ticket=ticket, kind="platform").order_by("due")[0]
    about, other = a_notice_to(agent, ticket, clock=clock.key), a_notice_to(agent, ticket)
    page = page_of(agent.pk, scope=EVERYTHING, at=LATER)
    assert page.clock_of(about) == clock
    assert page.clock_of(other) is None
