"""A decision is one page with four sections, numbered: docs/decisions/0001-what-was-decided.md."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from checks.sources import Problem

NAME = re.compile(r"^(\d{4})-[a-z0-9]+(-[a-z0-9]+)*\.md$")
SECTIONS = ("Context", "Decision", "Consequences", "Check")


def decisions(root: Path) -> Iterator[Problem]:
    """Pages that are misnamed, share a number, or lack a section or its words."""
    pages = sorted((root / "docs" / "decisions").glob("*.md"))
    numbers = Counter(page.name[:4] for page in pages)
    for page in pages:
        path = page.relative_to(root).as_posix()
        if not NAME.match(page.name):
            yield Problem(path, 1, "is not named like 0001-what-was-decided.md")
        elif numbers[page.name[:4]] > 1:
            yield Problem(path, 1, f"another decision has the number {page.name[:4]} too")
        text = page.read_text(encoding="utf-8")
        for section in SECTIONS:
            if not re.search(rf"^## {section}\n+[^#\s]", text, re.MULTILINE):
                yield Problem(path, 1, f"lacks the section '## {section}', or says nothing in it")
