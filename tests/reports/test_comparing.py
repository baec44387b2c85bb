"""How far the platform's figure is from ours, and how many messages could make that up."""

from datetime import timedelta

import pytest

from tests.factories.replies import a_ticket, answered, leaves
from tests.factories.shops import MONDAY, a_store
from tresen.accounts.actors import SYSTEM
from tresen.accounts.scope import EVERYTHING, NOTHING
from tresen.reports.comparing import compared
from tresen.reports.differences import FEWER_THERE, MORE_THERE
from tresen.reports.entering import Given, enter_figures
from tresen.reports.health import standings
from tresen.sla.defaults import create_defaults
from tresen.sla.watching import Watch, sweep

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
LATER = MONDAY + timedelta(days=3)
KEY = "late_responses_30"
TODAY = LATER.date()


@pytest.fixture
def store(db):
    """Ten messages: seven clearly in time, one just so, one a little late and one without an answer."""
    create_defaults(by=SYSTEM, at=MONDAY - timedelta(days=30))
    store = a_store()
    made = [a_ticket(store, sender=f"b{number}@marketplace.amazon.de") for number in range(10)]
    for ticket, hours in zip(made, [1] * 7 + [23.8, 24.2], strict=False):
        leaves(answered(ticket, at=MONDAY + hours * HOUR), at=MONDAY + hours * HOUR)
    sweep(Watch(), LATER)
    return store


def beside(store, value, *, day=TODAY, at=LATER, scope=EVERYTHING):
    given = Given(store=store.pk, measure=KEY, as_of=day, value=value)
    enter_figures([given], by=SYSTEM, at=at)
    standing = next(one for one in standings(scope=EVERYTHING, at=at) if one.measure.key == KEY)
    return compared(standing, scope=scope, at=at)


def test_a_higher_figure_there_is_so_many_misses_more_and_only_what_was_in_time_here_can_make_it(store):
    found = beside(store, 30)
    assert (found.ours, found.missed, found.counted) == (20, 2, 10)
    assert (found.misses, found.whys, found.could, found.reach) == (1, MORE_THERE, 1, 30)
    assert found.enough


def test_a_lower_figure_there_is_so_many_misses_fewer_and_only_what_was_missed_here_can_make_it(store):
    found = beside(store, 10)
    assert (found.misses, found.whys, found.could, found.reach) == (-1, FEWER_THERE, 2, 0)
    assert found.enough


def test_it_says_when_what_is_known_is_not_enough(store):
    assert not beside(store, 60).enough


def test_figures_that_are_the_same_leave_nothing_to_explain(store):
    assert beside(store, 20).same


def test_the_platforms_figure_of_an_earlier_day_is_set_beside_ours_as_of_then(store):
    found = beside(store, 0, day=MONDAY.date())
    assert (found.ours, found.counted, found.open) == (0, 7, 3)
    assert found.same


def test_without_a_figure_or_a_scope_there_is_nothing_to_compare(store):
    standing = next(one for one in standings(scope=EVERYTHING, at=LATER) if one.measure.key == KEY)
    assert compared(standing, scope=EVERYTHING, at=LATER) is None
    assert beside(store, 10, scope=NOTHING) is None
