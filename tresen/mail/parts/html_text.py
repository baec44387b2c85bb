"""HTML turned into the text a person reads."""

import re

from inscriptis.css_profiles import CSS_PROFILES  # type: ignore[import-untyped]
from inscriptis.html_engine import Inscriptis  # type: ignore[import-untyped]
from inscriptis.model.config import ParserConfig  # type: ignore[import-untyped]
from lxml.etree import ParserError  # type: ignore[import-untyped]
from lxml.html import HtmlElement, document_fromstring  # type: ignore[import-untyped]

from tresen.mail.cleaning import clean_text, crude_text
from tresen.mail.parts.hidden_words import drop_hidden_words

MAX_CHARACTERS = 1_000_000

_CONFIG = ParserConfig(css=CSS_PROFILES["strict"])
_XML_DECLARATION = re.compile(r"<\?xml [^>]{1,500}\?>")
_MANY_EMPTY_LINES = re.compile(r"\n{3,}")


def to_text(html: str) -> tuple[str, bool]:
    """The text of `html` that its reader sees, and whether only a crude or a cut reading was possible."""
    cut = html[:MAX_CHARACTERS]
    crude = False
    try:
        text = clean_text(_shown(cut))
    except (RecursionError, MemoryError, ValueError, IndexError):
        # The library answers hostile tables and nesting in its own ways; the words are still there.
        text = ""
    if not text.strip() and (text := crude_text(cut)):
        crude = True
    text = _MANY_EMPTY_LINES.sub("\n\n", "\n".join(line.rstrip() for line in text.split("\n")))
    return text.strip("\n"), crude or len(html) > MAX_CHARACTERS


def _shown(html: str) -> str:
    html = html.strip()
    if not html:
        return ""
    tree = _tree(_XML_DECLARATION.sub("", html, count=1) if html.startswith("<?xml ") else html)
    drop_hidden_words(tree)
    text: str = Inscriptis(tree, _CONFIG).get_text()
    return text


def _tree(html: str) -> HtmlElement:
    try:
        return document_fromstring(html)
    except ParserError:  # nothing but comments, say
        return document_fromstring(f"<pre>{html}</pre>")
