"""Reading a mailbox by the numbers that its server gives: nothing is changed there, not even the mark "read"."""

import imaplib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from imap_tools import BaseMailBox, MailBox, MailBoxStartTls, MailBoxUnencrypted
from imap_tools.errors import ImapToolsError, MailboxFolderSelectError

from tresen.mail.imap_answers import EXISTS, SIZE, UID, FetchedMail, batches, mails_in, search_date, uid_set
from tresen.mail.signing_in import (
    AuthenticationRefused,
    BearerToken,
    Credentials,
    FolderGone,
    Security,
    ServerAddress,
    UidValidityChanged,
    Unreachable,
)

# Larger mails come cut to this: the mail servers of this world refuse them anyway.
MAX_MAIL_BYTES = 80_000_000
MAX_WAIT_SECONDS = 600.0

_UID_SPAN = 100_000
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

    def __init__(self, box: BaseMailBox) -> None:
        self._box = box
        self._client: imaplib.IMAP4 = box.client
        self._folder = ""
        self._uid_next = 1
        self._known_count = 0

    def folders(self) -> tuple[Folder, ...]:
        """All folders that can hold mail."""
        with _translated():
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
        with _translated(folder):
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
        uids = self._uids(uid + 1, since=since)
        with _translated(self._folder):
            sizes = self._sizes(uids)
        for batch in batches([(each, sizes[each]) for each in uids if each in sizes]):
            with _translated(self._folder):
                mails = self._fetch(batch)
            yield mails

    def uids_since(self, day: date) -> tuple[int, ...]:
        """The numbers of all mails in the open folder that the server has had since `day`."""
        return tuple(self._uids(1, since=day))

    def count_by_age(self, days: Sequence[int], *, at: datetime) -> dict[int, int]:
        """How many mails of the open folder are younger than so many days: what "how far back?" is asked with."""
        return {each: len(self._uids(1, since=(at - timedelta(days=each)).date())) for each in days}

    @property
    def can_wait(self) -> bool:
        """Whether the server tells of new mail by itself (IDLE)."""
        return "IDLE" in self._client.capabilities

    def wait(self, seconds: float) -> bool:
        """Wait for the server to tell of new mail in the open folder; whether it did. At most ten minutes."""
        with _translated(self._folder):
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

    def _uids(self, lowest: int, *, since: date | None) -> list[int]:
        """Asked for in spans, so that no answer grows beyond a line that can be read."""
        found: list[int] = []
        with _translated(self._folder):
            self._client.noop()
            self._news(self._number("EXISTS"))
            highest = max(self._uid_next, self._highest_uid() + 1)
            self._uid_next = highest
            for start in range(lowest, highest, _UID_SPAN):
                span = f"UID {start}:{min(start + _UID_SPAN, highest) - 1}"
                answer, data = self._client.uid(
                    "SEARCH", span if since is None else f"{span} SINCE {search_date(since)}"
                )
                if answer != "OK":
                    raise imaplib.IMAP4.error(data)
                found += [int(each) for each in (data[0] or b"").split()]
        return sorted(each for each in set(found) if each >= lowest)

    def _sizes(self, uids: Sequence[int]) -> dict[int, int]:
        sizes: dict[int, int] = {}
        for start in range(0, len(uids), 1000):
            _, data = self._client.uid("FETCH", uid_set(uids[start : start + 1000]), "(UID RFC822.SIZE)")
            for each in data:
                if isinstance(each, bytes) and (uid := UID.search(each)) and (size := SIZE.search(each)):
                    sizes[int(uid[1])] = int(size[1])
        return sizes

    def _fetch(self, batch: Sequence[tuple[int, int]]) -> list[FetchedMail]:
        sizes = dict(batch)
        partial = f"<0.{MAX_MAIL_BYTES}>" if any(size > MAX_MAIL_BYTES for _, size in batch) else ""
        wanted = f"(UID INTERNALDATE BODY.PEEK[]{partial})"
        answer, data = self._client.uid("FETCH", uid_set([uid for uid, _ in batch]), wanted)
        if answer != "OK":
            raise imaplib.IMAP4.error(data)
        return mails_in(data, sizes=sizes, largest=MAX_MAIL_BYTES)


@contextmanager
def connect(server: ServerAddress, credentials: Credentials) -> Iterator[Mailbox]:
    """A signed-in connection, closed at the end.

    Raises:
        Unreachable: no connection, or it broke.
        AuthenticationRefused: the server does not know us.
    """
    with _translated():
        box = _reached(server)
    try:
        _sign_in(box.client, credentials)
        yield Mailbox(box)
    finally:
        with suppress(imaplib.IMAP4.error, ImapToolsError, OSError):
            box.client.sock.settimeout(2)
            box.client.logout()
        with suppress(OSError):
            box.client.shutdown()


def _reached(server: ServerAddress) -> BaseMailBox:
    match server.security:
        case Security.TLS:
            return MailBox(server.host, server.port, timeout=server.timeout, ssl_context=server.tls_context())
        case Security.STARTTLS:
            return MailBoxStartTls(server.host, server.port, timeout=server.timeout, ssl_context=server.tls_context())
        case Security.PLAIN:
            return MailBoxUnencrypted(server.host, server.port, timeout=server.timeout)


def _sign_in(client: imaplib.IMAP4, credentials: Credentials) -> None:
    if isinstance(credentials, BearerToken):
        mechanism, said = "XOAUTH2", credentials.sasl().encode()
    else:
        mechanism, said = "PLAIN", f"\0{credentials.user}\0{credentials.password}".encode()
    answers = iter([said])
    try:
        if (
            mechanism == "PLAIN"
            and "AUTH=PLAIN" not in client.capabilities
            and not isinstance(credentials, BearerToken)
        ):
            client.login(credentials.user, credentials.password)
        else:
            # A second question is the reason for a refusal: an empty answer asks for the refusal itself.
            client.authenticate(mechanism, lambda _question: next(answers, b""))
    except (imaplib.IMAP4.abort, OSError) as error:
        raise Unreachable(f"The mail server broke off while we signed in: {error}") from error
    except (imaplib.IMAP4.error, UnicodeError) as error:
        text = str(error)
        if "[UNAVAILABLE]" in text.upper() or "[INUSE]" in text.upper():
            raise Unreachable(f"The mail server cannot sign anybody in now: {text}") from error
        raise AuthenticationRefused(f"The mail server does not accept the sign-in: {text}") from error


@contextmanager
def _translated(folder: str = "") -> Iterator[None]:
    """Errors of the libraries and of the line as ours."""
    try:
        yield
    except MailboxFolderSelectError as error:
        raise FolderGone(f'The folder "{folder}" cannot be opened any more.') from error
    except (imaplib.IMAP4.error, ImapToolsError, OSError, EOFError) as error:
        raise Unreachable(f"The mail server does not answer as it should: {error}") from error
