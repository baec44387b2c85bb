"""HTML turned into the text a person reads."""

import re

from inscriptis import get_text  # type: ignore[import-untyped]
from inscriptis.css_profiles import CSS_PROFILES  # type: ignore[import-untyped]
from inscriptis.model.config import ParserConfig  # type: ignore[import-untyped]

from tresen.mail.cleaning import clean_text, crude_text

MAX_CHARACTERS = 1_000_000

_CONFIG = ParserConfig(css=CSS_PROFILES["strict"])
_MANY_EMPTY_LINES = re.compile(r"\n{3,}")


def to_text(html: str) -> tuple[str, bool]:
    """The text of `html`, and whether only a crude or a cut reading was possible."""
    cut = html[:MAX_CHARACTERS]
    crude = False
    try:
        text = clean_text(get_text(cut, _CONFIG))
    except (RecursionError, MemoryError, ValueError, IndexError):
        # The library answers hostile tables and nesting in its own ways; the words are still there.
        text = ""
    if not text.strip() and (text := crude_text(cut)):
        crude = True
    text = _MANY_EMPTY_LINES.sub("\n\n", "\n".join(line.rstrip() for line in text.split("\n")))
    return text.strip("\n"), crude or len(html) > MAX_CHARACTERS
