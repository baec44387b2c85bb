"""How many messages come to a team in each hour of a week."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.factories.messages import a_message, filed
from tests.factories.shops import a_store, a_team
from tresen.accounts.models import Team
from tresen.accounts.scope import EVERYTHING, NOTHING, Scope
from tresen.board.arrivals import came
from tresen.board.hourly import HOURS, TeamWeek, count_week
from tresen.stores.models import Store

pytestmark = pytest.mark.django_db

BERLIN = ZoneInfo("Europe/Berlin")
HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(weeks=1)
NOW = datetime(2026, 11, 27, 12, tzinfo=BERLIN)
THURSDAY, FRIDAY, SATURDAY = 3, 4, 5
senders = (f"b{number}@marketplace.amazon.de" for number in range(10_000))


@pytest.fixture
def team() -> Team:
    return a_team()


@pytest.fixture
def store(team: Team) -> Store:
    return a_store(team=team)


def comes(store: Store, at: datetime) -> None:
    filed(store, a_message(sender=next(senders), at=at))


def counted(team: Team, at: datetime = NOW) -> TeamWeek:
    return count_week(team.pk, BERLIN, at)


def test_the_mean_of_each_hour_of_the_last_four_weeks(team: Team, store: Store) -> None:
    comes(store, NOW - 9 * WEEK)
    for number in range(1, 5):
        comes(store, NOW - number * WEEK + HOUR / 2)
        comes(store, NOW - number * WEEK + HOUR / 2)
    comes(store, NOW - DAY - 3 * WEEK + 8 * HOUR)
    comes(store, NOW - 5 * WEEK)
    comes(store, NOW - HOUR)  # today is not over
    comes(a_store(team=a_team()), NOW - WEEK)
    week = counted(team)
    assert week.weeks == 4
    assert week.expected[FRIDAY] == tuple(2.0 if hour == 12 else 0 for hour in range(HOURS))
    assert week.expected[THURSDAY] == tuple(0.25 if hour == 20 else 0 for hour in range(HOURS))
    assert week.expected[SATURDAY] == (0,) * HOURS


def test_a_young_installation_divides_by_the_weeks_there_are(team: Team, store: Store) -> None:
    comes(store, NOW - 13 * DAY)  # a Saturday, at noon
    comes(store, NOW - 6 * DAY)
    comes(store, NOW - 6 * DAY)
    comes(store, NOW - DAY)
    comes(store, NOW - 8 * DAY)
    week = counted(team)
    expected = [None if day is None else sum(day) for day in week.expected]
    assert expected == [0, 0, 0, 1, 0, 2, 0]
    assert [len(days) for days in week.earlier] == [2, 2, 2, 2, 1, 1, 2]
    assert week.weeks == 2


def test_of_a_weekday_that_has_not_been_yet_nothing_is_known(team: Team, store: Store) -> None:
    comes(store, NOW - 2 * DAY)
    expected = [None if day is None else sum(day) for day in counted(team).expected]
    assert expected == [None, None, 1, 0, None, None, None]


def test_before_the_first_message_nothing_is_known(team: Team) -> None:
    assert counted(team).expected == (None,) * 7


def test_who_sees_only_one_store_is_told_of_that_store(team: Team, store: Store) -> None:
    other = a_store(team=team)
    comes(store, NOW - WEEK)
    comes(other, NOW - WEEK)
    comes(other, NOW - 5 * WEEK)
    mine = Scope(teams=frozenset({team.pk}), stores=frozenset({store.pk}), brands=frozenset())
    week = counted(team)
    sums = [sum(week.seen(scope).expected[FRIDAY] or ()) for scope in (EVERYTHING, mine, NOTHING)]
    assert sums == [0.5, 0.25, 0]


def test_the_night_of_the_longer_hour_counts_it_once_and_the_one_without_it_not_at_all(
    team: Team, store: Store
) -> None:
    sunday = 6
    comes(store, datetime(2026, 9, 1, tzinfo=BERLIN))
    for fold in (0, 1):  # half past two comes twice on the 25th of October
        comes(store, datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN, fold=fold))
    comes(store, datetime(2026, 10, 25, 3, 30, tzinfo=BERLIN))
    expected = counted(team, datetime(2026, 10, 26, 12, tzinfo=BERLIN)).expected[sunday]
    assert expected is not None
    assert expected[:5] == (0, 0, 0.5, 0.25, 0)


def test_the_list_of_a_day_shows_as_many_as_were_counted(team: Team, store: Store) -> None:
    comes(store, NOW - 9 * WEEK)
    for number in range(1, 4):
        comes(store, NOW - number * WEEK)
    week = counted(team)
    listed = came(week.earlier[FRIDAY], scope=EVERYTHING, team=team.pk)
    assert listed.total == len(listed.messages) == sum(sum(one.hours) for one in week.counted)
    assert came(week.earlier[FRIDAY], scope=NOTHING, team=team.pk).total == 0
