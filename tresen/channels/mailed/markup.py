"""Looking into a mail's HTML: marked elements, links, tables. Never shown to anybody, so nothing is sanitised here."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree  # type: ignore[import-untyped]

_BLOCKS = frozenset({"address", "article", "blockquote", "div", "h1", "h2", "h3", "h4", "li", "ol", "p", "table", "tr"})
_SILENT = frozenset({"script", "style", "head", "title"})
_KEEPS_SPACES = frozenset({"pre", "textarea"})
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Link:
    """An address and the words it stands under."""

    url: str
    label: str


class Markup:
    """One HTML part. Broken markup gives what could be read of it, an empty part nothing at all."""

    def __init__(self, html: str) -> None:
        parser = etree.HTMLParser(
            encoding="utf-8", recover=True, no_network=True, remove_comments=True, remove_pis=True
        )
        data = html.encode("utf-8", "replace")
        self._root = etree.fromstring(data, parser) if data.strip() else None

    def elements(self, tag: str) -> list[etree._Element]:
        """All elements of the name `tag`, in the order of the document."""
        return [] if self._root is None else list(self._root.iter(tag))

    def by_id(self, identifier: str) -> etree._Element | None:
        """The first element of that id."""
        if self._root is None:
            return None
        return next((found for found in self._root.iter(etree.Element) if found.get("id") == identifier), None)

    def text_before(self, element: etree._Element) -> str:
        """The text of the document that stands before `element`."""
        return "" if self._root is None else _text(self._root, until=element)

    def links(self, *, before: etree._Element | None = None, after: etree._Element | None = None) -> list[Link]:
        """The links in order; only those before or after an element where one is given."""
        if self._root is None:
            return []
        found: list[Link] = []
        passed = after is None
        for element in self._root.iter():
            if element is before:
                break
            passed = passed or element is after
            if passed and element.tag == "a" and element.get("href"):
                found.append(Link(url=str(element.get("href")), label=text_of(element)))
        return found

    def tables(self) -> Iterator[list[list[str]]]:
        """The innermost tables as rows of cells' texts."""
        for table in self.elements("table"):
            if next(table.iterdescendants("table"), None) is None:
                yield [[text_of(cell) for cell in row.iterchildren("td", "th")] for row in table.iter("tr")]


def text_of(element: etree._Element) -> str:
    """The words of one element: entities decoded, line breaks kept, spaces kept where the element keeps them."""
    return _text(element, until=None).strip()


def _text(root: etree._Element, *, until: etree._Element | None) -> str:
    pieces: list[str] = []
    keeping = silent = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if element is until:
            break
        started = event == "start"
        step = 1 if started else -1
        keeping += step if element.tag in _KEEPS_SPACES else 0
        silent += step if element.tag in _SILENT else 0
        if element.tag in _BLOCKS or (started and element.tag == "br"):
            pieces.append("\n")
        words = element.text if started else (element.tail if element is not root else None)
        if words and not silent:
            pieces.append(words if keeping else _SPACES.sub(" ", words))
    return _tidied("".join(pieces), indented=root.tag in _KEEPS_SPACES)


def _tidied(text: str, *, indented: bool) -> str:
    lines = (line.rstrip() if indented else line.strip() for line in text.replace("\r\n", "\n").split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines))
