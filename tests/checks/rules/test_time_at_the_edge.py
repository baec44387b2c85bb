import pytest

from checks.rules.time_at_the_edge import time_at_the_edge
from checks.sources import Source

ASKS = "from datetime import UTC, datetime\n\ndef due() -> bool:\n    return datetime.now(UTC) > limit\n"
IS_TOLD = "from datetime import datetime\n\ndef due(now: datetime) -> bool:\n    return now > limit\n"


def lines(path, text):
    return [problem.line for problem in time_at_the_edge(Source(path, text))]


def test_a_rule_that_asks_for_the_time_is_told():
    assert lines("tresen/sla/watching.py", ASKS) == [4]


@pytest.mark.parametrize(
    "call", ["timezone.now()", "django.utils.timezone.now()", "date.today()", "time.time()", "wall.now()"]
)
def test_every_way_of_asking_is_known(call):
    assert lines("tresen/sla/watching.py", f"x = {call}\n") == [1]


def test_a_rule_that_is_told_the_time_is_fine():
    assert lines("tresen/sla/watching.py", IS_TOLD) == []


@pytest.mark.parametrize(
    "path",
    [
        "tresen/workspace/queue/views.py",
        "tresen/workspace/views.py",
        "tresen/outbox/tasks.py",
        "tresen/local/doctor/a.py",
        "tresen/channels/ebay/proving.py",
    ],
)
def test_at_the_edge_anybody_may_ask(path):
    assert lines(path, ASKS) == []


def test_measuring_a_duration_is_fine():
    assert lines("tresen/mail/imap.py", "began = time.monotonic()\n") == []
