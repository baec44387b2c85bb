import os
from datetime import UTC, datetime

from tresen.local.heartbeat import SweepHealth, beat, fall_silent, heartbeats

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
SWEEPS = {"mail": SweepHealth(last_success="", failures=2, problem="OSError: down")}


def test_what_a_worker_says_of_itself_can_be_read(tmp_path):
    beat(tmp_path, at=NOON, sweeps=SWEEPS)
    (heard,) = heartbeats(tmp_path)
    assert (heard.pid, heard.at, heard.sweeps) == (os.getpid(), NOON, SWEEPS)


def test_a_worker_that_ended_as_it_should_says_nothing(tmp_path):
    beat(tmp_path, at=NOON, sweeps=SWEEPS)
    fall_silent(tmp_path)
    assert list(heartbeats(tmp_path)) == []


def test_a_damaged_file_is_passed_over(tmp_path):
    beat(tmp_path, at=NOON, sweeps=SWEEPS)
    (tmp_path / "health" / "worker-1.json").write_text("{")
    assert [heard.pid for heard in heartbeats(tmp_path)] == [os.getpid()]
