"""A module's name says what can be done in it, or what it is about; a drawer has no name."""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from checks.sources import Problem, Source

DRAWER = re.compile(r"(^|_)(utils?|helpers?|common|core|misc|base|managers?|handlers?)$")


def telling_names(source: Source) -> Iterator[Problem]:
    """Files and folders that are named after nothing."""
    path = PurePosixPath(source.path)
    for name in (*path.parts[:-1], path.stem):
        if DRAWER.search(name):
            yield Problem(source.path, 1, f"'{name}' says nothing; name what it does or is about")
