"""Invented files, drawn by code: a picture is a few coloured shapes, told apart by the name it is drawn for."""

import struct
import zlib
from hashlib import sha256

SIDE = 96
_SIGN = b"\x89PNG\r\n\x1a\n"


def file_of(name: str) -> bytes:
    """The content of a file of this name: a PDF, a text or a picture, always the same."""
    if name.lower().endswith(".pdf"):
        return b"%PDF-1.4\n% " + name.encode() + b"\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
    if name.lower().endswith(".txt"):
        return f"{name}: invented.\n".encode()
    return picture_of(name)


def picture_of(name: str) -> bytes:
    """A lamp on a coloured ground, as PNG."""
    hue = sha256(name.encode()).digest()
    colours = {
        "ground": bytes(205 + one % 50 for one in hue[0:3]),
        "light": bytes((255, 240, 170 + hue[3] % 60)),
        "lamp": bytes(40 + one % 120 for one in hue[4:7]),
        "foot": bytes(30 + one % 60 for one in hue[7:10]),
    }
    rows = b"".join(b"\0" + b"".join(colours[_part(x, y)] for x in range(SIDE)) for y in range(SIDE))
    header = struct.pack(">IIBBBBB", SIDE, SIDE, 8, 2, 0, 0, 0)
    return _SIGN + _chunk(b"IHDR", header) + _chunk(b"IDAT", zlib.compress(rows, 9)) + _chunk(b"IEND", b"")


_SHAPES = (("lamp", 20, 48, 12, 0.5), ("foot", 48, 78, 2, 0.0), ("foot", 78, 83, 16, 0.0), ("light", 48, 78, 26, 0.3))
"""Each with its first and last line, half its width at the first, and how much wider it grows with each line."""


def _part(x: int, y: int) -> str:
    """What is to be seen at a point."""
    from_middle = abs(x - SIDE // 2)
    for name, top, bottom, half, growth in _SHAPES:
        if top <= y < bottom and from_middle < half + (y - top) * growth:
            return name
    return "ground"


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
