"""Header blocks as they really come: folded, 8-bit, without separators, megabytes long."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tresen.mail.charsets import decode_unlabelled

MAX_BLOCK_BYTES = 256 * 1024
MAX_VALUE_CHARACTERS = 64 * 1024
_LINES_LOOKED_AHEAD = 6

_FIELD = re.compile(rb"([!-9;-~]{1,200})[ \t]*:(.*)", re.DOTALL)
_WELL_KNOWN = re.compile(
    rb"(?:from|to|cc|subject|date|message-id|reply-to|sender|mime-version|received|return-path|in-reply-to|references"
    rb"|content-[a-z-]+|x-[a-z0-9-]+)[ \t]*:",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class HeaderBlock:
    """Header fields in order, names lower-cased, values unfolded but still encoded; and where the body begins."""

    fields: tuple[tuple[str, str], ...]
    body_at: int
    damaged: bool = False
    too_long: bool = False

    def first(self, name: str) -> str:
        """The first value of `name` (lower case), or an empty text."""
        return next((value for key, value in self.fields if key == name), "")

    def all(self, name: str) -> tuple[str, ...]:
        """Every value of `name` (lower case), topmost first."""
        return tuple(value for key, value in self.fields if key == name)


def read_block(raw: bytes, start: int = 0, end: int | None = None) -> HeaderBlock:
    """The header block that begins at `start`. Never fails: what is no header is skipped, or begins the body."""
    end = len(raw) if end is None else end
    fields: list[tuple[bytes, list[bytes]]] = []
    damaged = too_long = False
    position = start
    for line_start, line_end, line in _lines(raw, start, end):
        position = line_start
        if not line.strip(b"\r\n"):
            position = line_end
            break
        if line_start - start > MAX_BLOCK_BYTES:
            too_long = True
            position = _after_blank_line(raw, line_start, end)
            break
        if line[:1] in b" \t" and fields:
            fields[-1][1].append(line.rstrip(b"\r\n"))
        elif matched := _FIELD.fullmatch(line.rstrip(b"\r\n")):
            fields.append((matched[1].lower(), [matched[2]]))
        elif not (line_start == start and line.startswith((b"From ", b">From "))):
            damaged = True
            if not _headers_go_on(raw, line_end, end):
                break
        position = line_end
    decoded = tuple((name.decode("ascii"), _value(pieces)) for name, pieces in fields)
    return HeaderBlock(fields=decoded, body_at=position, damaged=damaged, too_long=too_long)


def _lines(raw: bytes, start: int, end: int) -> Iterator[tuple[int, int, bytes]]:
    """(start, end, line with its line end), each line cut to what a header may hold."""
    while start < end:
        found = raw.find(b"\n", start, end)
        line_end = end if found < 0 else found + 1
        yield start, line_end, raw[start : min(line_end, start + MAX_VALUE_CHARACTERS)]
        start = line_end


def _headers_go_on(raw: bytes, position: int, end: int) -> bool:
    """Whether a well-known field still comes before the next blank line, a few lines down at most.

    Senders break long subjects without indenting them; what follows such a line is still header, not text.
    """
    for count, (_, _, line) in enumerate(_lines(raw, position, end)):
        if count >= _LINES_LOOKED_AHEAD or not line.strip(b"\r\n"):
            return False
        if _WELL_KNOWN.match(line):
            return True
    return False


def _after_blank_line(raw: bytes, position: int, end: int) -> int:
    ends = [found + len(mark) for mark in (b"\n\n", b"\n\r\n") if (found := raw.find(mark, position, end)) >= 0]
    return min(ends, default=end)


def _value(pieces: list[bytes]) -> str:
    joined = b" ".join(piece.strip(b" \t\r") for piece in pieces).strip()
    return decode_unlabelled(joined[:MAX_VALUE_CHARACTERS])
