"""The same days and hours of the last weeks; of a young installation only those there are."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.factories.messages import a_message, filed
from tests.factories.shops import a_store
from tresen.board.earlier import WEEKS, earlier, known_since, weeks_before

BERLIN = ZoneInfo("Europe/Berlin")
DAY, WEEK = timedelta(days=1), timedelta(weeks=1)
NOW = datetime(2026, 11, 27, 12, tzinfo=BERLIN)
"""A Friday."""
SATURDAY = datetime(2026, 11, 28, tzinfo=BERLIN), datetime(2026, 11, 29, tzinfo=BERLIN)


@pytest.mark.parametrize(("days", "first"), [(0, 1), (-1, 0), (-2, 0), (1, 1), (6, 1), (7, 2), (13, 2), (14, 3)])
def test_the_last_weeks_are_those_that_were_over_before_today(days: int, first: int) -> None:
    today = datetime(2026, 11, 27, tzinfo=BERLIN)
    asked = today + days * DAY, today + (days + 1) * DAY
    assert list(weeks_before(asked, at=NOW, zone=BERLIN)) == [first, first + 1, first + 2, first + 3]


def test_hours_are_those_on_the_wall_also_across_the_change_of_the_clock() -> None:
    noon = datetime(2026, 10, 28, 12, tzinfo=BERLIN)
    ((_, before),) = earlier((noon, noon + DAY), [1], zone=BERLIN, since=None)
    assert [f"{at:%a %d %H:%M %z}" for at in before] == ["Wed 21 12:00 +0200", "Thu 22 12:00 +0200"]


def weeks_known(since: datetime | None) -> list[int]:
    return [week for week, _ in earlier(SATURDAY, range(1, WEEKS + 1), zone=BERLIN, since=since)]


def test_weeks_before_the_first_message_tell_nothing() -> None:
    assert weeks_known(None) == [1, 2, 3, 4]
    assert weeks_known(SATURDAY[0] - 2 * WEEK - DAY) == [1, 2]
    assert weeks_known(SATURDAY[0] - 2 * WEEK) == [1, 2]


def test_a_day_on_which_the_first_message_came_tells_only_where_there_is_no_other() -> None:
    noon = DAY / 2
    assert weeks_known(SATURDAY[0] - 2 * WEEK + noon) == [1]
    assert weeks_known(SATURDAY[0] - WEEK + noon) == [1]
    assert weeks_known(SATURDAY[0] - WEEK + DAY) == []


@pytest.mark.django_db
def test_an_installation_is_known_since_its_first_message_for_as_long_as_that_matters() -> None:
    now = NOW.astimezone(UTC)
    assert known_since(now) == now
    store = a_store()
    filed(store, a_message(at=now - 2 * WEEK), a_message(sender="b@marketplace.amazon.de", at=now - WEEK))
    assert known_since(now) == now - 2 * WEEK
    assert known_since(now + 8 * WEEK) is None
