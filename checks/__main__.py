"""Runs every check, all of them even when one fails, and says at the end how it went."""

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

from checks.sources import ROOT

BIN = Path(sys.executable).parent
# Types and migrations need settings that can be read, but no database behind them.
PLACEHOLDERS = {
    "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/nothing",
    "DJANGO_SETTINGS_MODULE": "tresen.config.settings",
    "TRESEN_SECRET_KEY": "a key for checks that guards nothing at all",
    "TRESEN_VAULT_KEYS": "Y2hlY2tzLW9ubHktbm8tc2VjcmV0LTMyLWJ5dGVzLWw=",
}


class Check(NamedTuple):
    """One program whose success is what we want."""

    name: str
    command: tuple[str, ...]


PYTHON = str(BIN / "python")
CHECKS = (
    Check("ruff", (str(BIN / "ruff"), "check", "--quiet", ".")),
    Check("format", (str(BIN / "ruff"), "format", "--check", "--quiet", ".")),
    Check("types", (str(BIN / "mypy"), "tresen", "tests")),
    Check("layers", (str(BIN / "lint-imports"), "--no-cache")),
    Check("rules", (PYTHON, "-m", "checks.lint")),
    # It asks the database which migrations are applied, and only warns when none answers.
    Check("migrations", (PYTHON, "-W", "ignore", "-m", "django", "makemigrations", "--check", "--dry-run")),
    Check("spelling", (str(BIN / "codespell"), ".")),
)


def main(names: list[str]) -> int:
    """Run the checks of these names, or all; 1 if any fails."""
    if unknown := set(names) - {check.name for check in CHECKS}:
        print(f"There is no check {', '.join(sorted(unknown))}. There are {', '.join(c.name for c in CHECKS)}.")
        return 2
    failed = [check.name for check in CHECKS if (not names or check.name in names) and not _holds(check)]
    print(f"These checks fail: {', '.join(failed)}." if failed else "All checks hold.")
    return 1 if failed else 0


def _holds(check: Check) -> bool:
    began = time.monotonic()
    environ = {**PLACEHOLDERS, **os.environ}
    done = subprocess.run(check.command, cwd=ROOT, env=environ, capture_output=True, text=True, check=False)
    print(
        f"{check.name:<12}{'holds' if done.returncode == 0 else 'FAILS':<8}{time.monotonic() - began:5.1f} s",
        flush=True,
    )
    if done.returncode:
        print(f"{done.stdout}{done.stderr}".strip(), flush=True)
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
