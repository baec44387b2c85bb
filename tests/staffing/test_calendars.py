from datetime import date, datetime

import pytest

from tresen.staffing.calendars import CalendarWrong, Told, read_calendar

YEARS = range(2025, 2030)


def calendar(*events):
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Nordlicht//EN"]
    for number, event in enumerate(events):
        uid = [] if event[0].startswith("UID") else [f"UID:{number}@shop.example"]
        lines += ["BEGIN:VEVENT", *uid, "DTSTAMP:20261101T000000Z", *event, "END:VEVENT"]
    return "\r\n".join([*lines, "END:VCALENDAR", ""]).encode()


def read(*events, zone="Europe/Berlin"):
    return read_calendar(calendar(*events), zone=zone, years=YEARS)


def days(*events):
    """Each whole day with the name of its event."""
    return {day: event.name for event in read(*events).events for day in event.days}


def times(*events, zone="Europe/Berlin"):
    """Each time, in order."""
    return sorted(stretch for event in read(*events, zone=zone).events for stretch in event.times)


def on(day, begins, ends):
    return datetime.fromisoformat(f"{day}T{begins}"), datetime.fromisoformat(f"{day}T{ends}")


def test_an_event_of_whole_days_takes_place_on_each_of_them():
    found = read(["DTSTART;VALUE=DATE:20261224", "DTEND;VALUE=DATE:20261227", "SUMMARY:Betriebsferien"]).events
    assert found == (Told(name="Betriebsferien", days=tuple(date(2026, 12, day) for day in (24, 25, 26))),)


@pytest.mark.parametrize("ends", [[], ["DTEND;VALUE=DATE:20261231"], ["DTEND;VALUE=DATE:20270101"]])
def test_a_single_day_needs_no_end(ends):
    assert days(["DTSTART;VALUE=DATE:20261231", *ends, "SUMMARY:Inventur"]) == {date(2026, 12, 31): "Inventur"}


def test_times_are_those_of_the_timetables_clock():
    event = ["DTSTART:20261223T080000Z", "DTEND:20261223T120000Z"]
    assert times(event) == [on("2026-12-23", "09:00", "13:00")]
    assert times(event, zone="America/New_York") == [on("2026-12-23", "03:00", "07:00")]


def test_a_time_without_a_zone_is_meant_on_the_wall():
    assert times(["DTSTART:20261223T090000", "DURATION:PT4H"]) == [on("2026-12-23", "09:00", "13:00")]


def test_a_minute_before_midnight_is_the_end_of_the_day():
    midnight = datetime.fromisoformat("2026-12-24T00:00")
    for ends in ("235900", "235959"):
        (time,) = times(["DTSTART:20261223T140000", f"DTEND:20261223T{ends}"])
        assert time == (datetime.fromisoformat("2026-12-23T14:00"), midnight)


def test_an_event_over_several_days_is_one_stretch():
    (time,) = times(["DTSTART:20261224T090000Z", "DTEND:20261229T090000Z"])
    assert time == (datetime.fromisoformat("2026-12-24T10:00"), datetime.fromisoformat("2026-12-29T10:00"))


def test_a_yearly_day_is_taken_for_all_years_that_are_kept_but_for_exceptions():
    leap = ["DTSTART;VALUE=DATE:20200229", "RRULE:FREQ=YEARLY", "SUMMARY:Schalttag"]
    assert days(leap) == {date(2028, 2, 29): "Schalttag"}
    fair = ["DTSTART;VALUE=DATE:20230511", "RRULE:FREQ=YEARLY;UNTIL=20280101T000000Z", "EXDATE;VALUE=DATE:20260511"]
    assert list(days(fair)) == [date(2025, 5, 11), date(2027, 5, 11)]


def test_a_repeated_time_stays_on_the_wall_when_the_clocks_change():
    event = ["DTSTART;TZID=Europe/Berlin:20260322T090000", "DTEND;TZID=Europe/Berlin:20260322T120000"]
    found = times([*event, "RRULE:FREQ=WEEKLY;COUNT=2"])
    assert found == [on(f"2026-03-{day}", "09:00", "12:00") for day in (22, 29)]


@pytest.mark.parametrize(
    ("event", "reason"),
    [
        (["DTSTART;VALUE=DATE:20261224", "STATUS:CANCELLED"], "cancelled"),
        (["LOCATION:Berlin"], "no day"),
        (["DTSTART:20261224T090000Z", "RRULE:FREQ=SECONDLY", "DURATION:PT1S"], "more than once a day"),
        (["DTSTART:20260101T090000Z", "DTEND:20280101T090000Z"], "longer than"),
        (["DTSTART:20261224T090000Z"], "ends when it begins"),
        (["DTSTART:20261224T090000Z", "DTEND:20261224T080000Z"], "ends before it begins"),
        (["DTSTART;VALUE=DATE:20261224", "DTEND;VALUE=DATE:20261223"], "ends before it begins"),
        (["DTSTART;VALUE=DATE:20261224", "DTEND:soon"], "no day"),
        (["DTSTART:99991231T235900Z", "DURATION:PT0S"], "no day"),
        (["DTSTART;VALUE=DATE:20200101", "DTEND;VALUE=DATE:20290101"], "longer than"),
        (["DTSTART;VALUE=DATE:99991231", "DURATION:P10D"], "no day"),
        (["DTSTART;VALUE=TIME:080000"], "no day"),
        (["DTSTART;VALUE=DATE:20261224", "RRULE:FREQ=DAILY;COUNT=2", "EXDATE:soon"], "not understood"),
    ],
)
def test_what_is_not_taken_says_why(event, reason):
    found = read([*event, "SUMMARY:Messe"])
    assert not found.events
    assert "“Messe”" in found.skipped[0]
    assert reason in found.skipped[0]


