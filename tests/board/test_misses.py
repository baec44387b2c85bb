"""How many misses are still forgiven, as the board shows it for each channel."""

from datetime import timedelta

import pytest

from tests.factories.messages import a_message, filed
from tests.factories.shops import MONDAY, a_store, a_team
from tresen.accounts.actors import SYSTEM
from tresen.accounts.scope import EVERYTHING, NOTHING, Scope
from tresen.board.misses import misses_left, pressing, tightest
from tresen.reports.health import standings
from tresen.sla.defaults import create_defaults
from tresen.sla.watching import Watch, sweep

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def missed():
    """One message of two is missed: far too many."""
    create_defaults(by=SYSTEM, at=MONDAY - DAY)
    store = a_store()
    for number, at in enumerate((MONDAY, MONDAY + 2 * DAY)):
        filed(store, a_message(sender=f"b{number}@marketplace.amazon.de", at=at))
    sweep(Watch(), MONDAY + 2 * DAY)
    return store


def test_the_tightest_measure_of_a_channel_is_told(missed):
    at = MONDAY + 2 * DAY
    found = tightest(misses_left(at).seen(EVERYTHING))
    budgets = [one.budget for one in standings(scope=EVERYTHING, at=at) if one.budget and one.held.missed]
    assert found["amazon"].left == min(budget.left for budget in budgets) == -1
    assert found["amazon"].pressing
    assert found["amazon"].store == missed.pk


def test_a_store_whose_misses_are_nearly_spent_is_pressing_by_the_limit_that_its_measure_counts(missed):
    fine = a_store()
    filed(fine, a_message(sender="other@marketplace.amazon.de", at=MONDAY + 2 * DAY))
    assert pressing(misses_left(MONDAY + 2 * DAY)).keys() == {(missed.name, "response_rate")}


def test_what_counts_nothing_forgives_nothing_in_particular():
    a_store()
    assert tightest(misses_left(MONDAY)) == {}


def test_who_sees_no_store_is_told_of_none(missed):
    assert misses_left(MONDAY + 2 * DAY).seen(NOTHING).stores == ()


def test_a_lead_is_told_of_the_stores_whose_mail_comes_to_teams_of_theirs(missed):
    at = MONDAY + 2 * DAY
    theirs = Scope(teams=frozenset({missed.default_team_id}), stores=None, brands=None)
    others = Scope(teams=frozenset({a_team().pk}), stores=None, brands=None)
    assert misses_left(at).seen(theirs).stores
    assert misses_left(at).seen(others).stores == ()
