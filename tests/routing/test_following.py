"""When who works when changes, the places of open tickets follow, and what is owed stays as it was."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from pytest_django import DjangoAssertNumQueries

from tests.factories.messages import a_message, filed
from tests.factories.shops import MONDAY, a_store
from tests.staffing.rosters import a_timetable, an_agent
from tresen.accounts.actors import SYSTEM
from tresen.routing import following
from tresen.routing import verifying as places
from tresen.routing.following import follow_coverage
from tresen.routing.models import QueuePlace
from tresen.sla import verifying as clocks
from tresen.sla.defaults import create_defaults
from tresen.sla.models import Clock
from tresen.staffing.absences import report_absence
from tresen.staffing.covering import cover_team
from tresen.staffing.models import AbsenceKind, CoverageFollowed
from tresen.staffing.on_call import put_on_call
from tresen.staffing.plans import TimetablePlan
from tresen.staffing.rostering import plan_day
from tresen.staffing.timetables import change_timetable
from tresen.stores.models import Store

pytestmark = pytest.mark.django_db(transaction=True)

FRIDAY = datetime(2026, 11, 20, 17, 40, tzinfo=UTC)
SATURDAY = date(2026, 11, 21)
HOUR = timedelta(hours=1)


@pytest.fixture
def store() -> Store:
    """Its team works Monday to Friday, 9 to 17, and has a message of Friday evening."""
    create_defaults(by=SYSTEM, at=MONDAY - timedelta(days=30))
    made = a_store()
    cover_team(made.default_team_id, timetable_id=a_timetable("Office").timetable_id, by=SYSTEM, at=MONDAY)
    filed(made, a_message(at=FRIDAY))
    settle()
    return made


def settle() -> None:
    while follow_coverage(FRIDAY):
        pass


def act_by() -> tuple[datetime | None, bool]:
    place = QueuePlace.objects.get()
    return place.act_by, place.unstaffed


def is_whole() -> bool:
    tickets = list(QueuePlace.objects.values_list("ticket_id", flat=True))
    return not (places.differences(tickets, at=FRIDAY) or clocks.differences(tickets, at=FRIDAY))


def rostered_saturday(store: Store) -> None:
    agent = an_agent("ada", store.default_team_id)
    plan_day(agent, SATURDAY, [("06:00", "10:00")], team=None, zone="UTC", by=SYSTEM, at=FRIDAY)


def test_a_rostered_saturday_moves_what_must_be_answered_and_no_due_time(store: Store) -> None:
    before = list(Clock.objects.order_by("key").values_list("key", "due", "outcome"))
    assert act_by() == (FRIDAY, True)
    rostered_saturday(store)
    assert is_whole()  # not followed yet, and known to be so
    settle()
    own_due = Clock.objects.get(kind="own").due
    assert own_due is not None
    assert act_by() == (min(own_due, datetime(2026, 11, 21, 10, tzinfo=UTC)), False)
    assert list(Clock.objects.order_by("key").values_list("key", "due", "outcome")) == before
    assert is_whole()


@pytest.mark.parametrize("turned_back", ["absence", "timetable"])
def test_an_absence_and_another_timetable_are_followed_too(store: Store, turned_back: str) -> None:
    rostered_saturday(store)
    settle()
    if turned_back == "absence":
        agent = store.default_team.agents.get().pk
        report_absence(agent, AbsenceKind.SICK, starts=FRIDAY, ends=None, hand_over=False, by=SYSTEM, at=FRIDAY)
    else:
        plan_day(store.default_team.agents.get().pk, SATURDAY, [], team=None, zone="UTC", by=SYSTEM, at=FRIDAY)
    settle()
    assert act_by() == (FRIDAY, True)
    assert is_whole()


def test_an_edited_timetable_is_followed(store: Store) -> None:
    timetable = store.default_team.coverage.timetable_id
    plan = TimetablePlan(zone="UTC", week={day: [("09:00", "20:00")] for day in range(5)})
    change_timetable(timetable, plan=plan, by=SYSTEM, at=FRIDAY)
    settle()
    assert act_by() == (datetime(2026, 11, 20, 20, tzinfo=UTC), False)
    assert is_whole()


def test_alarms_follow_with_the_act_by(store: Store) -> None:
    alarms = dict(Clock.objects.values_list("key", "next_alarm_at"))
    rostered_saturday(store)
    settle()
    assert dict(Clock.objects.values_list("key", "next_alarm_at")) != alarms
    assert is_whole()


def test_a_pass_goes_on_from_where_it_was_killed(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    filed(store, *(a_message(at=FRIDAY, sender=f"buyer{number}@marketplace.amazon.de") for number in range(5)))
    monkeypatch.setattr(following, "AT_ONCE", 2)
    rostered_saturday(store)
    follow_coverage(FRIDAY)  # notices
    follow_coverage(FRIDAY)  # two tickets
    done = QueuePlace.objects.filter(unstaffed=False).count()
    assert done == 2
    monkeypatch.setattr(following, "reached_ticket", _killed)
    with pytest.raises(RuntimeError):
        follow_coverage(FRIDAY)
    assert QueuePlace.objects.filter(unstaffed=False).count() == done
    monkeypatch.undo()
    settle()
    assert not QueuePlace.objects.filter(unstaffed=True).exists()
    assert is_whole()


def test_tier_0_follows_the_on_call_list_from_where_a_kill_left_it(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    threats = (f"buyer{number}@marketplace.amazon.de" for number in range(3))
    filed(store, *(a_message(at=FRIDAY, sender=sender, text="Ich stelle einen A-bis-z-Antrag!") for sender in threats))
    claims = QueuePlace.objects.filter(queue_tier=0, act_by__lt=FRIDAY + 24 * HOUR)
    night = FRIDAY + 4 * HOUR
    put_on_call(an_agent("ada"), starts=FRIDAY + HOUR, ends=night, by=SYSTEM, at=FRIDAY)
    assert is_whole()  # not followed yet, and known to be so
    monkeypatch.setattr(following, "AT_ONCE", 2)
    follow_coverage(FRIDAY)  # notices
    follow_coverage(FRIDAY)  # two tickets
    assert claims.filter(act_by__gt=FRIDAY).count() == 2
    monkeypatch.setattr(following, "reached_ticket", _killed)
    with pytest.raises(RuntimeError):
        follow_coverage(FRIDAY)
    assert claims.filter(act_by__gt=FRIDAY).count() == 2
    monkeypatch.undo()
    settle()
    assert set(claims.values_list("act_by", "unstaffed")) == {(night, False)}
    assert claims.count() == 3
    assert QueuePlace.objects.exclude(queue_tier=0).get().act_by == FRIDAY  # a question waits for the team
    assert is_whole()


def _killed(*_args: object) -> None:
    raise RuntimeError("killed")


def test_what_changes_during_a_pass_begins_another(store: Store) -> None:
    rostered_saturday(store)
    follow_coverage(FRIDAY)
    agent = store.default_team.agents.get().pk
    plan_day(agent, SATURDAY, [("06:00", "07:00")], team=None, zone="UTC", by=SYSTEM, at=FRIDAY)
    settle()
    assert act_by() == (datetime(2026, 11, 21, 7, tzinfo=UTC), False)


@pytest.fixture
def beside() -> Iterator[Callable[[str], None]]:
    """Runs a statement on another connection."""
    line = connection.copy()

    def run(statement: str) -> None:
        with line.cursor() as cursor:
            cursor.execute(statement)

    yield run
    line.close()


def test_a_pass_made_beside_an_older_transaction_is_made_once_more(store: Store, beside: Callable[[str], None]) -> None:
    beside("BEGIN")
    beside("SELECT pg_current_xact_id()")
    rostered_saturday(store)
    settle()
    assert act_by()[1] is False
    assert CoverageFollowed.objects.get(team=store.default_team_id).following
    beside("COMMIT")
    settle()
    assert not CoverageFollowed.objects.get(team=store.default_team_id).following


def test_who_works_when_costs_five_queries_for_all_while_it_stays(
    store: Store, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    rostered_saturday(store)
    settle()
    with django_assert_num_queries(5):
        assert follow_coverage(FRIDAY) == 0
