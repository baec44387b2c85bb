"""No file tells where somebody works: no home folders, no host of a package index."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

from checks.sources import Problem

# Written apart, so that this file does not find itself.
TRACES = re.compile(
    "|".join((
        "/ro" + "ot/",
        "/ho" + r"me/\w+",
        "/Us" + r"ers/\w+",
        "/wo" + "rk/(main|shared)",
        "py" + r"pi\.org",
        "python" + r"hosted\.org",
        "--(extra-)?index" + "-url",
        "--find" + "-links",
    ))
)  # fmt: skip


def no_traces(root: Path) -> Iterator[Problem]:
    """Lines of the repository's text files that name such a place."""
    for path in _files(root):
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
        except (UnicodeDecodeError, OSError):
            continue
        for number, line in enumerate(lines, start=1):
            if found := TRACES.search(line):
                yield Problem(path.relative_to(root).as_posix(), number, f"names a place of somebody's: {found[0]}")


def _files(root: Path) -> list[Path]:
    listing = ["git", "-C", str(root), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(listing, capture_output=True, check=False)
    if listed.returncode:  # an unpacked archive; its every file counts
        return sorted(path for path in root.rglob("*") if path.is_file() and not {".venv", ".tresen"} & set(path.parts))
    return [root / name for name in listed.stdout.decode().split("\0") if name]
