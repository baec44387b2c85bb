"""Mail addresses out of header values.

The standard library's reader takes `service@bank.example <evil@x.example>` apart wrongly or gives up on the whole
header; here the part in angle brackets is always the address, and each entry stands for itself.
"""

import re
from collections.abc import Iterator

from tresen.mail.cleaning import clean_line
from tresen.mail.headers.encoded_words import decode_words
from tresen.mail.parsed import Address

MAX_ADDRESSES = 500

# Quotes and comments that never close run to the end: looking for their end again and again would take forever.
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"?|\((?:[^()\\]|\\.)*\)?|<[^<>]*>|[,;:]|[^",;:()<>]+|.', re.DOTALL)
_ANYWHERE = re.compile(r"<([^\s<>@]{1,320}@[^\s<>@]{1,320})>")
_BARE = re.compile(r"[^\s<>,;:()\"]{1,320}@[^\s<>,;:()\"]{1,320}")


def read_addresses(value: str) -> tuple[Address, ...]:
    """Every address of a From, To, Cc or Reply-To value. Groups are opened, empty ones vanish."""
    found: list[Address] = []
    for entry in _entries(value):
        address = _address(entry)
        if address is not None:
            found.append(address)
        if len(found) >= MAX_ADDRESSES:
            break
    if not found and (loose := _ANYWHERE.search(value)):
        return (Address(email=clean_line(normalise(loose[1]))),)
    return tuple(found)


def normalise(email: str) -> str:
    """`email` without blanks, lower-cased at the domain; the local part is the receiver's to judge."""
    local, at, domain = re.sub(r"\s+", "", email).rpartition("@")
    return f"{local}{at}{domain.lower().rstrip('.')}"


def domain_of(email: str) -> str:
    """The domain of an address, lower-cased, or an empty text."""
    return email.rpartition("@")[2].lower() if "@" in email else ""


def _entries(value: str) -> Iterator[list[str]]:
    """Tokens of one address each: split at commas, semicolons and the colon that opens a group."""
    entry: list[str] = []
    for piece in _TOKEN.findall(value):
        if piece in {",", ";"}:
            yield entry
            entry = []
        elif piece == ":" and not any("@" in before for before in entry):
            entry = []
        else:
            entry.append(piece)
    yield entry


def _address(tokens: list[str]) -> Address | None:
    angled = next((token for token in reversed(tokens) if token.startswith("<") and "@" in token), None)
    if angled is not None:
        # A source route, `<@relay:user@host>`, ends at the colon.
        email = angled[1:].rstrip(">").rpartition(":")[2]
        words = [token for token in tokens if not token.startswith(("<", "("))]
        comments = [token[1:-1] for token in tokens if token.startswith("(")]
        name = _name(words) or _name(comments)
    else:
        whole = "".join(token for token in tokens if not token.startswith("("))
        bare = _BARE.search(whole)
        if bare is None:
            return None
        email = bare[0].strip("'")
        rest = re.sub(r"[<>\"]", " ", whole.replace(bare[0], " "))
        name = _name([rest]) or _name([token[1:-1] for token in tokens if token.startswith("(")])
    email = clean_line(normalise(email))
    if not email.partition("@")[0] or not email.rpartition("@")[2]:
        return None
    return Address(email=email[:500], name=name)


def _name(tokens: list[str]) -> str:
    pieces = [re.sub(r"\\(.)", r"\1", token[1:-1]) if token.startswith('"') else token for token in tokens]
    return clean_line(decode_words(" ".join(piece.strip() for piece in pieces)))[:300].strip(" '\"")
