"""A platform's own working days."""

from datetime import UTC, date, datetime, timedelta

from tresen.channels.limits import Calendar, Weekday
from tresen.channels.rule_packs import RulePack
from tresen.sla.calendars import closed_days, hours_in

WORKING_DAYS = Calendar(
    key="working_days",
    zone="Europe/Berlin",
    days=frozenset(Weekday) - {Weekday.SATURDAY, Weekday.SUNDAY},
    country="DE",
)
PACK = RulePack(platform="example", valid_from=date(2026, 1, 1), checked=date(2026, 11, 22), calendars=(WORKING_DAYS,))


def test_only_holidays_of_the_whole_country_are_taken_out():
    closed = closed_days(PACK, year=2026)["working_days"]

    assert date(2026, 12, 25) in closed
    assert date(2026, 1, 6) not in closed  # Epiphany: Bavaria and two more


def test_holidays_are_known_for_the_years_to_come():
    assert date(2029, 12, 25) in closed_days(PACK, year=2026)["working_days"]
    assert date(2030, 12, 25) not in closed_days(PACK, year=2026)["working_days"]


def test_a_calendar_counts_whole_working_days():
    friday_evening = datetime(2026, 12, 18, 17, tzinfo=UTC)

    ((key, hours),) = hours_in(PACK, closed_days(PACK, year=2026))

    assert key == "working_days"
    assert hours.add(friday_evening, timedelta(hours=48)) == datetime(2026, 12, 22, 17, tzinfo=UTC)


def test_kaufland_does_not_count_christmas():
    pack = RulePack(
        platform="example", valid_from=date(2026, 1, 1), checked=date(2026, 11, 22), calendars=(WORKING_DAYS,)
    )
    ((_, hours),) = hours_in(pack, closed_days(pack, year=2026))

    wednesday = datetime(2026, 12, 23, 9, tzinfo=UTC)  # Christmas holidays on Friday and Saturday

    assert hours.add(wednesday, timedelta(hours=48)) == datetime(2026, 12, 28, 9, tzinfo=UTC)
