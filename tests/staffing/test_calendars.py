from datetime import date

import pytest

from tresen.staffing.calendars import CalendarWrong, read_calendar

YEARS = range(2025, 2030)


def calendar(*events):
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Nordlicht//EN"]
    for number, event in enumerate(events):
        lines += ["BEGIN:VEVENT", f"UID:{number}@shop.example", "DTSTAMP:20261101T000000Z", *event, "END:VEVENT"]
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
    ],
)
def test_what_is_not_taken_says_why(event, reason):
    found = taken(event)
    assert not found.closed
    assert not found.special
    assert reason in found.skipped[0]


def test_days_of_years_that_are_not_kept_are_left_out():
    assert not taken(["DTSTART;VALUE=DATE:20191224"], ["DTSTART:20311224T090000", "DURATION:PT1H"]).closed


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
