"""Cutting a platform's own lines from below a person's text."""

import re
from collections.abc import Sequence


class Footers:
    """The beginnings of lines that only the platform writes there."""

    def __init__(self, beginnings: Sequence[str]) -> None:
        words = "|".join(re.escape(beginning) for beginning in sorted(beginnings, key=len, reverse=True))
        # A line must start with one of them: a mention in the middle ("where are you located") is the buyer's.
        self._line = re.compile(rf"^[ \t\xa0]{{0,40}}(?:{words})", re.MULTILINE) if words else None

    def start_in(self, text: str, *, after: int = 0) -> int | None:
        """Where the first footer line begins."""
        found = self._line.search(text, after) if self._line else None
        return found.start() if found else None

    def cut(self, text: str) -> str:
        """`text` up to its first footer line."""
        start = self.start_in(text)
        return text[:start].rstrip() if start is not None else text
