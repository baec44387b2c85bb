from datetime import timedelta

import pytest

from tests.factories.replies import a_ticket, answered, leaves
from tests.factories.shops import MONDAY, a_store
from tresen.accounts.actors import SYSTEM
from tresen.accounts.scope import EVERYTHING, NOTHING
from tresen.reports.attainment import By, Measure, attainment
from tresen.reports.counted import After, Which, counted
from tresen.reports.slices import Slice
from tresen.sla.defaults import create_defaults

pytestmark = pytest.mark.django_db
WEEK = Slice(since=MONDAY - timedelta(days=1), until=MONDAY + timedelta(days=7))


@pytest.fixture
def tickets():
    create_defaults(by=SYSTEM, at=MONDAY - timedelta(days=30))
    store = a_store()
    made = [a_ticket(store, sender=f"buyer{number}@marketplace.amazon.de") for number in range(7)]
    for hours, ticket in enumerate(made[:5]):
        leaves(answered(ticket, at=MONDAY + timedelta(hours=5 * hours)), at=MONDAY + timedelta(hours=5 * hours))
    return made


def all_pages(measure, which, *, most=2):
    found, after = [], None
    while True:
        page = counted(WEEK, measure, which, scope=EVERYTHING, after=after, most=most)
        found += [clock.id for clock in page.clocks]
        if page.next is None:
            return found
        after = After.read(page.next.token())


def test_every_number_is_as_large_as_the_list_behind_it(tickets):
    for measure, lines in attainment(WEEK, by=By.CHANNEL, scope=EVERYTHING).items():
        counts = lines["amazon"].counts
        for which in (Which.MET, Which.BREACHED, Which.WAIVED, Which.VOID, Which.RUNNING, Which.DECIDED):
            found = all_pages(measure, which)
            assert len(found) == len(set(found)) == getattr(counts, which)
    assert counts.decided


def test_an_empty_scope_lists_nothing(tickets):
    assert counted(WEEK, Measure("own", "", "first_reply"), Which.ALL, scope=NOTHING).clocks == []


def test_a_token_that_we_never_gave_leads_to_the_first_page():
    assert After.read("") is None
    assert After.read("2026-11-16T09:00:00~1") is None
    assert After.read("yesterday~x") is None
