import os
import signal
import subprocess
import sys

import pytest

from tresen.crashing.points import Point, chosen

PASSES_TWO = """
from tresen.crashing.points import Point, reached
reached(Point.RAW_COMMITTED)
print("first", flush=True)
reached(Point.ATTEMPT_COMMITTED)
print("second", flush=True)
"""


def run(point: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "TRESEN_CRASH_POINT": point}
    return subprocess.run(
        [sys.executable, "-c", PASSES_TWO], env=environment, capture_output=True, text=True, check=False
    )


def test_a_process_dies_at_the_chosen_point_and_not_before() -> None:
    ended = run("attempt_committed")
    assert ended.returncode == -signal.SIGKILL
    assert ended.stdout == "first\n"


def test_without_a_chosen_point_nothing_happens() -> None:
    assert run("").stdout == "first\nsecond\n"


def test_a_misspelt_point_is_refused_at_the_start() -> None:
    with pytest.raises(ValueError, match="nowhere"):
        chosen("nowhere")
    assert {point.value for point in Point} >= {"raw_committed", "inside_due_sweep"}
