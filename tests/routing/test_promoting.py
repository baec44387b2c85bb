"""In danger: what must be begun now to be kept comes before what can wait, and no longer than that."""

from datetime import UTC, datetime, timedelta
from itertools import count

import pytest

from tests.factories.messages import a_message, filed
from tests.factories.shops import MONDAY, a_store, a_team, an_agent
from tresen.accounts.actors import SYSTEM
from tresen.accounts.scope import EVERYTHING
from tresen.channels.cases import CaseKind
from tresen.clock.backlog import MARGIN, UNKNOWN_HANDLING
from tresen.duties.cases import file_case
from tresen.duties.promising import promise
from tresen.routing.leasing import next_for
from tresen.routing.models import Backlog, QueuePlace
from tresen.routing.promoting import EVERY, promote, promote_team
from tresen.routing.queries import start_by_of
from tresen.routing.queues import first_page
from tresen.routing.verifying import differences
from tresen.routing.views import View, ViewKind
from tresen.sla.watching import Watch, sweep
from tresen.staffing.covering import cover_team
from tresen.staffing.plans import TimetablePlan
from tresen.staffing.timetables import create_timetable
from tresen.tickets.tagging import tag

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
WEEKDAYS = {day: [("08:00", "20:00")] for day in range(5)}
_buyers = count()
FRIDAY = datetime(2026, 11, 20, 18, 40, tzinfo=UTC)


def an_office(*, people: int = 1):
    """A store whose team works on weekdays from 8 to 20, in UTC."""
    team = a_team()
    for _ in range(people):
        an_agent(team)
    timetable = create_timetable(name=team.name, plan=TimetablePlan(zone="UTC", week=WEEKDAYS), by=SYSTEM, at=MONDAY)
    cover_team(team.pk, timetable_id=timetable.timetable_id, by=SYSTEM, at=MONDAY)
    return a_store(team=team)


def asked(store, *moments: datetime) -> list[int]:
    """A ticket of a buyer of their own for each moment, filed together."""
    messages = [a_message(sender=f"b{next(_buyers)}@marketplace.amazon.de", at=at) for at in moments]
    return [filing.ticket.id for filing in filed(store, *messages)]


def order(team: int) -> list[int]:
    page = first_page(View(ViewKind.TEAM, str(team)), scope=EVERYTHING, agent_id=0, limit=100)
    return [row.ticket for row in page.rows]


def in_danger() -> set[int]:
    return set(QueuePlace.objects.filter(in_danger=True).values_list("ticket_id", flat=True))


def test_a_ticket_is_in_danger_from_its_start_by_and_comes_before_all_that_is_not():
    store = an_office()
    (ticket,) = asked(store, MONDAY + HOUR)
    start_by = MONDAY + DAY + HOUR - 30 * MINUTE
    assert promote_team(store.default_team_id, at=start_by - 2 * MINUTE) == 0
    assert promote_team(store.default_team_id, at=start_by) == 1
    place = QueuePlace.objects.get(ticket=ticket)
    assert (place.in_danger, place.queue_tier, place.sort_at) == (True, 1, MONDAY + DAY + HOUR)
    assert (place.calm_tier, differences([ticket], at=start_by)) == (2, [])


def test_the_more_is_due_before_it_and_the_fewer_work_the_sooner_it_is_in_danger():
    alone, many = an_office(people=1), an_office(people=4)
    moments = [MONDAY + n * MINUTE for n in range(60)]
    last_of = {store.default_team_id: asked(store, *moments)[-1] for store in (alone, many)}
    eight = MONDAY + DAY - HOUR
    assert promote(eight) > 0
    assert last_of[alone.default_team_id] in in_danger()
    assert last_of[many.default_team_id] not in in_danger()


def test_only_what_changes_is_written_and_a_pass_that_finds_nothing_new_writes_nothing():
    store = an_office()
    asked(store, *(MONDAY + n * MINUTE for n in range(5)))
    late = MONDAY + DAY - 20 * MINUTE
    assert promote_team(store.default_team_id, at=late) == 5
    assert promote_team(store.default_team_id, at=late) == 0


def test_it_is_over_when_the_backlog_before_it_is_gone():
    store = an_office()
    tickets = asked(store, *(MONDAY + n * MINUTE for n in range(60)))
    seven = MONDAY + DAY - 2 * HOUR
    promote_team(store.default_team_id, at=seven)
    assert tickets[-1] in in_danger()
    calm = QueuePlace.objects.get(ticket=tickets[-1])
    QueuePlace.objects.filter(ticket__in=tickets[:-1]).delete()
    assert promote_team(store.default_team_id, at=seven) == 1
    place = QueuePlace.objects.get(ticket=tickets[-1])
    assert (place.in_danger, place.queue_tier, place.sort_at) == (False, calm.calm_tier, calm.calm_sort_at)


def test_a_change_of_the_ticket_keeps_its_danger_and_the_loss_of_the_limit_ends_it():
    store = an_office()
    (ticket,) = asked(store, MONDAY)
    promote_team(store.default_team_id, at=MONDAY + DAY - 10 * MINUTE)
    tag(ticket, name="seen", by=SYSTEM, at=MONDAY + DAY - 9 * MINUTE)
    assert QueuePlace.objects.get(ticket=ticket).queue_tier == 1
    later = MONDAY + 2 * DAY + MINUTE
    sweep(Watch(), later)
    place = QueuePlace.objects.get(ticket=ticket)
    assert (place.in_danger, place.queue_tier, place.platform_due) == (False, 9, None)
    assert differences([ticket], at=later) == []


