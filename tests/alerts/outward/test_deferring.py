"""When a mail of notices leaves."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tresen.alerts.models import Rhythm
from tresen.alerts.outward.deferring import leaves_at

NOON = datetime(2026, 11, 16, 12, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
BERLIN = ZoneInfo("Europe/Berlin")


def leaves(rhythm: Rhythm, *recent: int, at: datetime = NOON, most: int = 3) -> datetime:
    """With notices sent so many minutes ago, three in ten minutes at most."""
    sent = [at - minutes * MINUTE for minutes in recent]
    return leaves_at(rhythm, recent=sent, most=most, within=10 * MINUTE, zone=BERLIN, at=at)


@pytest.mark.parametrize("recent", [(), (1,), (1, 2), (11, 12, 13, 14), (1, 2, 10)])
def test_few_leave_at_once(recent: tuple[int, ...]) -> None:
    assert leaves(Rhythm.AT_ONCE, *recent) == NOON


def test_a_flood_leaves_together_when_the_oldest_of_the_last_ones_is_long_enough_ago() -> None:
    assert leaves(Rhythm.AT_ONCE, 1, 2, 7) == NOON + 3 * MINUTE
    assert leaves(Rhythm.AT_ONCE, 1, 2, 7, 9) == NOON + 3 * MINUTE


def test_hourly_is_the_next_full_hour() -> None:
    assert leaves(Rhythm.HOURLY, at=NOON + 7 * MINUTE) == NOON + 60 * MINUTE


@pytest.mark.parametrize(
    ("at", "morning"),
    [
        (datetime(2026, 11, 16, 6, 59, tzinfo=UTC), datetime(2026, 11, 16, 7, 0, tzinfo=UTC)),
        (datetime(2026, 11, 16, 7, 0, tzinfo=UTC), datetime(2026, 11, 17, 7, 0, tzinfo=UTC)),
        (datetime(2027, 3, 27, 12, 0, tzinfo=UTC), datetime(2027, 3, 28, 6, 0, tzinfo=UTC)),
    ],
    ids=["before eight", "at eight", "over the night without an hour"],
)
def test_daily_is_the_next_morning_where_the_agent_lives(at: datetime, morning: datetime) -> None:
    assert leaves(Rhythm.DAILY, at=at) == morning
