from datetime import date

import pytest

from tests.staffing.test_calendars import YEARS, calendar
from tresen.staffing.calendar_days import Meaning, Taken, Usual, days_taken, with_days
from tresen.staffing.calendars import read_calendar
from tresen.staffing.plans import TimetablePlan

CHRISTMAS, MONDAY, SATURDAY = date(2026, 12, 25), date(2026, 12, 21), date(2026, 12, 26)
HALF = date(2026, 12, 24)
PLAN = TimetablePlan(
    zone="Europe/Berlin",
    week={**{day: [("09:00", "12:00"), ("13:00", "17:00")] for day in range(5)}, 6: [("22:00", "06:00")]},
    special={HALF: [("09:00", "12:00")]},
    names={HALF: "Heiligabend"},
)
USUAL = Usual(plan=PLAN, closed=frozenset({CHRISTMAS}))


def whole(first, last="", name=""):
    until = [f"DTEND;VALUE=DATE:{last}"] if last else []
    return [f"DTSTART;VALUE=DATE:{first}", *until, f"SUMMARY:{name}"]


def timed(begins, ends, name="", *more):
    return [f"DTSTART:{begins}", f"DTEND:{ends}", f"SUMMARY:{name}", *more]


def taken(meaning, *events):
    read = read_calendar(calendar(*events), zone="Europe/Berlin", years=YEARS)
    assert not read.skipped
    return days_taken(read.events, meaning, usual=USUAL, years=YEARS)


def closed(*events):
    return taken(Meaning.CLOSED, *events)


def opened(*events):
    return taken(Meaning.OPEN, *events)


def test_closed_whole_days_close_each_of_them_and_keep_their_name():
    found = closed(whole("20261228", "20261231", "Betriebsferien"))
    days = tuple(date(2026, 12, day) for day in (28, 29, 30))
    assert found == Taken(closed=days, names=dict.fromkeys(days, "Betriebsferien"))


@pytest.mark.parametrize(
    ("begins", "ends", "left"),
    [
        ("120000", "180000", [("09:00", "12:00")]),
        ("100000", "110000", [("09:00", "10:00"), ("11:00", "12:00"), ("13:00", "17:00")]),
        ("113000", "140000", [("09:00", "11:30"), ("14:00", "17:00")]),
        ("060000", "160000", [("16:00", "17:00")]),
    ],
)
def test_closed_at_times_the_other_hours_of_the_day_stay(begins, ends, left):
    found = closed(timed(f"20261222T{begins}", f"20261222T{ends}", "Weihnachtsfeier"))
    day = date(2026, 12, 22)
    assert found == Taken(special={day: tuple(left)}, names={day: "Weihnachtsfeier"})


def test_closed_in_all_its_hours_a_day_is_closed():
    found = closed(timed("20261222T080000", "20261222T180000", "Inventur"))
    assert found == Taken(closed=(date(2026, 12, 22),), names={date(2026, 12, 22): "Inventur"})


def test_of_a_day_that_has_other_hours_those_are_closed():
    assert closed(timed("20261224T110000", "20261224T150000")).special == {HALF: (("09:00", "11:00"),)}


def test_closed_from_friday_noon_to_tuesday_morning():
    """Sunday's night lies between."""
    found = closed(timed("20261218T120000", "20261222T100000", "Umzug"))
    assert found.special == {
        date(2026, 12, 18): (("09:00", "12:00"),),
        date(2026, 12, 22): (("10:00", "12:00"), ("13:00", "17:00")),
    }
    assert found.closed == (date(2026, 12, 20), MONDAY)
    assert set(found.names) == {date(2026, 12, day) for day in (18, 20, 21, 22)}


@pytest.mark.parametrize(
    ("begins", "ends", "special"),
    [
        # What is left after a gap in the night is said by the day on which it begins, beside that day's own hours.
        (
            "20261220T230000",
            "20261221T020000",
            {
                date(2026, 12, 20): (("22:00", "23:00"),),
                MONDAY: (("02:00", "06:00"), ("09:00", "12:00"), ("13:00", "17:00")),
            },
        ),
        ("20261221T030000", "20261221T060000", {date(2026, 12, 20): (("22:00", "03:00"),)}),
        ("20261221T000000", "20261221T070000", {date(2026, 12, 20): (("22:00", "24:00"),)}),
    ],
)
def test_closed_in_the_night_of_the_day_before(begins, ends, special):
    found = closed(timed(begins, ends, "Wartung"))
    assert found == Taken(special=special, names=dict.fromkeys(special, "Wartung"))


