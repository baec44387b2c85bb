"""The list of open cases, in the order in which they must be answered."""

from datetime import timedelta

import pytest

from tests.factories.replies import a_ticket
from tests.factories.shops import MONDAY, a_store, a_team
from tresen.accounts.actors import SYSTEM
from tresen.accounts.scope import EVERYTHING, NOTHING, Scope
from tresen.channels.cases import CaseKind
from tresen.duties.cases import answer_case, close_case, file_case
from tresen.routing.queues import counts, first_page
from tresen.routing.views import View, ViewKind
from tresen.sla.defaults import create_defaults
from tresen.tickets.models import Ticket

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
CASES = View(ViewKind.CASES)


@pytest.fixture
def tickets() -> list[Ticket]:
    """Of five tickets one has no case, three have one, due in ten days, 26 hours and two days; the last was closed."""
    create_defaults(by=SYSTEM, at=MONDAY - 30 * DAY)
    store = a_store(team=a_team())
    made = [a_ticket(store, sender=f"b{number}@marketplace.amazon.de") for number in range(5)]
    for ticket, due in zip(made[1:], (10 * DAY, 26 * HOUR, 2 * DAY, DAY), strict=True):
        file_case(ticket.pk, kind=CaseKind.RETURN_REQUEST, due=MONDAY + due, by=SYSTEM, at=MONDAY + HOUR)
    close(made[4])
    return made


def case_of(ticket: Ticket) -> int:
    return int(ticket.cases.get().case_id)


def close(ticket: Ticket) -> None:
    close_case(ticket.pk, case_of(ticket), outcome="settled", by=SYSTEM, at=MONDAY + 2 * HOUR)


def listed(view: View = CASES, scope: Scope = EVERYTHING, **paged: object) -> list[int]:
    return [row.ticket for row in first_page(view, scope=scope, agent_id=0, **paged).rows]  # type: ignore[arg-type]


def test_open_cases_are_listed_by_their_deadline_however_far_off(tickets: list[Ticket]) -> None:
    assert listed() == [tickets[2].pk, tickets[3].pk, tickets[1].pk]
    first = first_page(CASES, scope=EVERYTHING, agent_id=0).rows[0]
    assert (first.case_kind, first.case_due) == ("return_request", MONDAY + 26 * HOUR)
    assert counts([CASES], scope=EVERYTHING, agent_id=0)[CASES].rows == 3


def test_one_that_waits_for_the_platforms_decision_stands_behind_those_with_a_date(tickets: list[Ticket]) -> None:
    answer_case(tickets[2].pk, case_of(tickets[2]), by=SYSTEM, at=MONDAY + 2 * HOUR)
    assert listed() == [tickets[3].pk, tickets[1].pk, tickets[2].pk]
    last = first_page(CASES, scope=EVERYTHING, agent_id=0).rows[-1]
    assert (last.case_kind, last.case_due) == ("return_request", None)


def test_its_pages_follow_each_other(tickets: list[Ticket]) -> None:
    page = first_page(CASES, scope=EVERYTHING, agent_id=0, limit=2)
    assert [row.ticket for row in page.rows] + listed(after=page.next) == listed()


def test_it_keeps_to_a_channel_and_to_the_scope(tickets: list[Ticket]) -> None:
    assert listed(View.parse("cases:amazon")) == listed()
    assert listed(View.parse("cases:ebay")) == []
    assert listed(scope=NOTHING) == []
    assert listed(scope=Scope(teams=frozenset({a_team().pk}), stores=None, brands=None)) == []
