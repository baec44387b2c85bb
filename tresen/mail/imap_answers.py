"""What an IMAP server answers, and how it is asked: the pure part of `imap`."""

import imaplib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone

BATCH_MAILS = 50
BATCH_BYTES = 20_000_000

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_INTERNAL_DATE = re.compile(
    rb'INTERNALDATE "([ \d]\d)-([A-Za-z]{3})-(\d{4}) (\d\d):(\d\d):(\d\d) ([+-])(\d\d)(\d\d)"', re.IGNORECASE
)
EXISTS = re.compile(rb"\* (\d+) EXISTS", re.IGNORECASE)
UID = re.compile(rb"\bUID (\d+)", re.IGNORECASE)
SIZE = re.compile(rb"\bRFC822\.SIZE (\d+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchedMail:
    """A mail as it lies on the server. `cut`: larger than we take, `raw` is only its beginning."""

    uid: int
    internal_date: datetime
    raw: bytes
    size: int
    cut: bool = False


def mails_in(data: Sequence[object], *, sizes: Mapping[int, int], largest: int) -> list[FetchedMail]:
    """The mails of a FETCH answer, lowest number first; `sizes` names those that were asked for, by number.

    The rest of such an answer are changed flags and mails that nobody asked for.
    """
    mails = []
    for index, each in enumerate(data):
        if not isinstance(each, tuple) or b"BODY[]" not in each[0].upper():
            continue
        # Some servers write number and date behind the mail, not before it.
        after = data[index + 1] if index + 1 < len(data) else b""
        about = each[0] + b" " + (after if isinstance(after, bytes) else b"")
        found = UID.search(about)
        if found is None or (uid := int(found[1])) not in sizes:
            continue
        raw, size = each[1], max(sizes[uid], len(each[1]))
        mails.append(FetchedMail(uid=uid, internal_date=internal_date(about), raw=raw, size=size, cut=size > largest))
    return sorted(mails, key=lambda mail: mail.uid)


def batches(mails: Sequence[tuple[int, int]]) -> Iterator[list[tuple[int, int]]]:
    """At most 50 mails and, but for a single large one, 20 MB at once."""
    batch: list[tuple[int, int]] = []
    total = 0
    for uid, size in mails:
        if batch and (len(batch) >= BATCH_MAILS or total + size > BATCH_BYTES):
            yield batch
            batch, total = [], 0
        batch.append((uid, size))
        total += size
    if batch:
        yield batch


def uid_set(uids: Sequence[int]) -> str:
    """Numbers as a command names them."""
    return ",".join(map(str, uids))


def search_date(day: date) -> str:
    """A day as a search names it, in English whatever the locale."""
    return f"{day.day}-{_MONTHS[day.month - 1]}-{day.year}"


def internal_date(about: bytes) -> datetime:
    """The server's own time of arrival, in UTC. Month names are English whatever the locale."""
    found = _INTERNAL_DATE.search(about)
    if found is None:
        raise imaplib.IMAP4.error("no INTERNALDATE")
    day, month, year, hour, minute, second, sign, zone_hours, zone_minutes = (part.decode() for part in found.groups())
    offset = timedelta(hours=int(zone_hours), minutes=int(zone_minutes)) * (-1 if sign == "-" else 1)
    at = datetime(
        int(year),
        _MONTHS.index(month.title()) + 1,
        int(day),
        int(hour),
        int(minute),
        int(second),
        tzinfo=timezone(offset),
    )
    return at.astimezone(UTC)
