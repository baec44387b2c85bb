"""Started with wrong settings, every command stops with the whole list of what is wrong."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.servers.web import free_port

WRONG = {
    "DATABASE_URL": "mysql://tresen:hidden@db.example/tresen",
    "TRESEN_SECRET_KEY": "hidden",
    "TRESEN_VAULT_KEYS": "hidden",
    "TRESEN_BASE_URL": "desk.example",
    "TRESEN_HOSTS": ",",
    "TRESEN_LOG_LEVEL": "LOUD",
    "TRESEN_POOLED": "perhaps",
}
SOUND = ("TRESEN_SECRET_KEY", "TRESEN_VAULT_KEYS")


def started(home: Path, command: str, **settings: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if name not in WRONG or name in SOUND}
    return subprocess.run(
        [sys.executable, "-m", "tresen", command, *([] if command == "work" else ["--port", str(free_port())])],
        env=kept | {"TRESEN_HOME": str(home)} | settings,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


@pytest.mark.parametrize("command", ["serve", "web", "work"])
def test_a_command_says_all_that_is_wrong_at_once_and_stops(home: Path, command: str) -> None:
    stopped = started(home, command, **WRONG)
    assert stopped.returncode == 2
    heading, *problems = stopped.stderr.splitlines()
    assert heading == "These settings are wrong:"
    assert {problem.removeprefix("  - ").partition(":")[0] for problem in problems} == set(WRONG)
    assert all(problem.startswith("  - ") and problem.endswith(".") for problem in problems)
    assert "hidden" not in stopped.stderr
    assert not (home / "postgres").exists()


def test_a_database_that_does_not_answer_is_told_in_a_sentence(home: Path) -> None:
    stopped = started(home, "serve", DATABASE_URL="postgresql://tresen@127.0.0.1:1/tresen")
    assert stopped.returncode == 1
    assert stopped.stderr.startswith("The database can't be brought to this release: connection failed")
    assert "Traceback" not in stopped.stderr
