from datetime import timedelta

import pytest

from tests.staffing.rosters import AT, a_team, an_agent
from tresen.accounts.actors import SYSTEM
from tresen.accounts.models import Agent
from tresen.staffing.on_call import (
    on_call_at,
    on_call_between,
    on_call_hours,
    put_on_call,
    stamp_of,
    take_off_call,
    whole_list,
    with_on_call,
)
from tresen.staffing.queries import coverage_of
from tresen.staffing.rostering import RosterWrong

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


def called(agent, starts, ends):
    return put_on_call(agent, starts=AT + starts * HOUR, ends=AT + ends * HOUR, by=SYSTEM, at=AT)


def test_who_is_on_call_can_be_called_until_relieved():
    ada, ben = an_agent("ada"), an_agent("ben")
    called(ada, 0, 12)
    called(ben, 12, 24)
    assert [on_call_at(AT + hours * HOUR) for hours in (-1, 0, 12, 24)] == [[], [ada], [ben], []]


def test_who_is_locked_out_is_not_called():
    ada = an_agent("ada")
    called(ada, 0, 12)
    Agent.objects.update(is_active=False)
    assert on_call_at(AT) == on_call_hours(AT, AT + 12 * HOUR) == []


def test_on_call_hours_are_joined_and_count_beside_the_teams():
    team, ada = a_team("Returns", "ada")
    called(ada, 8, 12)
    called(ada, 10, 14)
    span = (AT, AT + 24 * HOUR)
    assert on_call_hours(*span) == [(AT + 8 * HOUR, AT + 14 * HOUR)]
    coverage = coverage_of([team])[team]
    assert whole_list() == ((AT + 8 * HOUR, AT + 14 * HOUR),)
    assert with_on_call(coverage, whole_list()).between(*span) == coverage.between(*span) + 6 * HOUR
    assert with_on_call(coverage, ()) is coverage


def test_a_list_is_told_from_another_by_when_somebody_can_be_called():
    ada, ben = an_agent("ada"), an_agent("ben")
    nobody = stamp_of(whole_list())
    called(ada, 0, 12)
    before = stamp_of(whole_list())
    called(ben, 2, 4)
    assert stamp_of(whole_list()) == before != nobody
    called(ben, 12, 13)
    assert stamp_of(whole_list()) != before


def test_an_entry_is_listed_where_it_touches_and_can_be_taken_off():
    ada = an_agent("ada")
    entry = called(ada, 0, 12)
    assert on_call_between(AT + 11 * HOUR, AT + 20 * HOUR) == [entry]
    assert on_call_between(AT + 12 * HOUR, AT + 20 * HOUR) == []
    take_off_call(entry.pk)
    take_off_call(entry.pk)
    assert on_call_at(AT) == []


@pytest.mark.parametrize("ends", [0, -1, 24 * 32])
def test_on_call_lasts_a_while_and_not_for_ever(ends):
    with pytest.raises(RosterWrong, match="at most 31 days"):
        called(an_agent("ada"), 0, ends)
