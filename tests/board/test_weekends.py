"""What the coming weekend brings, by the last ones, against who is there."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.factories.messages import a_message, filed
from tests.factories.shops import a_store, a_team, an_agent
from tresen.accounts.actors import SYSTEM
from tresen.accounts.scope import EVERYTHING, NOTHING
from tresen.board.arrivals import came, limits_of
from tresen.board.earlier import WEEKS
from tresen.board.weekends import coming_weekend, exposed, look_ahead, span
from tresen.clock.hours import ALWAYS, WorkingHours
from tresen.routing.queues import first_page
from tresen.routing.views import Side, View
from tresen.sla.defaults import create_defaults
from tresen.staffing.rostering import plan_day

BERLIN = ZoneInfo("Europe/Berlin")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
OFFICE = WorkingHours("Europe/Berlin", dict.fromkeys(range(5), (("08:00", "20:00"),)))
FRIDAY_NOON = datetime(2026, 11, 27, 12, tzinfo=BERLIN)


def local(at):
    return f"{at.astimezone(BERLIN):%a %H:%M}"


@pytest.mark.parametrize("now", [FRIDAY_NOON - 3 * DAY, FRIDAY_NOON])
def test_a_weekend_lasts_from_going_home_on_friday_until_somebody_is_back(now):
    assert [local(at) for at in span(now, BERLIN, [OFFICE])] == ["Fri 20:00", "Mon 08:00"]


def test_on_the_weekend_it_begins_now_and_the_same_weekend_goes_on_on_sunday():
    sunday = FRIDAY_NOON + 2 * DAY
    begins, ends = span(sunday, BERLIN, [OFFICE])
    assert (begins, ends - sunday) == (sunday, timedelta(hours=20))


def test_the_first_team_to_be_back_ends_it_and_the_last_to_go_begins_it():
    late = WorkingHours("Europe/Berlin", dict.fromkeys(range(5), (("10:00", "22:00"),)))
    assert [local(at) for at in span(FRIDAY_NOON, BERLIN, [OFFICE, late])] == ["Fri 22:00", "Mon 08:00"]


def test_where_somebody_always_works_it_is_saturday_and_sunday():
    assert [local(at) for at in span(FRIDAY_NOON, BERLIN, [ALWAYS])] == ["Sat 00:00", "Mon 00:00"]


MONDAY_OFF = WorkingHours(
    "Europe/Berlin", dict.fromkeys(range(5), (("08:00", "20:00"),)), closed=[(FRIDAY_NOON + 3 * DAY).date()]
)


@pytest.mark.parametrize(("hours", "until"), [(-6, "Tue 08:00"), (12, "Tue 08:00"), (19.9, "Tue 08:00")])
def test_a_bank_holiday_on_monday_belongs_to_the_weekend_until_somebody_is_back(hours, until):
    now = FRIDAY_NOON + 2 * DAY + 12 * HOUR + hours * HOUR
    begins, ends = span(now, BERLIN, [MONDAY_OFF])
    assert (begins, local(ends)) == (now, until)
    assert ends - now < 2 * DAY


def test_before_anybody_is_back_on_monday_the_weekend_lasts_and_then_the_next_one_comes():
    monday = FRIDAY_NOON + 2 * DAY + 19 * HOUR
    assert [local(at) for at in span(monday, BERLIN, [OFFICE])] == ["Mon 07:00", "Mon 08:00"]
    assert [local(at) for at in span(monday + HOUR, BERLIN, [OFFICE])] == ["Fri 20:00", "Mon 08:00"]


@pytest.mark.django_db
def test_before_it_begins_what_waits_is_counted_as_its_list_shows_it_but_needs_no_shift():
    create_defaults(by=SYSTEM, at=FRIDAY_NOON.astimezone(UTC) - 60 * DAY)
    filed(a_store(team=a_team()), a_message(at=(FRIDAY_NOON - HOUR).astimezone(UTC)))
    weekend = look_ahead(FRIDAY_NOON.astimezone(UTC))
    days = exposed(weekend)
    assert [day.open for day in days] == [0, 1, 0, 0]
    assert [(day.left, day.needed) for day in days] == [(0, 0)] * 4
    listed = [
        len(first_page(View.due(Side.PLATFORM, ends, after=begins), scope=EVERYTHING, agent_id=0).rows)
        for begins, ends in weekend.days
    ]
    assert listed == [day.open for day in days]


@pytest.mark.django_db
def test_the_last_weeks_tell_what_to_expect_and_the_shift_it_would_need():
    create_defaults(by=SYSTEM, at=FRIDAY_NOON.astimezone(UTC) - 60 * DAY)
    store = a_store(team=a_team())
    for week in range(1, WEEKS + 1):
        for number in range(2):
            at = (FRIDAY_NOON + HOUR * 9.5 - week * 7 * DAY).astimezone(UTC)  # Friday 21:30
            filed(store, a_message(sender=f"b{week}{number}@marketplace.amazon.de", at=at))
    far = (FRIDAY_NOON - (WEEKS + 2) * 7 * DAY + 10 * HOUR).astimezone(UTC)
    filed(store, a_message(sender="far@marketplace.amazon.de", at=far))

    weekend = look_ahead(FRIDAY_NOON.astimezone(UTC))
    days = exposed(weekend)

    assert [day.messages for day in days] == [2, 0, 0, 0]  # Friday evening, Saturday, Sunday, Monday morning
    assert [day.limits for day in days] == [0, 2, 0, 0]  # 24 hours later
    assert [round(day.needed * 60, 1) for day in days] == [0, 7.8, 0, 0]  # two answers of three minutes, and breaks
    assert days[1].on_duty == 0
    assert round(days[1].missing * 60, 1) == 7.8
    assert weekend.seen(NOTHING).expected == weekend.seen(NOTHING).on_duty == ()


@pytest.mark.django_db
def test_a_young_installation_divides_by_the_weekends_there_were():
    create_defaults(by=SYSTEM, at=FRIDAY_NOON.astimezone(UTC) - 60 * DAY)
    store = a_store(team=a_team())
    for number in range(6):
        week = number % 2 + 1
        at = (FRIDAY_NOON + HOUR * 9.5 - week * 7 * DAY).astimezone(UTC)
        filed(store, a_message(sender=f"b{number}@marketplace.amazon.de", at=at))
    first = (FRIDAY_NOON - 15 * DAY).astimezone(UTC)
    filed(store, a_message(sender="first@marketplace.amazon.de", at=first))

    weekend = look_ahead(FRIDAY_NOON.astimezone(UTC))
    days = exposed(weekend)

    assert [weekend.weeks(day) for day in range(4)] == [2, 2, 2, 2]
    assert [day.messages for day in days] == [3, 0, 0, 0]
    assert [day.limits for day in days] == [0, 3, 0, 0]
    assert round(days[1].needed * 60, 1) == 11.7


@pytest.mark.django_db
def test_the_lists_show_the_messages_and_limits_by_which_more_are_expected():
    create_defaults(by=SYSTEM, at=FRIDAY_NOON.astimezone(UTC) - 60 * DAY)
    store = a_store(team=a_team())
    for week in (1, 2, 3):
        at = (FRIDAY_NOON + HOUR * 9.5 - week * 7 * DAY).astimezone(UTC)
        filed(store, a_message(sender=f"b{week}@marketplace.amazon.de", at=at))
    filed(store, a_message(sender="far@marketplace.amazon.de", at=(FRIDAY_NOON - 50 * DAY).astimezone(UTC)))
    weekend = look_ahead(FRIDAY_NOON.astimezone(UTC))
    spans = [[span for _, span in day] for day in weekend.earlier]
    assert [came(day, scope=EVERYTHING).total for day in spans] == [3, 0, 0, 0]
    assert [limits_of(weekend, [day], scope=EVERYTHING).total for day in range(4)] == [0, 3, 0, 0]
    assert [row.due - row.at for row in limits_of(weekend, range(4), scope=EVERYTHING).messages] == [DAY] * 3
    assert came(spans[0], scope=NOTHING).total == limits_of(weekend, range(4), scope=NOTHING).total == 0


@pytest.mark.django_db
def test_once_it_has_begun_what_waits_already_and_runs_out_counts_too():
    create_defaults(by=SYSTEM, at=FRIDAY_NOON.astimezone(UTC) - 60 * DAY)
    saturday = (FRIDAY_NOON + DAY).astimezone(UTC)
    filed(a_store(team=a_team()), a_message(at=saturday - 2 * HOUR))

    days = exposed(look_ahead(saturday))

    assert [day.open for day in days] == [day.left for day in days] == [0, 1, 0]
    assert days[1].limits == 0
    assert days[1].needed > 0


@pytest.mark.django_db
def test_a_shift_just_added_counts_at_once_though_what_is_expected_is_minutes_old():
    team = a_team()
    agent = an_agent(team)
    saturday = (FRIDAY_NOON + DAY).astimezone(UTC)
    assert exposed(coming_weekend(saturday))[0].on_duty != 4  # whoever nobody has planned works as the team does

    plan_day(agent.pk, saturday.date(), [("14:00", "18:00")], team=None, zone="UTC", by=SYSTEM, at=saturday)
    assert exposed(coming_weekend(saturday + timedelta(seconds=6)))[0].on_duty == 4
