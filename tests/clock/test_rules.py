from datetime import UTC, datetime

import pytest

from tests.clock.telling import AMAZON, at
from tresen.clock.rules import NO_LIMIT, LeftOut, PackSince, Rules, months_later


@pytest.mark.parametrize(
    ("start", "months", "later"),
    [
        ("2026-01-15 09:30", 1, "2026-02-15 09:30"),
        ("2026-01-31 09:30", 1, "2026-02-28 09:30"),
        ("2028-01-31 09:30", 1, "2028-02-29 09:30"),
        ("2026-11-30 09:30", 3, "2027-02-28 09:30"),
        ("2026-12-31 23:59", 12, "2027-12-31 23:59"),
    ],
)
def test_a_month_later_is_the_same_day_and_hour_or_the_months_last_day(start: str, months: int, later: str) -> None:
    begun = datetime.fromisoformat(start).replace(tzinfo=UTC)
    assert f"{months_later(begun, months):%Y-%m-%d %H:%M}" == later


def test_months_are_counted_by_the_clock_on_the_wall() -> None:
    before_the_change = datetime(2026, 3, 1, 9, tzinfo=UTC)
    assert months_later(before_the_change, 1, "Europe/Berlin") == datetime(2026, 4, 1, 8, tzinfo=UTC)


def test_a_message_before_the_first_pack_keeps_the_first() -> None:
    rules = Rules(packs={1: (PackSince(at("Tue 00:00"), AMAZON), PackSince(at("Wed 00:00"), NO_LIMIT))})
    assert rules.pack_at(1, at("Mon 00:00")) is AMAZON
    assert rules.pack_at(1, at("Wed 00:00")) is NO_LIMIT
    assert rules.pack_at(2, at("Mon 00:00")) is NO_LIMIT


def test_what_is_left_out_for_good_has_no_end() -> None:
    mode = LeftOut(key="holiday", stretches=((at("Tue 00:00"), None),))
    assert not mode.holds(at("Mon 23:59"))
    assert mode.holds(at("Sun3 12:00"))
