"""Reading a mailbox by the numbers that its server gives: nothing is changed there, not even the mark "read"."""

import imaplib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from imap_tools import BaseMailBox

from tresen.mail.imap_answers import (
    EXISTS,
    LISTING,
    UID,
    FetchedMail,
    Listed,
    batches,
    listed_in,
    mails_in,
    search_date,
    uid_set,
)
from tresen.mail.imap_connecting import leave, reach, translated
from tresen.mail.signing_in import Credentials, ServerAddress, UidValidityChanged

# Larger mails come cut to this: the mail servers of this world refuse them anyway.
MAX_MAIL_BYTES = 80_000_000
MAX_WAIT_SECONDS = 600.0

_UID_SPAN = 100_000
_LISTED_AT_ONCE = 1000
_THE_BEGINNING = date(1970, 1, 1)
_ROLES = {
    "\\sent": "sent",
    "\\junk": "junk",
    "\\trash": "trash",
    "\\drafts": "drafts",
    "\\archive": "archive",
    "\\all": "all",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Folder:
    """A folder by its readable name. `role`: sent, junk, trash, drafts, archive, all, or empty."""

    name: str
    role: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FolderState:
    """How the server numbers a folder. Numbers from `uid_next` on are not given yet."""

    uid_validity: int
    uid_next: int
    count: int


class Mailbox:
    """An open connection. Made by `connect`; every method may raise `Unreachable`."""

    def __init__(self, reach_again: Callable[[], BaseMailBox]) -> None:
        self._reach_again = reach_again
        self._box = reach_again()
        self._folder = ""
        self._uid_next = 1
        self._known_count = 0

    @property
    def _client(self) -> imaplib.IMAP4:
        return self._box.client

    def close(self) -> None:
        """End the connection."""
        leave(self._box)

    def folders(self) -> tuple[Folder, ...]:
        """All folders that can hold mail."""
        with translated():
            found = self._box.folder.list()
        return tuple(
            Folder(
                name=each.name, role=next((_ROLES[flag.lower()] for flag in each.flags if flag.lower() in _ROLES), "")
            )
            for each in found
            if not {"\\noselect", "\\nonexistent"} & {flag.lower() for flag in each.flags}
        )

    def open(self, folder: str, *, uid_validity: int | None = None) -> FolderState:
        """Open a folder for reading only. `uid_validity`: as remembered from last time, None for the first time.

        Raises:
            FolderGone: it cannot be opened.
            UidValidityChanged: numbers remembered from last time mean other mails now.
        """
        with translated(folder):
            self._box.folder.set(folder, readonly=True)
            now = self._number("UIDVALIDITY")
            self._known_count = self._number("EXISTS")
            self._uid_next = self._number("UIDNEXT") or self._highest_uid() + 1
        self._folder = folder
        if uid_validity is not None and uid_validity != now:
            raise UidValidityChanged(folder, before=uid_validity, now=now)
        return FolderState(uid_validity=now, uid_next=self._uid_next, count=self._known_count)

    def fetch_after(self, uid: int, *, since: date | None = None) -> Iterator[list[FetchedMail]]:
        """Batches of the mails numbered above `uid` in the open folder, lowest first, read or unread.

        `since`: only those that the server has had since that day. Mails deleted meanwhile are left out.
        """
        yield from self.fetch(self._uids(uid + 1, asked=_since(since)), since=since)

    def fetch(self, uids: Sequence[int], *, since: date | None = None) -> Iterator[list[FetchedMail]]:
        """Batches of the mails of these numbers in the open folder, in their order. Deleted ones are left out.

        A mail whose time the server cannot tell counts as of the day after `since`: it surely lies in what was
        asked for.
        """
        undated = datetime.combine(since or _THE_BEGINNING, time.min, UTC) + timedelta(days=1)
        with translated(self._folder):
            listed = self._listed(uids, else_at=undated)
        for batch in batches([listed[uid] for uid in uids if uid in listed]):
            with translated(self._folder):
                mails = self._fetch_surely(batch)
            yield mails

    def uids_since(self, day: date) -> tuple[int, ...]:
        """The numbers of all mails in the open folder that the server has had since `day`."""
        return tuple(self._uids(1, asked=_since(day)))

    def count_before(self, day: date) -> int:
        """How many mails of the open folder the server has had since before `day`."""
        return len(self._uids(1, asked=f" BEFORE {search_date(day)}")) if self._known_count else 0

    def count_by_age(self, days: Sequence[int], *, at: datetime) -> dict[int, int]:
        """How many mails of the open folder are younger than so many days: what "how far back?" is asked with."""
        return {each: len(self._uids(1, asked=_since((at - timedelta(days=each)).date()))) for each in days}

    @property
    def can_wait(self) -> bool:
        """Whether the server tells of new mail by itself (IDLE)."""
        return "IDLE" in self._client.capabilities

    def wait(self, seconds: float) -> bool:
        """Wait for the server to tell of new mail in the open folder; whether it did. At most ten minutes."""
        with translated(self._folder):
            self._client.noop()
            if self._news(self._number("EXISTS")):
                return True
            said = self._box.idle.wait(timeout=min(seconds, MAX_WAIT_SECONDS))
            counts = [int(found[1]) for line in said if (found := EXISTS.match(line))]
            return self._news(max([self._number("EXISTS"), *counts]))

    def _news(self, count: int) -> bool:
        """Whether more mails stand in the folder than we knew of; the new count is known from then on."""
        grown = count > self._known_count
        self._known_count = count or self._known_count
        return grown

    def _number(self, name: str) -> int:
        """The latest of the server's untagged numbers under `name`; 0 where it gave none."""
        _, found = self._client.response(name)
        last = next((each for each in reversed(found or []) if each), b"0")
        return int(last) if last.isdigit() else 0

    def _highest_uid(self) -> int:
        if not self._known_count:
            return 0
        _, found = self._client.uid("FETCH", "*", "(UID)")
        numbers = [int(seen[1]) for each in found if isinstance(each, bytes) and (seen := UID.search(each))]
        return max(numbers, default=0)

    def _uids(self, lowest: int, *, asked: str) -> list[int]:
        """Asked for in spans, so that no answer grows beyond a line that can be read."""
        found: list[int] = []
        with translated(self._folder):
            self._client.noop()
            self._news(self._number("EXISTS"))
            highest = max(self._uid_next, self._highest_uid() + 1)
            self._uid_next = highest
            for start in range(lowest, highest, _UID_SPAN):
                span = f"UID {start}:{min(start + _UID_SPAN, highest) - 1}"
                answer, data = self._client.uid("SEARCH", f"{span}{asked}")
                if answer != "OK":
                    raise imaplib.IMAP4.error(data)
                found += [int(each) for each in (data[0] or b"").split()]
        return sorted(each for each in set(found) if each >= lowest)

    def _listed(self, uids: Sequence[int], *, else_at: datetime) -> dict[int, Listed]:
        found: list[Listed] = []
        for start in range(0, len(uids), _LISTED_AT_ONCE):
            answer, data = self._client.uid("FETCH", uid_set(uids[start : start + _LISTED_AT_ONCE]), LISTING)
            if answer != "OK":
                raise imaplib.IMAP4.error(data)
            found += listed_in(data, else_at=else_at)
        return {each.uid: each for each in found}

    def _fetch_surely(self, batch: Sequence[Listed]) -> list[FetchedMail]:
        """The batch whole; what the server cannot give, one by one, so that one broken mail holds up no other."""
        if (mails := self._fetch(batch, "BODY.PEEK[]")) is not None:
            return mails
        if len(batch) > 1:
            return [mail for one in batch for mail in self._fetch_surely([one])]
        if (again := self._fetch(batch, "BODY.PEEK[]")) is not None:
            return again
        headers = self._fetch(batch, "BODY.PEEK[HEADER]")
        if headers is not None:
            return [replace(each, cut=True) for each in headers]
        (one,) = batch
        return [FetchedMail(uid=one.uid, internal_date=one.internal_date, raw=b"", size=one.size, cut=True)]

    def _fetch(self, batch: Sequence[Listed], what: str) -> list[FetchedMail] | None:
        """What of each mail; None where the server refuses, be it by a word or by hanging up on us."""
        partial = f"<0.{MAX_MAIL_BYTES}>" if any(each.size > MAX_MAIL_BYTES for each in batch) else ""
        try:
            answer, data = self._client.uid("FETCH", uid_set([each.uid for each in batch]), f"(UID {what}{partial})")
        except imaplib.IMAP4.abort:
            if "BYE" not in self._client.untagged_responses:
                raise
            leave(self._box)
            self._box = self._reach_again()
            self._box.folder.set(self._folder, readonly=True)
            return None
        return mails_in(data, batch, largest=MAX_MAIL_BYTES) if answer == "OK" else None


def _since(day: date | None) -> str:
    return "" if day is None else f" SINCE {search_date(day)}"


@contextmanager
def connect(server: ServerAddress, credentials: Credentials) -> Iterator[Mailbox]:
    """A signed-in connection, closed at the end.

    Raises:
        Unreachable: no connection, or it broke.
        AuthenticationRefused: the server does not know us.
    """
    mailbox = Mailbox(lambda: reach(server, credentials))
    try:
        yield mailbox
    finally:
        mailbox.close()
