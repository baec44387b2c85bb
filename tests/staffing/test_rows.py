from datetime import date

from tresen.staffing.rows import names_json, names_of, special_json, special_of, week_json, week_of


def test_a_week_is_kept_in_order_and_without_empty_days():
    stored = week_json({4: [("13:00", "17:00"), ("08:00", "12:00")], 0: [("08:00", "12:00")], 5: []})
    assert list(stored.items()) == [("0", [["08:00", "12:00"]]), ("4", [["08:00", "12:00"], ["13:00", "17:00"]])]
    assert week_of(stored) == {0: [("08:00", "12:00")], 4: [("08:00", "12:00"), ("13:00", "17:00")]}


def test_a_special_day_without_hours_is_kept_as_closed():
    stored = special_json({date(2026, 12, 31): [], date(2026, 12, 24): [("08:00", "12:00")]})
    assert stored == {"2026-12-24": [["08:00", "12:00"]], "2026-12-31": []}
    assert special_of(stored) == {date(2026, 12, 24): [("08:00", "12:00")], date(2026, 12, 31): []}


def test_names_of_other_days_and_empty_ones_are_not_kept():
    days = [date(2026, 12, day) for day in (24, 28, 31)]
    stored = names_json(dict(zip(days, ("Heiligabend", "", "Inventur"), strict=True)), days[:2])
    assert stored == {"2026-12-24": "Heiligabend"}
    assert names_of(stored) == {days[0]: "Heiligabend"}
