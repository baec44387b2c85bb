from datetime import date

import pytest

from tresen.staffing.calendars import CalendarWrong, read_calendar

YEARS = range(2025, 2030)


def calendar(*events):
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Nordlicht//EN"]
    for number, event in enumerate(events):
        uid = [] if event[0].startswith("UID") else [f"UID:{number}@shop.example"]
        lines += ["BEGIN:VEVENT", *uid, "DTSTAMP:20261101T000000Z", *event, "END:VEVENT"]
    return "\r\n".join([*lines, "END:VCALENDAR", ""]).encode()


def taken(*events, zone="Europe/Berlin"):
    return read_calendar(calendar(*events), zone=zone, years=YEARS)


def test_an_event_of_whole_days_closes_each_of_them():
    found = taken(["DTSTART;VALUE=DATE:20261224", "DTEND;VALUE=DATE:20261227", "SUMMARY:Betriebsferien"])
    assert found.closed == {date(2026, 12, day): "Betriebsferien" for day in (24, 25, 26)}
    assert not found.special


def test_a_single_day_needs_no_end():
    assert taken(["DTSTART;VALUE=DATE:20261231", "SUMMARY:Inventur"]).closed == {date(2026, 12, 31): "Inventur"}


def test_a_timed_event_gives_its_day_other_hours_by_the_timetables_clock():
    event = ["DTSTART:20261223T080000Z", "DTEND:20261223T120000Z", "SUMMARY:Kurzer Tag"]
    assert taken(event).special == {date(2026, 12, 23): (("09:00", "13:00"),)}
    assert taken(event, zone="America/New_York").special == {date(2026, 12, 23): (("03:00", "07:00"),)}


def test_a_time_without_a_zone_is_meant_on_the_wall():
    found = taken(["DTSTART:20261223T090000", "DURATION:PT4H", "SUMMARY:Kurz"])
    assert found.special == {date(2026, 12, 23): (("09:00", "13:00"),)}


def test_a_night_and_a_day_to_its_end_are_understood():
    night = ["DTSTART:20261223T220000", "DTEND:20261224T060000"]
    to_the_end = ["DTSTART:20261227T180000", "DTEND:20261228T000000"]
    assert taken(night, to_the_end).special == {
        date(2026, 12, 23): (("22:00", "06:00"),),
        date(2026, 12, 27): (("18:00", "24:00"),),
    }


def test_two_events_of_a_day_are_two_windows_and_win_over_a_closed_day():
    found = taken(
        ["DTSTART:20261223T140000", "DTEND:20261223T160000"],
        ["DTSTART:20261223T090000", "DTEND:20261223T120000"],
        ["DTSTART;VALUE=DATE:20261223"],
    )
    assert found.special == {date(2026, 12, 23): (("09:00", "12:00"), ("14:00", "16:00"))}
    assert not found.closed


def test_a_yearly_day_is_taken_for_all_years_that_are_kept_but_for_exceptions():
    found = taken(["DTSTART;VALUE=DATE:20200229", "RRULE:FREQ=YEARLY", "SUMMARY:Schalttag"])
    assert found.closed == {date(2028, 2, 29): "Schalttag"}
    fair = ["DTSTART;VALUE=DATE:20230511", "RRULE:FREQ=YEARLY;UNTIL=20280101T000000Z", "EXDATE;VALUE=DATE:20260511"]
    assert list(taken(fair).closed) == [date(2025, 5, 11), date(2027, 5, 11)]


def test_a_repeated_time_stays_on_the_wall_when_the_clocks_change():
    event = ["DTSTART;TZID=Europe/Berlin:20260322T090000", "DTEND;TZID=Europe/Berlin:20260322T120000"]
    found = taken([*event, "RRULE:FREQ=WEEKLY;COUNT=2"])
    assert found.special == {date(2026, 3, day): (("09:00", "12:00"),) for day in (22, 29)}


@pytest.mark.parametrize(
    ("event", "reason"),
    [
        (["DTSTART;VALUE=DATE:20261224", "STATUS:CANCELLED"], "cancelled"),
        (["SUMMARY:Irgendwann"], "no day"),
        (["DTSTART:20261224T090000Z", "RRULE:FREQ=SECONDLY", "DURATION:PT1S"], "more than once a day"),
        (["DTSTART:20261224T090000Z", "DTEND:20261229T090000Z"], "later than a day"),
        (["DTSTART:20261224T090000Z", "DTEND:20261224T080000Z"], "ends before it begins"),
        (["DTSTART;VALUE=DATE:20200101", "DTEND;VALUE=DATE:20290101"], "longer than"),
        (["DTSTART;VALUE=DATE:99991231", "DURATION:P10D"], "no day"),
        (["DTSTART;VALUE=TIME:080000"], "no day"),
        (["DTSTART;VALUE=DATE:20261224", "RRULE:FREQ=DAILY;COUNT=2", "EXDATE:soon"], "not understood"),
    ],
)
def test_what_is_not_taken_says_why(event, reason):
    found = taken(event)
    assert not found.closed
    assert not found.special
    assert reason in found.skipped[0]