def test_what_is_no_event_is_named():
    task = ["BEGIN:VTODO", "SUMMARY:Steuer", "END:VTODO", "END:VCALENDAR"]
    content = calendar(["DTSTART;VALUE=DATE:20261224"]).replace(b"END:VCALENDAR", "\r\n".join(task).encode())
    assert "“Steuer”: is a task" in read_calendar(content, zone="UTC", years=YEARS).skipped[0]


def test_events_of_years_that_are_not_kept_are_counted_and_named():
    old = [["DTSTART;VALUE=DATE:20191224", f"SUMMARY:Fest {number}"] for number in range(5)]
    found = read(*old, old[0], ["DTSTART:20311224T090000", "DURATION:PT1H"])
    assert not found.events
    assert found.skipped == (
        "7 events have no day in the years 2025 to 2029: Fest 0, Fest 1, Fest 2, Fest 3, Fest 4, …",
    )


def test_of_days_around_the_turn_of_the_last_year_only_those_of_the_years_are_taken():
    assert list(days(["DTSTART;VALUE=DATE:20291231", "DTEND;VALUE=DATE:20300102"])) == [date(2029, 12, 31)]
    over = ["DTSTART:20291231T220000", "DTEND:20300101T020000"]
    assert len(times(over)) == 1


def test_a_name_is_tidy_and_of_bounded_length():
    assert list(days(["DTSTART;VALUE=DATE:20261224", "SUMMARY:  Heilig\x00  Abend "]).values()) == ["Heilig Abend"]
    assert list(map(len, days(["DTSTART;VALUE=DATE:20261224", f"SUMMARY:{'a' * 99}"]).values())) == [80]
    assert days(["DTSTART;VALUE=DATE:20261224"]) == {date(2026, 12, 24): ""}


WEEKLY = ["DTSTART;TZID=Europe/Berlin:20261005T090000", "DTEND;TZID=Europe/Berlin:20261005T120000"]


@pytest.mark.parametrize(
    ("rule", "on_days"),
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
def test_ends_exceptions_and_further_days_are_understood_in_whatever_zone_they_are_written(rule, on_days):
    assert times([*WEEKLY, *rule]) == [on(f"2026-10-{day:02}", "09:00", "12:00") for day in on_days]


def test_a_repeated_time_that_ends_in_another_zone_keeps_its_length():
    found = times([WEEKLY[0], "DTEND:20261005T100000Z", "RRULE:FREQ=WEEKLY;COUNT=2"])
    assert found == [on(f"2026-10-{day}", "09:00", "12:00") for day in ("05", "12")]


def test_one_of_many_that_was_moved_or_cancelled_is_not_taken_where_it_was():
    many = ["UID:fair", "DTSTART;VALUE=DATE:20261005", "RRULE:FREQ=WEEKLY;COUNT=4"]
    moved = ["UID:fair", "RECURRENCE-ID;VALUE=DATE:20261012", "DTSTART;VALUE=DATE:20261014"]
    cancelled = ["UID:fair", "RECURRENCE-ID;VALUE=DATE:20261019", "DTSTART;VALUE=DATE:20261019", "STATUS:CANCELLED"]
    assert sorted(days(many, moved, cancelled)) == [date(2026, 10, day) for day in (5, 14, 26)]


@pytest.mark.parametrize(
    "rule",
    ["FREQ=DAILY;INTERVAL=0", "FREQ=WEEKLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=DAILY;BYMONTH=4,6;BYMONTHDAY=31"],
)
def test_what_would_be_looked_for_for_ever_is_left_out_at_once(rule):
    found = read(["DTSTART;VALUE=DATE:20240105", f"RRULE:{rule}"], ["DTSTART;VALUE=DATE:20261224"])
    assert [event.days for event in found.events] == [(date(2026, 12, 24),)]
    assert "not understood" in found.skipped[0]


def test_a_daily_event_since_the_year_one_is_left_out_and_a_yearly_one_taken():
    assert "not understood" in read(["DTSTART;VALUE=DATE:00010101", "RRULE:FREQ=DAILY"]).skipped[0]
    assert len(days(["DTSTART;VALUE=DATE:16041224", "RRULE:FREQ=YEARLY"])) == len(YEARS)


def test_a_calendar_of_many_years_is_taken_for_those_that_are_kept():
    old = [["DTSTART;VALUE=DATE:19900101", "RRULE:FREQ=YEARLY;COUNT=3"]]
    old += [[f"DTSTART;VALUE=DATE:{year}{month:02}01"] for year in range(1900, 2000) for month in range(1, 13)]
    assert list(days(*old, ["DTSTART;VALUE=DATE:20261224"])) == [date(2026, 12, 24)]


def test_an_event_with_two_names_is_called_by_its_first():
    assert days(["DTSTART;VALUE=DATE:20261224", "SUMMARY:Fair", "SUMMARY:Messe"]) == {date(2026, 12, 24): "Fair"}


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
        read(daily)
    with pytest.raises(CalendarWrong, match="more than 1000 days"):
        read(["DTSTART:20250101T120000", "DURATION:PT1H", "RRULE:FREQ=DAILY"])