def test_a_whole_closed_day_wins_over_times_and_over_what_is_left_of_a_night():
    found = closed(
        whole("20261221", name="Frei"),
        timed("20261220T230000", "20261221T020000", "Wartung"),
        timed("20261221T100000", "20261221T110000", "Putzen"),
    )
    assert (found.closed, found.special) == ((MONDAY,), {date(2026, 12, 20): (("22:00", "23:00"),)})
    assert found.names == {date(2026, 12, 20): "Wartung", MONDAY: "Frei"}
    assert found.skipped == ("“Putzen”: nobody works then anyway",)


def test_two_events_of_a_day_name_it_both_and_a_neighbour_names_nothing():
    found = closed(
        timed("20261222T090000", "20261222T100000", "Früh"),
        timed("20261222T160000", "20261222T180000", "Spät"),
        timed("20261223T160000", "20261223T180000", "Morgen"),
        timed("20261222T200000", "20261222T210000", "Abend"),
    )
    assert found.names == {date(2026, 12, 22): "Früh · Spät", date(2026, 12, 23): "Morgen"}
    assert found.special[date(2026, 12, 22)] == (("10:00", "12:00"), ("13:00", "16:00"))
    assert found.skipped == ("“Abend”: nobody works then anyway",)


def test_many_names_of_a_day_are_cut_with_a_mark():
    found = closed(whole("20261222", name="a" * 60), whole("20261222", name="b" * 60))
    assert found.names[date(2026, 12, 22)] == "a" * 60 + " · " + "b" * 16 + "…"


def test_repeated_times_outside_of_the_hours_are_counted():
    daily = timed("20261224T100000", "20261224T110000", "Kurz", "RRULE:FREQ=DAILY;COUNT=5")
    found = closed(daily)
    assert set(found.special) == {HALF, date(2026, 12, 28)}
    assert found.skipped == ("“Kurz”: at 3 of its times nobody works anyway",)


def test_open_at_times_these_are_the_hours_of_their_day():
    found = opened(
        timed("20261226T100000", "20261226T140000", "Samstagsdienst"),
        timed("20261222T150000", "20261222T200000", "Lang"),
        timed("20261222T100000", "20261222T120000", "Lang"),
        timed("20261223T220000", "20261224T060000", "Nacht"),
    )
    assert found == Taken(
        special={
            date(2026, 12, 22): (("10:00", "12:00"), ("15:00", "20:00")),
            date(2026, 12, 23): (("22:00", "06:00"),),
            SATURDAY: (("10:00", "14:00"),),
        },
        names={date(2026, 12, 22): "Lang", date(2026, 12, 23): "Nacht", SATURDAY: "Samstagsdienst"},
    )


def test_open_over_several_days_is_cut_at_each_midnight():
    found = opened(timed("20261225T180000", "20261227T120000", "Messe"))
    assert found.special == {
        CHRISTMAS: (("18:00", "24:00"),),
        SATURDAY: (("00:00", "24:00"),),
        date(2026, 12, 27): (("00:00", "12:00"),),
    }
    assert opened(timed("20261226T080000", "20261227T080000")).special[SATURDAY] == (("08:00", "24:00"),)


def test_an_open_whole_day_has_the_hours_of_its_weekday_also_on_a_holiday():
    found = opened(whole("20261225", name="Geöffnet"))
    assert found == Taken(special={CHRISTMAS: tuple(PLAN.week[4])}, names={CHRISTMAS: "Geöffnet"})
    assert opened(whole("20261224")).special == {HALF: (("09:00", "12:00"),)}


def test_an_open_whole_day_without_hours_is_named_and_times_of_another_event_give_it_some():
    found = opened(whole("20261224", "20261227", "Weihnachtsmarkt"))
    assert set(found.special) == {HALF, CHRISTMAS}
    assert found.skipped == ("“Weihnachtsmarkt”: says no hours, and the week has none for it: Saturday",)
    both = opened(whole("20261226", name="Markt"), timed("20261226T100000", "20261226T140000", "Dienst"))
    assert both == Taken(special={SATURDAY: (("10:00", "14:00"),)}, names={SATURDAY: "Dienst · Markt"})


def test_only_days_of_the_years_are_taken():
    new_year = timed("20291231T120000", "20300101T180000", "Silvester")
    assert set(closed(new_year).special) == {date(2029, 12, 31)}
    assert set(opened(new_year).special) == {date(2029, 12, 31)}


def test_what_is_taken_stands_in_place_of_what_the_plan_says_of_the_same_days():
    found = with_days(
        PLAN,
        Taken(closed=(HALF, MONDAY), special={SATURDAY: (("10:00", "14:00"),)}, names={MONDAY: "Inventur"}),
    )
    assert found.own_closed == [MONDAY, HALF]
    assert found.special == {SATURDAY: (("10:00", "14:00"),)}
    assert found.names == {HALF: "Heiligabend", MONDAY: "Inventur"}
    assert (found.week, found.zone) == (PLAN.week, PLAN.zone)
