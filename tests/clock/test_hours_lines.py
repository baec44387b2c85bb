"""The timetables' line of the acceptance list: each of its cases once, by its own name, hours counted by hand.

"two windows a day, overnight window, a day to 24:00, DST in spring and autumn, Lord Howe's half hour, leap day, zone of
timetable ≠ agent ≠ server, closed longer than 30 days, no hours at all" and "closed days lengthen, never shorten".
"""

import os
import time
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from tresen.clock.hours import WorkingHours

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
BERLIN = "Europe/Berlin"


def daily(*windows):
    return dict.fromkeys(range(7), windows)


def wall(text, zone=BERLIN):
    """A time on the wall there, the first of two where it comes twice."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def test_two_windows_a_day():
    hours = WorkingHours(BERLIN, daily(("08:00", "12:00"), ("13:00", "17:00")))
    assert hours.add(wall("2026-05-04 11:00"), 2 * HOUR) == wall("2026-05-04 14:00")
    assert hours.between(wall("2026-05-04 00:00"), wall("2026-05-05 00:00")) == 8 * HOUR


def test_an_overnight_window():
    hours = WorkingHours(BERLIN, {0: [("22:00", "06:00")]})
    assert hours.add(wall("2026-05-04 23:00"), 3 * HOUR) == wall("2026-05-05 02:00")
    assert hours.add(wall("2026-05-05 05:00"), 2 * HOUR) == wall("2026-05-11 23:00")


def test_an_overnight_window_of_a_closed_day_is_closed_whole_and_that_of_the_day_before_is_not():
    hours = WorkingHours(BERLIN, daily(("22:00", "06:00")), closed=[date(2026, 5, 5)])
    assert hours.add(wall("2026-05-04 22:00"), 9 * HOUR) == wall("2026-05-06 23:00")


def test_a_day_to_24_00():
    hours = WorkingHours(BERLIN, daily(("18:00", "24:00")))
    assert hours.add(wall("2026-05-04 23:30"), HOUR) == wall("2026-05-05 18:30")
    assert hours.add(wall("2026-05-04 18:00"), 6 * HOUR) == wall("2026-05-05 00:00")


def test_dst_in_spring():
    hours = WorkingHours(BERLIN, daily(("00:00", "24:00")))
    assert hours.between(wall("2026-03-29 00:00"), wall("2026-03-30 00:00")) == 23 * HOUR
    office = WorkingHours(BERLIN, daily(("01:00", "04:00")))
    assert office.add(wall("2026-03-29 01:00"), 2 * HOUR) == wall("2026-03-29 04:00")


def test_dst_in_autumn():
    hours = WorkingHours(BERLIN, daily(("00:00", "24:00")))
    assert hours.between(wall("2026-10-25 00:00"), wall("2026-10-26 00:00")) == 25 * HOUR
    twice = WorkingHours(BERLIN, daily(("02:00", "03:00")))
    assert twice.between(wall("2026-10-25 00:00"), wall("2026-10-26 00:00")) == 2 * HOUR


def test_lord_howes_half_hour():
    zone = "Australia/Lord_Howe"
    hours = WorkingHours(zone, daily(("00:00", "24:00")))
    # Forward on 4 October 2026, back on 5 April 2026, by half an hour each.
    assert hours.between(wall("2026-10-04 00:00", zone), wall("2026-10-05 00:00", zone)) == 23.5 * HOUR
    assert hours.between(wall("2026-04-05 00:00", zone), wall("2026-04-06 00:00", zone)) == 24.5 * HOUR


def test_a_leap_day():
    hours = WorkingHours(BERLIN, daily(("09:00", "17:00")), special={date(2028, 2, 29): [("09:00", "10:00")]})
    assert hours.add(wall("2028-02-28 16:00"), 3 * HOUR) == wall("2028-03-01 10:00")
    closed = WorkingHours(BERLIN, daily(("09:00", "17:00")), closed=[date(2028, 2, 29)])
    assert closed.add(wall("2028-02-28 16:00"), 2 * HOUR) == wall("2028-03-01 10:00")


@pytest.fixture(params=["UTC", "Pacific/Kiritimati", "America/St_Johns"])
def server_zone(request):
    """The zone of the machine, as a wrongly configured server would have it."""
    before = os.environ.get("TZ")
    os.environ["TZ"] = request.param
    time.tzset()
    yield request.param
    os.environ.pop("TZ") if before is None else os.environ.update(TZ=before)
    time.tzset()


@pytest.mark.parametrize("asked_in", [UTC, timezone(14 * HOUR), ZoneInfo("America/St_Johns")])
def test_zone_of_the_timetable_is_neither_the_agents_nor_the_servers(server_zone, asked_in):
    hours = WorkingHours("Asia/Kathmandu", daily(("09:00", "17:00")))
    asked = wall("2026-05-04 16:00", "Asia/Kathmandu").astimezone(asked_in)
    assert hours.add(asked, 2 * HOUR) == wall("2026-05-05 10:00", "Asia/Kathmandu")


def test_closed_for_longer_than_30_days():
    closed = [date(2026, 7, 1) + number * DAY for number in range(45)]
    hours = WorkingHours(BERLIN, daily(("09:00", "17:00")), closed=closed)
    assert hours.add(wall("2026-06-30 16:00"), 2 * HOUR) == wall("2026-08-15 10:00")
    assert hours.last_open_before(wall("2026-08-14 12:00")) == wall("2026-06-30 17:00")


def test_no_hours_at_all():
    hours = WorkingHours(BERLIN, {})
    at = wall("2026-05-04 12:00")
    assert (hours.add(at, HOUR), hours.next_open(at), hours.last_open_before(at)) == (None, None, None)
    assert hours.add(at, timedelta(0)) == at
    assert hours.between(at, at + 400 * DAY) == timedelta(0)


@pytest.mark.parametrize("closed_day", [date(2026, 5, 4) + number * DAY for number in range(8)])
def test_closed_days_lengthen_and_never_shorten(closed_day):
    week = {day: [("09:00", "17:00"), ("22:00", "02:00")] for day in range(5)}
    open_all, with_closed = WorkingHours(BERLIN, week), WorkingHours(BERLIN, week, closed=[closed_day])
    for begun in range(0, 96, 5):
        start = wall("2026-05-04 00:00") + begun * HOUR
        for worked in (1, 8, 30):
            assert with_closed.add(start, worked * HOUR) >= open_all.add(start, worked * HOUR)
