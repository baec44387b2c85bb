from datetime import UTC, datetime, timedelta

from tresen.accounts.scope import EVERYTHING, NOTHING
from tresen.routing.choosing import Taker, Work
from tresen.routing.sharing import Colleague, Left, shared

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)


def left(ticket, act_by=None):
    return Left(ticket, team=1, store=1, brand=1, act_by=act_by)


def colleague(agent, *, languages=(), held=0, capacity=None, scope=EVERYTHING, there_from=AT):
    taker = Taker(agent=agent, languages=frozenset(languages), held=held, capacity=capacity)
    return Colleague(taker=taker, scope=scope, there_from=there_from)


def share(lefts, *colleagues, language=""):
    work = {one.ticket: Work(language=language) for one in lefts}
    return shared(lefts, work, colleagues, at=AT)


def test_what_is_left_is_shared_so_that_all_hold_alike():
    tickets = [left(number) for number in range(6)]
    found = share(tickets, colleague(1, held=3), colleague(2), colleague(3, held=1))
    assert sorted(found.values()) == [1, 2, 2, 2, 3, 3]


def test_only_who_speaks_the_language_takes_over():
    assert share([left(1)], colleague(1, languages=["de"]), colleague(2, languages=["it"], held=9), language="it") == {
        1: 2
    }
    assert share([left(1)], colleague(1, languages=["de"]), language="it") == {1: None}


def test_who_does_not_see_the_ticket_does_not_get_it():
    assert share([left(1)], colleague(1, scope=NOTHING)) == {1: None}


def test_who_is_full_gets_no_more():
    found = share([left(1), left(2)], colleague(1, capacity=2, held=1))
    assert found == {1: 1, 2: None}


def test_who_is_at_work_comes_before_who_comes_in_time_and_who_comes_too_late_gets_nothing():
    later, now = colleague(1, there_from=AT + HOUR), colleague(2, held=50)
    assert share([left(1, act_by=AT + 2 * HOUR)], later, now) == {1: 2}
    assert share([left(1, act_by=AT + 2 * HOUR)], later) == {1: 1}
    assert share([left(1, act_by=AT + HOUR)], later) == {1: None}
    assert share([left(1)], later, colleague(3, there_from=None)) == {1: None}
