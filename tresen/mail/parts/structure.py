"""The parts of a mail as spans of its bytes: nothing is copied, nothing recurses without a bound.

The standard library turns the whole mail into a list of text lines first (369 MB for an attachment of 30 MB) and
recurses to death on 3,000 nested parts. Here delimiters are searched in the bytes, and only leaves are decoded.
"""

import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass

from tresen.mail.headers.lines import HeaderBlock, read_block
from tresen.mail.headers.parameters import Parametrised, read_parameters

MAX_DEPTH = 100
MAX_PARTS = 1000

_NOT_BASE64 = bytes(sorted(set(range(256)) - set(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")))
_IN_BASE64 = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=\r\n"
_AFTER_PADDING = re.compile(rb"(?<==)(?=[\sA-Za-z0-9+/])")
_FIRST_LINE = re.compile(rb"\s{0,100}(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}(?:==|[A-Za-z0-9+/]=))?\r?(?:\n|\Z)")
# One sign in so many that base64 does not know: base64 may be damaged, but words have a blank in every eight.
_WORDS_FROM = 12
_AFTER_DELIMITER = re.compile(rb"(--)?[ \t]*\r?(?:\n|\Z)")


class Unwalkable(Exception):
    """The mail is nested or divided beyond reason. `problem` is a key for the interface."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One entity: its headers, its kind, the span of its body, and its children if it is a multipart with any."""

    block: HeaderBlock
    content: Parametrised
    body: tuple[int, int]
    children: tuple["Part", ...] = ()

    @property
    def kind(self) -> str:
        """The content type, such as "text/plain"."""
        return self.content.value

    def leaves(self) -> Iterator["Part"]:
        """The parts that hold content, in order."""
        if not self.children:
            yield self
        for child in self.children:
            yield from child.leaves()


def walk(raw: bytes) -> Part:
    """The tree of parts of a whole mail. Attached mails (message/rfc822) stay closed.

    Raises:
        Unwalkable: deeper than 100 or more than 1,000 parts.
    """
    return _Walk(raw).entity(0, len(raw), depth=0, default="text/plain")


def content_of(raw: bytes, part: Part) -> tuple[bytes, bool]:
    """The decoded bytes of a leaf, and whether its transfer encoding was damaged."""
    body = raw[part.body[0] : part.body[1]]
    encoding = part.block.first("content-transfer-encoding").partition(";")[0].strip().lower()
    if encoding == "base64":
        return (body, True) if part.kind.startswith("text/") and _are_words(body) else _base64(body)
    if encoding == "quoted-printable":
        return binascii.a2b_qp(body), False
    return body, False


class _Walk:
    def __init__(self, raw: bytes) -> None:
        self.raw = raw
        self.parts = 0

    def entity(self, start: int, end: int, *, depth: int, default: str) -> Part:
        self.parts += 1
        if self.parts > MAX_PARTS:
            raise Unwalkable("too_many_parts")
        if depth > MAX_DEPTH:
            raise Unwalkable("too_nested")
        block = read_block(self.raw, start, end)
        content = read_parameters(block.first("content-type"))
        if not re.fullmatch(r"[!-.0-~]+/[!-.0-~]+", content.value):
            content = Parametrised(default, content.parameters)
        children: tuple[Part, ...] = ()
        boundary = content.get("boundary")
        if content.value.startswith("multipart/") and boundary:
            inner = "message/rfc822" if content.value == "multipart/digest" else "text/plain"
            spans = list(self.spans(block.body_at, end, boundary.encode("utf-8", "replace")))
            children = tuple(self.entity(*span, depth=depth + 1, default=inner) for span in spans)
        return Part(block=block, content=content, body=(block.body_at, end), children=children)

    def spans(self, start: int, end: int, boundary: bytes) -> Iterator[tuple[int, int]]:
        """What stands between the delimiters; a missing last delimiter ends with the enclosing part."""
        delimiter = b"--" + boundary.rstrip()
        opened: int | None = None
        position = start
        while (found := self.raw.find(delimiter, position, end)) >= 0:
            position = found + len(delimiter)
            if found > start and self.raw[found - 1 : found] != b"\n":
                continue
            rest = _AFTER_DELIMITER.match(self.raw, position, end)
            if rest is None:
                continue
            if opened is not None:
                yield opened, max(opened, self._without_line_end(found))
            if rest[1]:
                return
            opened = position = rest.end()
            if self.parts > MAX_PARTS:
                raise Unwalkable("too_many_parts")
        if opened is not None:
            yield opened, end

    def _without_line_end(self, position: int) -> int:
        """The line end before a delimiter belongs to it, not to the part."""
        if self.raw[position - 2 : position] == b"\r\n":
            return position - 2
        return position - 1


def _are_words(body: bytes) -> bool:
    """Whether this calls itself base64 and is words all the same."""
    foreign = len(body.translate(None, _IN_BASE64))
    return foreign * _WORDS_FROM > len(body) and _FIRST_LINE.match(body) is None


def _base64(body: bytes) -> tuple[bytes, bool]:
    """Decoded, forgiving what mail programs and footers of list servers do to it."""
    try:
        # Some programs encode piece by piece: each ends with its own padding, and the decoder would stop at the first.
        pieces = _AFTER_PADDING.split(body) if b"=" in body.rstrip(b"\r\n\t -=") else [body]
        return b"".join(binascii.a2b_base64(piece, strict_mode=False) for piece in pieces), False
    except binascii.Error:
        pass
    letters = body.translate(None, _NOT_BASE64)
    letters = letters[: len(letters) - (len(letters) % 4 == 1)]
    return binascii.a2b_base64(letters + b"=" * (-len(letters) % 4)), True
