"""Runs our own rules over the repository."""

import sys
from collections.abc import Iterator
from pathlib import Path

from checks.rules import OF_A_FILE, OF_THE_REPOSITORY
from checks.sources import ROOT, Problem, sources


def problems(root: Path) -> Iterator[Problem]:
    """Every place that breaks a rule."""
    for source in sources(root):
        for rule in OF_A_FILE:
            yield from rule(source)
    for whole in OF_THE_REPOSITORY:
        yield from whole(root)


if __name__ == "__main__":
    found = list(problems(ROOT))
    print(*found, sep="\n")
    sys.exit(1 if found else 0)
