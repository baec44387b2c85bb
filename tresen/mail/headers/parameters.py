"""`Content-Type: text/plain; charset=utf-8` and its relatives, with RFC 2231 and what senders make of it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes

from tresen.mail.charsets import decode, decode_unlabelled
from tresen.mail.headers.encoded_words import decode_words

_PARAMETER = re.compile(r';\s{0,200}([^\s=;"]{1,80})\s{0,50}=\s{0,200}("(?:[^"\\]|\\.)*"?|[^;]*)')
_LABELLED = re.compile(r"([^']*)'[^']*'(.*)", re.DOTALL)
_CONTINUED = re.compile(r"(.+?)\*(\d{1,3})?(\*)?")


@dataclass(frozen=True, slots=True)
class Parametrised:
    """A header value and its parameters, names lower-cased, values decoded."""

    value: str
    parameters: Mapping[str, str]

    def get(self, name: str) -> str:
        """The parameter `name`, or an empty text."""
        return self.parameters.get(name, "")


def read_parameters(header: str) -> Parametrised:
    """The leading value (lower-cased) and the parameters of a structured header."""
    value = header.partition(";")[0].strip().lower()
    plain: dict[str, str] = {}
    pieces: dict[str, list[tuple[int, bool, str]]] = {}
    for name, content in _PARAMETER.findall(header):
        text = _unquoted(content)
        if continued := _CONTINUED.fullmatch(name):
            piece = (int(continued[2] or 0), bool(continued[3]) or continued[2] is None, text)
            pieces.setdefault(continued[1].lower(), []).append(piece)
        else:
            plain.setdefault(name.lower(), decode_words(text))
    for name, found in pieces.items():
        plain[name] = _joined(found)
    return Parametrised(value, plain)


def _unquoted(content: str) -> str:
    content = content.strip()
    if not content.startswith('"'):
        return content
    inner = content[1:-1] if len(content) > 1 and content.endswith('"') else content[1:]
    return re.sub(r'\\(["\\])', r"\1", inner)


def _joined(pieces: list[tuple[int, bool, str]]) -> str:
    """RFC 2231: `name*0*=utf-8''a%20; name*1*=b`, in the order of the numbers."""
    pieces.sort(key=lambda piece: piece[0])
    charset = ""
    first = pieces[0]
    if first[1] and (labelled := _LABELLED.fullmatch(first[2])):
        charset = labelled[1]
        pieces[0] = (*first[:2], labelled[2])
    content = b"".join(
        unquote_to_bytes(text) if encoded else text.encode("utf-8", "replace") for _, encoded, text in pieces
    )
    return decode(content, charset)[0] if charset else decode_unlabelled(content)
