"""What an IMAP server answers, and how it is asked: the pure part of `imap`."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from tresen.mail.headers.dates import read_date

BATCH_MAILS = 50
BATCH_BYTES = 20_000_000
LISTING = "(UID RFC822.SIZE INTERNALDATE)"

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_INTERNAL_DATE = re.compile(rb'\bINTERNALDATE "([^"]{10,40})"', re.IGNORECASE)
_SHORT_CONTENT = re.compile(rb'\bBODY\[(?:HEADER)?\]\S* (?:NIL|"((?:[^"\\]|\\.)*)")', re.IGNORECASE)
_CONTENT = re.compile(rb"\bBODY\[(?:HEADER)?\]", re.IGNORECASE)
EXISTS = re.compile(rb"\* (\d+) EXISTS", re.IGNORECASE)
UID = re.compile(rb"\bUID (\d+)", re.IGNORECASE)
_SIZE = re.compile(rb"\bRFC822\.SIZE (\d+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchedMail:
    """A mail as it lies on the server. `cut`: larger than we take, `raw` is only its beginning."""

    uid: int
    internal_date: datetime
    raw: bytes
    size: int
    cut: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """What the server says of a mail before it is fetched: its number, size and time of arrival."""

    uid: int
    size: int
    internal_date: datetime


def listed_in(data: Sequence[object], *, else_at: datetime) -> Iterator[Listed]:
    """The mails of an answer to LISTING. `else_at` stands where the server tells no time that can be read."""
    for each in data:
        if isinstance(each, bytes) and (uid := UID.search(each)) and (size := _SIZE.search(each)):
            yield Listed(uid=int(uid[1]), size=int(size[1]), internal_date=internal_date(each) or else_at)


def mails_in(data: Sequence[object], listed: Sequence[Listed], *, largest: int) -> list[FetchedMail]:
    """The mails of a FETCH answer, lowest number first.

    The rest of such an answer are changed flags and mails that nobody asked for.
    """
    wanted = {each.uid: each for each in listed}
    mails = []
    for about, raw in _contents(data):
        found = UID.search(about)
        known = wanted.get(int(found[1])) if found else None
        if known is not None:
            size = max(known.size, len(raw))
            cut = size > largest
            mails.append(FetchedMail(uid=known.uid, internal_date=known.internal_date, raw=raw, size=size, cut=cut))
    return sorted(mails, key=lambda mail: mail.uid)


def _contents(data: Sequence[object]) -> Iterator[tuple[bytes, bytes]]:
    """(what is said about a mail, its content). Long contents come apart from what is said, short ones within."""
    for index, each in enumerate(data):
        if isinstance(each, tuple) and _CONTENT.search(each[0]):
            # Some servers write number and date behind the mail, not before it.
            after = data[index + 1] if index + 1 < len(data) else b""
            yield each[0] + b" " + (after if isinstance(after, bytes) else b""), each[1]
        elif isinstance(each, bytes) and (short := _SHORT_CONTENT.search(each)):
            yield each, re.sub(rb"\\(.)", rb"\1", short[1] or b"")


def batches(mails: Sequence[Listed]) -> Iterator[list[Listed]]:
    """At most 50 mails and, but for a single large one, 20 MB at once."""
    batch: list[Listed] = []
    total = 0
    for mail in mails:
        if batch and (len(batch) >= BATCH_MAILS or total + mail.size > BATCH_BYTES):
            yield batch
            batch, total = [], 0
        batch.append(mail)
        total += mail.size
    if batch:
        yield batch


def uid_set(uids: Sequence[int]) -> str:
    """Numbers as a command names them."""
    return ",".join(map(str, uids))


def search_date(day: date) -> str:
    """A day as a search names it, in English whatever the locale."""
    return f"{day.day}-{_MONTHS[day.month - 1]}-{day.year}"


def internal_date(about: bytes) -> datetime | None:
    """The server's own time of arrival, in UTC; None where it tells none that can be read."""
    found = _INTERNAL_DATE.search(about)
    return read_date(found[1].decode("ascii", "replace").strip()) if found else None
