"""Bytes to text, whatever the sender says they are."""

import codecs
import re
from functools import lru_cache

import charset_normalizer

SAMPLE_BYTES = 16 * 1024
_ENOUGH_TO_GUESS = 40
"""A name of six letters looks like Chinese to whoever guesses by statistics."""

# Labels that Python does not know, or that senders use for a wider set than their name says (WHATWG's list).
_MEANT = {
    "ascii": "cp1252",
    "us-ascii": "cp1252",
    "ansi_x3.4-1968": "cp1252",
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "iso8859-1": "cp1252",
    "iso_8859-1": "cp1252",
    "cp-1252": "cp1252",
    "x-ansi": "cp1252",
    "iso-8859-8-i": "iso8859_8",
    "iso-8859-8-e": "iso8859_8",
    "windows-874": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "shift_jis": "cp932",
    "x-sjis": "cp932",
    "ks_c_5601-1987": "cp949",
    "euc-kr": "cp949",
    "x-mac-roman": "mac_roman",
    "macintosh": "mac_roman",
    "unicode-1-1-utf-7": "utf_7",
    "unicode-1-1-utf-8": "utf_8",
    "utf8mb4": "utf_8",
    "utf-8-mac": "utf_8",
}
# These are text codecs of Python, but no charset of a mail: slow, or meant for source code and host names.
_NO_CHARSET = {"idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined", "mbcs", "oem", "rot13"}


def decode(content: bytes, label: str) -> tuple[str, bool]:
    """The text of `content` and whether its charset had to be guessed or some bytes could not be read."""
    codec = _codec(label)
    if codec is None:
        return _guessed(content), bool(label) and not content.isascii()
    if codec == "cp1252":
        # Half of what calls itself Latin-1 is UTF-8; the other way round is next to impossible by chance.
        return _strict(content, "utf_8") or decode_windows(content), False
    text = _strict(content, codec)
    if text is not None:
        return text, False
    if codec == "utf-8" and _nothing_but_windows(content):
        return decode_windows(content), True
    return _strict(content, "utf_8") or content.decode(codec, "replace"), True


def decode_unlabelled(content: bytes) -> str:
    """Text of bytes that carry no charset, such as 8-bit headers: UTF-8, else the Western European set."""
    text = _strict(content, "utf_8")
    return decode_windows(content) if text is None else text


def decode_windows(content: bytes) -> str:
    """cp1252, its five holes filled as browsers do; every byte becomes a character."""
    text = _strict(content, "cp1252")
    return content.decode("latin-1") if text is None else text


@lru_cache(maxsize=256)
def _codec(label: str) -> str | None:
    name = re.sub(r"[^a-z0-9_.:-]", "", label.strip().strip("\"'").lower())[:60]
    name = _MEANT.get(name, name)
    try:
        info = codecs.lookup(name) if name else None
    except (LookupError, ValueError):
        return None
    if info is None or not getattr(info, "_is_text_encoding", True) or info.name in _NO_CHARSET:
        return None
    return _MEANT.get(info.name, info.name)


def _strict(content: bytes, codec: str, errors: str = "strict") -> str | None:
    try:
        return content.decode(codec, errors)
    except (UnicodeError, ValueError):
        return None


def _nothing_but_windows(content: bytes) -> bool:
    """Whether what calls itself UTF-8 holds not one sign of it: forms often send the Western European set so."""
    beyond = set(content.decode("utf-8", "replace")) - {"\ufffd"}
    return all(sign.isascii() for sign in beyond) and _strict(content, "utf-8", "surrogatepass") is None


def _guessed(content: bytes) -> str:
    text = _strict(content, "utf_8")
    if text is not None:
        return text
    if len(content) < _ENOUGH_TO_GUESS:
        return decode_windows(content)
    best = charset_normalizer.from_bytes(content[:SAMPLE_BYTES], cp_exclusion=["utf_7"]).best()
    codec = _codec(best.encoding) if best else None
    return decode_windows(content) if codec is None else content.decode(codec, "replace")
