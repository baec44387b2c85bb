"""Words in a mail's HTML that nobody who opens it sees: kept out of the text that is read and searched.

Preview lines and words for filters stand there, and whoever wants to be first in a queue could put some there. Only
what an element says of itself counts; style sheets are not read.
"""

import re
from dataclasses import dataclass, replace

from lxml.etree import _Element  # type: ignore[import-untyped]

_LONGEST_STYLE = 10_000
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_ZERO = re.compile(r"[+-]?(?:0+(?:\.0*)?|\.0+)[a-z%]*")
_OF_ITS_PARENT = re.compile(r"[\d.]+(?:em|ex|ch|%)|larger|smaller|inherit|unset")
_SIZE_IN_FONT = re.compile(r"(?:^|\s)(0|\d{0,5}\.?\d{1,5}(?:px|pt|pc|em|rem|ex|ch|vw|vh|cm|mm|in|%))(?:/\S+)?\s")


@dataclass(frozen=True, slots=True)
class _Look:
    """What an element's words look like: `invisible` and `tiny` are handed down until a descendant says otherwise."""

    gone: bool = False
    invisible: bool = False
    tiny: bool = False


def drop_hidden_words(root: _Element) -> None:
    """Take out of the tree what is not displayed, invisible, transparent or of size 0. The elements stay."""
    stack = [(root, _Look())]
    while stack:
        element, around = stack.pop()
        if not isinstance(element.tag, str):  # a comment: the words behind it are its parent's
            continue
        look = _look(element, around)
        if look.gone:
            element.clear(keep_tail=True)
            continue
        if look.invisible or look.tiny:
            element.text = None
            for child in element:
                child.tail = None
        stack.extend((child, look) for child in element)


def _look(element: _Element, around: _Look) -> _Look:
    if element.tag == "template" or element.get("hidden") is not None:
        return replace(around, gone=True)
    look = replace(around, tiny=False) if element.tag == "font" and element.get("size") else around
    style = element.get("style")
    return _styled(_declared(style), look) if style else look


def _declared(style: str) -> dict[str, str]:
    declarations = (each.partition(":") for each in _COMMENT.sub("", style[:_LONGEST_STYLE].lower()).split(";"))
    return {name.strip(): value.replace("!important", "").strip() for name, _, value in declarations}


def _styled(declared: dict[str, str], look: _Look) -> _Look:
    if declared.get("display") == "none" or _ZERO.fullmatch(declared.get("opacity", "")):
        return replace(look, gone=True)
    if (visibility := declared.get("visibility")) not in {None, "inherit", "unset"}:
        look = replace(look, invisible=visibility in {"hidden", "collapse"})
    size = declared.get("font-size", "")
    if not size and (said := _SIZE_IN_FONT.search(declared.get("font", "")[:200] + " ")):
        size = said[1]
    if _ZERO.fullmatch(size):
        return replace(look, tiny=True)
    return look if not size or _OF_ITS_PARENT.fullmatch(size) else replace(look, tiny=False)