def test_days_of_years_that_are_not_kept_are_left_out():
    assert not taken(["DTSTART;VALUE=DATE:20191224"], ["DTSTART:20311224T090000", "DURATION:PT1H"]).closed


WEEKLY = ["DTSTART;TZID=Europe/Berlin:20261005T090000", "DTEND;TZID=Europe/Berlin:20261005T120000"]


@pytest.mark.parametrize(
    ("rule", "days"),
    [
        (["RRULE:FREQ=WEEKLY;UNTIL=20261012T070000Z"], (5, 12)),
        (["RRULE:FREQ=WEEKLY;UNTIL=20261012"], (5, 12)),
        (["RRULE:FREQ=WEEKLY;COUNT=3", "EXDATE:20261012T070000Z"], (5, 19)),
        (["RRULE:FREQ=WEEKLY;COUNT=3", "EXDATE;VALUE=DATE:20261012"], (5, 19)),
        (["RDATE;TZID=Europe/Berlin:20261007T090000,20261008T090000"], (5, 7, 8)),
        (["RDATE;VALUE=PERIOD:20261007T070000Z/PT3H"], (5, 7)),
        (["RRULE:FREQ=WEEKLY;COUNT=2", "RRULE:FREQ=DAILY;COUNT=2"], (5, 6, 12)),
    ],
)
def test_ends_exceptions_and_further_days_are_understood_in_whatever_zone_they_are_written(rule, days):
    found = taken([*WEEKLY, *rule])
    assert found.special.keys() == {date(2026, 10, day) for day in days}
    assert set(map(frozenset, found.special.values())) == {frozenset({("09:00", "12:00")})}


def test_a_repeated_time_that_ends_in_another_zone_keeps_its_length():
    found = taken([WEEKLY[0], "DTEND:20261005T100000Z", "RRULE:FREQ=WEEKLY;COUNT=2"])
    assert found.special == {date(2026, 10, day): (("09:00", "12:00"),) for day in (5, 12)}


def test_one_of_many_that_was_moved_or_cancelled_is_not_taken_where_it_was():
    many = ["UID:fair", "DTSTART;VALUE=DATE:20261005", "RRULE:FREQ=WEEKLY;COUNT=4"]
    moved = ["UID:fair", "RECURRENCE-ID;VALUE=DATE:20261012", "DTSTART;VALUE=DATE:20261014"]
    cancelled = ["UID:fair", "RECURRENCE-ID;VALUE=DATE:20261019", "DTSTART;VALUE=DATE:20261019", "STATUS:CANCELLED"]
    assert list(taken(many, moved, cancelled).closed) == [date(2026, 10, day) for day in (5, 14, 26)]


@pytest.mark.parametrize(
    "rule",
    ["FREQ=DAILY;INTERVAL=0", "FREQ=WEEKLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=DAILY;BYMONTH=4,6;BYMONTHDAY=31"],
)
def test_what_would_be_looked_for_for_ever_is_left_out_at_once(rule):
    found = taken(["DTSTART;VALUE=DATE:20240105", f"RRULE:{rule}"], ["DTSTART;VALUE=DATE:20261224"])
    assert list(found.closed) == [date(2026, 12, 24)]
    assert "not understood" in found.skipped[0]


def test_a_daily_event_since_the_year_one_is_left_out_and_a_yearly_one_taken():
    assert "not understood" in taken(["DTSTART;VALUE=DATE:00010101", "RRULE:FREQ=DAILY"]).skipped[0]
    assert len(taken(["DTSTART;VALUE=DATE:16041224", "RRULE:FREQ=YEARLY"]).closed) == len(YEARS)


def test_a_calendar_of_many_years_is_taken_for_those_that_are_kept():
    old = [["DTSTART;VALUE=DATE:19900101", "RRULE:FREQ=YEARLY;COUNT=3"]]
    old += [[f"DTSTART;VALUE=DATE:{year}{month:02}01"] for year in range(1900, 2000) for month in range(1, 13)]
    assert list(taken(*old, ["DTSTART;VALUE=DATE:20261224"]).closed) == [date(2026, 12, 24)]


def test_an_event_with_two_names_is_called_by_its_first():
    found = taken(["DTSTART;VALUE=DATE:20261224", "SUMMARY:Fair", "SUMMARY:Messe"])
    assert found.closed == {date(2026, 12, 24): "Fair"}


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04 a spreadsheet", b"BEGIN:VCALENDAR\r\n", "früh".encode("latin-1")]
)
def test_a_file_that_is_no_calendar_is_refused_with_a_sentence(content):
    with pytest.raises(CalendarWrong, match=r"no calendar file|no event"):
        read_calendar(content, zone="UTC", years=YEARS)


def test_a_calendar_without_events_and_one_that_is_too_large_are_refused():
    with pytest.raises(CalendarWrong, match="no event"):
        read_calendar(calendar(), zone="UTC", years=YEARS)
    with pytest.raises(CalendarWrong, match="1 MB"):
        read_calendar(b" " * 1_000_001, zone="UTC", years=YEARS)
    daily = ["DTSTART;VALUE=DATE:20250101", "RRULE:FREQ=DAILY"]
    with pytest.raises(CalendarWrong, match="more than 1000 days"):
        taken(daily)
