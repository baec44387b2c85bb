"""The timetables of the hand-written cases, and how the cases write times."""

from datetime import date, datetime, timedelta

from tresen.clock.hours import ALWAYS, WorkingHours

BERLIN = "Europe/Berlin"


def weekdays(*windows):
    return dict.fromkeys(range(5), windows)


def daily(*windows):
    return dict.fromkeys(range(7), windows)


def days(first, last):
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


TIMETABLES = {
    "always": ALWAYS,
    "office": WorkingHours(BERLIN, weekdays(("09:00", "17:00"))),
    "two windows": WorkingHours(BERLIN, weekdays(("08:00", "12:00"), ("13:00", "17:00"))),
    "night": WorkingHours(BERLIN, weekdays(("22:00", "06:00"))),
    "sunday night": WorkingHours(BERLIN, {6: [("20:00", "08:00")]}),
    "to 24:00": WorkingHours(BERLIN, daily(("18:00", "24:00"))),
    "to 00:00": WorkingHours(BERLIN, daily(("18:00", "00:00"))),
    "around midnight": WorkingHours(BERLIN, daily(("00:00", "01:00"), ("23:00", "24:00"))),
    "overlapping": WorkingHours(BERLIN, {0: [("12:00", "17:00"), ("09:00", "13:00")]}),
    "touching": WorkingHours(BERLIN, {0: [("13:00", "17:00"), ("09:00", "13:00")]}),
    "empty window": WorkingHours(BERLIN, {0: [("09:00", "09:00"), ("10:00", "11:00")]}),
    "one minute": WorkingHours(BERLIN, {0: [("09:00", "09:01")]}),
    "monday": WorkingHours(BERLIN, {0: [("00:00", "24:00")]}),
    "christmas": WorkingHours(
        BERLIN,
        weekdays(("09:00", "17:00")),
        closed=[date(2026, 12, 25), date(2026, 12, 26), date(2027, 1, 1)],
        special={date(2026, 12, 24): [("09:00", "12:00")], date(2026, 12, 26): [("10:00", "14:00")]},
    ),
    "closed at night": WorkingHours(BERLIN, weekdays(("22:00", "06:00")), closed=[date(2026, 5, 5)]),
    "special at night": WorkingHours(
        BERLIN, weekdays(("22:00", "06:00")), special={date(2026, 5, 5): [("20:00", "23:00")]}
    ),
    "special, nobody": WorkingHours(BERLIN, weekdays(("09:00", "17:00")), special={date(2026, 5, 5): []}),
    "summer break": WorkingHours(
        BERLIN, weekdays(("09:00", "17:00")), closed=days(date(2026, 7, 1), date(2026, 8, 31))
    ),
    "never": WorkingHours(BERLIN, {}),
    "once": WorkingHours(BERLIN, {}, special={date(2026, 6, 6): [("10:00", "12:00")]}),
    "sunday 1 to 4": WorkingHours(BERLIN, {6: [("01:00", "04:00")]}),
    "sunday 2 to 3": WorkingHours(BERLIN, {6: [("02:00", "03:00")]}),
    "sunday 2:15 to 2:45": WorkingHours(BERLIN, {6: [("02:15", "02:45")]}),
    "saturday night": WorkingHours(BERLIN, {5: [("22:00", "06:00")]}),
    "every day in Berlin": WorkingHours(BERLIN, daily(("00:00", "24:00"))),
    "New York": WorkingHours("America/New_York", weekdays(("09:00", "17:00"))),
    "New York, sunday": WorkingHours("America/New_York", {6: [("00:00", "06:00")]}),
    "Lord Howe": WorkingHours("Australia/Lord_Howe", {6: [("01:00", "03:00")]}),
    "Kathmandu": WorkingHours("Asia/Kathmandu", weekdays(("09:00", "17:00"))),
    "Apia": WorkingHours("Pacific/Apia", daily(("09:00", "17:00"))),
    "Kiritimati": WorkingHours("Pacific/Kiritimati", weekdays(("09:00", "17:00"))),
}


def moment(text):
    """ "Mon 2026-05-04 09:00+02:00" as an instant; the weekday is checked, so that a reader may rely on it."""
    weekday, iso = text.split(" ", 1)
    at = datetime.fromisoformat(iso)
    assert at.tzinfo is not None, f"{text} has no offset"
    assert f"{at:%a}" == weekday, f"{text} is a {at:%a}"
    return at


def hours(text):
    """ "2:30" as two and a half hours; "0:00:01" as a second."""
    parts = [int(part) for part in text.split(":")]
    return timedelta(hours=parts[0], minutes=parts[1], seconds=parts[2] if len(parts) > 2 else 0)