def test_messages_of_the_weekend_go_by_their_limits_and_not_by_their_arrival():
    """Each is unstaffed, so that its act-by is its start: of the first the nearer limit is missed, the next is far."""
    store = an_office()
    saturday = FRIDAY + 13 * HOUR + 20 * MINUTE
    far, near = asked(store, saturday, saturday + HOUR)
    sunday = saturday + DAY + 30 * MINUTE
    sweep(Watch(), sunday)
    assert order(store.default_team_id) == [far, near]
    promote_team(store.default_team_id, at=sunday)
    assert order(store.default_team_id) == [near, far]


def test_a_message_of_friday_1840_with_nobody_on_the_weekend_must_be_begun_on_friday_evening():
    store = an_office()
    (ticket,) = asked(store, FRIDAY)
    place = QueuePlace.objects.get(ticket=ticket)
    evening = FRIDAY.replace(hour=20, minute=0)
    assert (place.act_by, place.unstaffed) == (evening, False)
    promote_team(store.default_team_id, at=FRIDAY)
    backlog = Backlog.objects.get(team=store.default_team_id)
    assert backlog.start_by == [evening - 30 * MINUTE]
    assert promote_team(store.default_team_id, at=evening - 29 * MINUTE) == 1


def test_one_of_saturday_whose_limit_passes_before_anybody_works_is_unstaffed_and_in_danger_at_once():
    store = an_office()
    saturday = FRIDAY + 15 * HOUR
    (ticket,) = asked(store, saturday)
    promote_team(store.default_team_id, at=saturday)
    place = QueuePlace.objects.get(ticket=ticket)
    assert (place.unstaffed, place.act_by, place.in_danger) == (True, saturday, True)


def test_a_return_request_is_in_danger_when_its_deadline_needs_it_now_and_goes_by_it():
    store = an_office()
    (ticket,) = asked(store, MONDAY)
    deadline = MONDAY + 7 * HOUR
    file_case(ticket, kind=CaseKind.RETURN_REQUEST, due=deadline, by=SYSTEM, at=MONDAY + HOUR)
    assert promote_team(store.default_team_id, at=deadline - 32 * MINUTE) == 0
    assert promote_team(store.default_team_id, at=deadline - 30 * MINUTE) == 1
    place = QueuePlace.objects.get(ticket=ticket)
    assert (place.in_danger, place.queue_tier, place.sort_at) == (True, 1, deadline)
    assert (place.platform_due, place.limit_due) == (MONDAY + DAY, deadline)
    assert differences([ticket], at=deadline - 30 * MINUTE) == []


def test_the_hours_before_a_deadline_are_not_promised_to_others():
    """Sixty return requests due at noon: what is due a minute later must be begun before all of them."""
    store = an_office()
    *requests, last = asked(store, *[MONDAY] * 60, MONDAY)
    noon = MONDAY + 4 * HOUR
    for ticket in requests:
        file_case(ticket, kind=CaseKind.RETURN_REQUEST, due=noon, by=SYSTEM, at=MONDAY + MINUTE)
    file_case(last, kind=CaseKind.RETURN_REQUEST, due=noon + MINUTE, by=SYSTEM, at=MONDAY + MINUTE)
    promote_team(store.default_team_id, at=MONDAY + MINUTE)
    assert start_by_of(last) == (noon + MINUTE, noon + MINUTE - 60 * 1.3 * UNKNOWN_HANDLING - MARGIN, False)
    promote_team(store.default_team_id, at=MONDAY + HOUR)
    assert last in in_danger()


def test_what_only_we_promised_is_never_in_danger():
    store = an_office()
    (ticket,) = asked(store, MONDAY)
    promise(ticket, what="a word", due=MONDAY + 2 * HOUR, by=SYSTEM, at=MONDAY + HOUR)
    assert promote_team(store.default_team_id, at=MONDAY + 2 * HOUR - MINUTE) == 0
    place = QueuePlace.objects.get(ticket=ticket)
    assert (place.duty_due, place.limit_due) == (MONDAY + 2 * HOUR, MONDAY + DAY)


def test_each_team_is_reckoned_once_a_minute_by_whatever_number_of_workers():
    store = an_office()
    asked(store, MONDAY)
    late = MONDAY + DAY - 10 * MINUTE
    assert promote(late) == 1
    QueuePlace.objects.update(in_danger=False)
    assert promote(late + EVERY / 2) == 0
    assert promote(late + EVERY) == 1


def test_a_clock_that_was_set_back_holds_no_team_up():
    store = an_office()
    asked(store, MONDAY)
    promote(MONDAY + DAY)
    promote(MONDAY)
    assert Backlog.objects.get(team=store.default_team_id).reckoned_at == MONDAY


def test_tuesday_after_a_bank_holiday_weekend_the_savable_are_served_first():
    """A tenth of the size: 300 open, of which 105 are past 24 hours, 45 can still be kept and the rest are lost."""
    store = an_office(people=14)
    tuesday = MONDAY + DAY - HOUR
    lost = asked(store, *(tuesday - 3 * DAY + n * MINUTE for n in range(150)))
    missed = asked(store, *(tuesday - 30 * HOUR + n * MINUTE for n in range(105)))
    savable = asked(store, *(tuesday - 20 * HOUR + n * MINUTE for n in range(45)))
    sweep(Watch(), tuesday)
    promote(tuesday)
    agent = an_agent(store.default_team).pk
    served = [next_for(agent, scope=EVERYTHING, at=tuesday) for _ in range(45)]
    assert not set(served) & set(lost)
    assert set(served) <= {*savable, *missed}
