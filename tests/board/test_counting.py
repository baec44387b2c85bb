"""What the board counts, against what its links show."""

from datetime import timedelta

import pytest

from tests.factories.messages import a_message, filed
from tests.factories.replies import answered, leaves
from tests.factories.shops import MONDAY, a_store, a_team, an_agent
from tresen.accounts.actors import SYSTEM, Actor
from tresen.accounts.scope import EVERYTHING, Scope
from tresen.board.answers import answers_of_shift
from tresen.board.counting import count
from tresen.board.figures import NONE_RUNNING, Running
from tresen.board.paces import pace_of
from tresen.routing.leasing import next_for
from tresen.routing.queues import counts
from tresen.routing.views import Side, View, ViewKind
from tresen.sla.defaults import create_defaults
from tresen.sla.watching import Watch, sweep
from tresen.staffing.covering import cover_team, set_shift
from tresen.staffing.models import TeamCoverage, Timetable
from tresen.staffing.plans import TimetablePlan
from tresen.staffing.timetables import create_timetable
from tresen.tickets.assigning import assign
from tresen.tickets.models import Ticket

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def _defaults(db: None) -> None:
    create_defaults(by=SYSTEM, at=MONDAY - timedelta(days=30))


def _asked(store, *hours: float) -> list[int]:
    """A question each, so many hours after Monday morning."""
    return [
        filed(store, a_message(sender=f"b{number}@marketplace.amazon.de", at=MONDAY + hour * HOUR))[0].ticket.id
        for number, hour in enumerate(hours)
    ]


def _sum(figures, side: str) -> Running:
    return sum((getattr(cell, side) for cell in figures.cells), NONE_RUNNING)


def test_every_count_is_as_many_rows_as_its_link_shows() -> None:
    amazon, ebay = a_store(), a_store("ebay", "ebay.de")
    _asked(amazon, 0, 0.5, 3, 11.25)
    _asked(ebay, 1, 2)
    now = MONDAY + timedelta(hours=14, minutes=7, seconds=3, microseconds=250)
    sweep(Watch(), now)
    figures = count(now)
    for cell in figures.cells:
        for side in Side:
            views = [View.due(side, figures.at + HOUR * hours, channel=cell.channel) for hours in (1, 4, 12, 24)]
            late = View.late(side, channel=cell.channel)
            shown = counts([*views, late], scope=EVERYTHING, agent_id=0)
            running = getattr(cell, side)
            assert [shown[view].rows for view in views] == [running.within(hours) for hours in (1, 4, 12, 24)]
            assert shown[late].rows == running.missed
    assert _sum(figures, "own").missed == 3  # the first on Amazon after 14 hours, both on eBay after 12
    assert _sum(figures, "own").within(24) == 3


def test_each_hour_of_the_strip_is_as_many_rows_as_its_link_shows() -> None:
    _asked(a_store(), 0, 0.5, 3, 11.25)
    figures = count(MONDAY + 12 * HOUR)
    (cell,) = figures.cells
    for number, many in enumerate(cell.platform.hours):
        after = figures.at + HOUR * number if number else None
        view = View.due(Side.PLATFORM, figures.at + HOUR * (number + 1), after=after)
        assert counts([view], scope=EVERYTHING, agent_id=0)[view].rows == many
    assert sum(cell.platform.hours) == 4


def test_the_oldest_message_that_waits_is_named_with_its_ticket() -> None:
    first, _ = _asked(a_store(), 1, 2)
    (cell,) = count(MONDAY + 3 * HOUR).cells
    assert (cell.oldest.ticket, cell.oldest.since) == (first, MONDAY + HOUR)


def test_who_answers_for_what_who_holds_what_and_who_answered_are_told_by_agent() -> None:
    store = a_store()
    agent = an_agent(store.default_team)
    one, _, third = _asked(store, 0, 1, 2)
    assign(one, assignee_id=agent.pk, by=SYSTEM, at=MONDAY + 2 * HOUR)
    delivery = answered(Ticket.objects.get(pk=third), by=Actor.agent(agent.pk), at=MONDAY + 3 * HOUR)
    leaves(delivery, at=MONDAY + 3 * HOUR)
    held = next_for(agent.pk, scope=EVERYTHING, at=MONDAY + 4 * HOUR)
    figures = count(MONDAY + 4 * HOUR + timedelta(minutes=5))
    assert [(one.agent, one.tickets) for one in figures.assigned] == [(agent.pk, 1)]
    assert [(one.agent, one.ticket) for one in figures.held] == [(agent.pk, held)]
    assert [(one.agent, one.last_hour, one.lately) for one in figures.answered] == [(agent.pk, 0, 1)]
    view = View(ViewKind.AGENT, str(agent.pk))
    assert counts([view], scope=EVERYTHING, agent_id=0)[view].rows == 1


