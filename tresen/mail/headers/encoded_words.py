"""RFC 2047: `=?charset?q?text?=` in header values, also where senders break its rules."""

import binascii
import re

from tresen.mail.charsets import decode

# Spaces inside the text and words that touch each other are forbidden and common.
_WORD = re.compile(r"=\?([^?\s]{1,60})\?([bBqQ])\?([^?]*)\?=")


def decode_words(value: str) -> str:
    """`value` with every encoded word read. Neighbours of one charset are joined before decoding.

    (Senders cut in the middle of a character.)
    """
    if "=?" not in value:
        return value
    out: list[str] = []
    pending = b""
    charset = ""
    position = 0
    for word in _WORD.finditer(value):
        between = value[position : word.start()]
        label = word[1].partition("*")[0]
        if pending and (between.strip() or label.lower() != charset.lower()):
            out.append(decode(pending, charset)[0])
            pending = b""
        if between.strip() or not position:
            out.append(between)
        pending += _word_bytes(word[2], word[3])
        charset = label
        position = word.end()
    if pending:
        out.append(decode(pending, charset)[0])
    out.append(value[position:])
    return "".join(out)


def _word_bytes(encoding: str, text: str) -> bytes:
    if encoding in "bB":
        letters = re.sub(r"[^A-Za-z0-9+/]", "", text)
        letters += "=" * (-len(letters) % 4) if len(letters) % 4 != 1 else "A=="
        return binascii.a2b_base64(letters)
    return binascii.a2b_qp(text.encode("utf-8", "replace"), header=True)