def test_a_scope_sees_its_own_part_and_an_empty_one_nothing() -> None:
    here, there = a_store(team=a_team()), a_store(team=a_team())
    _asked(here, 0, 1)
    _asked(there, 0)
    figures = count(MONDAY + 2 * HOUR)
    scope = Scope(frozenset({here.default_team_id}), frozenset({here.pk}), frozenset())
    assert [cell.open for cell in figures.seen(scope).cells] == [2]
    assert [crew.team for crew in figures.seen(scope).crews] == [here.default_team_id]
    blind = figures.seen(Scope(frozenset({here.default_team_id}), frozenset(), frozenset()))
    assert (blind.cells, blind.crews, blind.held) == ((), (), ())


def _shift(name: str, opens: str, closes: str) -> int:
    plan = TimetablePlan(zone="UTC", week={day: [(opens, closes)] for day in range(7)})
    return create_timetable(name=name, plan=plan, by=SYSTEM, at=MONDAY).timetable_id


def _answers(ticket: int, agent: int, *hours: float) -> None:
    for hour in hours:
        at = MONDAY + hour * HOUR
        leaves(answered(Ticket.objects.get(pk=ticket), by=Actor.agent(agent), at=at), at=at + HOUR / 60)


@pytest.fixture
def nights_and_days():
    """A ticket of a team that works around the clock, its agent of the night and both of the day; now it is 08:30."""
    store = a_store()
    around = _shift("Around the clock", "00:00", "24:00")
    cover_team(store.default_team_id, timetable_id=around, by=SYSTEM, at=MONDAY)
    people = [an_agent(store.default_team).pk for _ in range(3)]
    night, day = _shift("Night", "22:00", "08:00"), _shift("Day", "08:00", "16:00")
    for agent, shift in zip(people, (night, day, day), strict=True):
        set_shift(agent, timetable_id=shift, by=SYSTEM, at=MONDAY)
    (ticket,) = _asked(store, 0)
    return ticket, people


def test_in_the_morning_the_pace_is_the_days(nights_and_days) -> None:
    midnight = MONDAY.replace(hour=0) + 24 * HOUR
    at = [(midnight + hour * HOUR - MONDAY) / HOUR for hour in (5.75, 6.5, 7.5, 7.9, 8.1, 8.2, 8.3, 8.4)]
    ticket, (night, first, second) = nights_and_days
    _answers(ticket, night, *at[:4])
    _answers(ticket, first, at[3], *at[4:])  # one before the shift began, which leaves in the same minutes
    _answers(ticket, second, at[4])
    now = midnight + 8.5 * HOUR
    figures = count(now)
    pace = pace_of(figures)
    assert (pace.answers, pace.person_hours, pace.an_hour) == (5, 1, 5)
    assert sum(one.lately for one in figures.answered) == 10
    listed = answers_of_shift(now, scope=EVERYTHING)
    assert {(one.message.agent_id, one.message.occurred_at >= midnight + 8 * HOUR) for one in listed} == {
        (first, True),
        (second, True),
    }
    assert len(listed) == pace.answers
    assert answers_of_shift(now, scope=Scope(frozenset(), frozenset(), frozenset())) == []


def test_an_answer_of_the_evening_that_leaves_in_the_morning_tells_nothing(nights_and_days) -> None:
    midnight = MONDAY.replace(hour=0) + 24 * HOUR
    ticket, (_, first, _) = nights_and_days
    leaves(
        answered(Ticket.objects.get(pk=ticket), by=Actor.agent(first), at=midnight - 9 * HOUR),
        at=midnight + 8.25 * HOUR,
    )
    assert pace_of(count(midnight + 8.5 * HOUR)).answers == 0


def test_where_it_is_nobodys_shift_no_pace_is_told(nights_and_days) -> None:
    ticket, (night, *_) = nights_and_days
    TeamCoverage.objects.update(timetable_id=Timetable.objects.get(name="Day"))
    midnight = MONDAY.replace(hour=0) + 24 * HOUR
    _answers(ticket, night, *[(midnight + 15 * HOUR - MONDAY) / HOUR] * 5)
    pace = pace_of(count(midnight + 16 * HOUR))
    assert (pace.on_shift, pace.answers, pace.an_hour) == (False, 0, None)


def test_answers_of_a_team_whose_people_nobody_named_count_from_when_it_began() -> None:
    store = a_store()
    cover_team(store.default_team_id, timetable_id=_shift("Day", "08:00", "16:00"), by=SYSTEM, at=MONDAY)
    (ticket,) = _asked(store, 0)
    midnight = MONDAY.replace(hour=0) + 24 * HOUR
    _answers(ticket, an_agent().pk, *((midnight + hour * HOUR - MONDAY) / HOUR for hour in (7.5, 8.25, 9)))
    now = midnight + 10 * HOUR
    pace = pace_of(count(now))
    assert (pace.answers, pace.person_hours) == (2, 2)
    assert len(answers_of_shift(now, scope=EVERYTHING)) == 2
