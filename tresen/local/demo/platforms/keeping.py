"""Where the platforms' worlds outlive their process: one small file, each sale and conversation a row of its own.

What a piece of work changed is written in one transaction, so whoever is killed loses nothing that was answered.
"""

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from threading import Lock

import msgspec

from tresen.fakes.ebay.post_order import Requested
from tresen.fakes.meta.platform import Comment
from tresen.fakes.sales import Sale, Shelved, Talk
from tresen.fakes.world import Thing, World
from tresen.local.demo.platforms.worlds import Beside, Told

FILE = "platforms.sqlite"
BUSY_SECONDS = 10.0
type Row = tuple[str, str, str, bytes]
"""Account, kind, key, the thing itself."""
_KINDS: Mapping[str, type[Thing | Beside]] = {
    "sale": Sale,
    "talk": Talk,
    "shelf": Shelved,
    "request": Requested,
    "comment": Comment,
}
_TABLES = """
    CREATE TABLE IF NOT EXISTS thing (account TEXT, kind TEXT, key TEXT, body BLOB, PRIMARY KEY (account, kind, key));
    CREATE TABLE IF NOT EXISTS numbered (account TEXT PRIMARY KEY, count INTEGER);
    CREATE TABLE IF NOT EXISTS token (account TEXT, value TEXT);
    CREATE TABLE IF NOT EXISTS story (told TEXT);
"""
_PUT = "INSERT OR REPLACE INTO thing VALUES (?, ?, ?, ?)"


class WorldFile:
    """The file in the demo's home. `told` says of which story it is the continuation; empty where there is none."""

    def __init__(self, home: Path) -> None:
        self._lock = Lock()
        # Who was killed half-way leaves what was committed; the machine itself is not expected to fail.
        self._file = sqlite3.connect(home / FILE, timeout=BUSY_SECONDS, check_same_thread=False, isolation_level=None)
        self._file.executescript(f"PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; {_TABLES}")

    @property
    def told(self) -> str:
        """What `begin` was given."""
        with self._lock:
            row = self._file.execute("SELECT told FROM story").fetchone()
        return str(row[0]) if row else ""

    def accounts(self) -> frozenset[str]:
        """Those of which something is kept."""
        with self._lock:
            rows = self._file.execute("SELECT DISTINCT account FROM thing").fetchall()
        return frozenset(str(account) for (account,) in rows)

    def begin(self, told: str, worlds: Mapping[str, Told]) -> None:
        """Forget all, and keep these instead."""
        rows = [row for account, content in worlds.items() for row in _rows_of(account, content)]
        with self._lock, self._file:
            self._file.execute("BEGIN")
            for table in ("thing", "numbered", "token", "story"):
                self._file.execute(f"DELETE FROM {table}")
            self._file.executemany(_PUT, rows)
            self._file.execute("INSERT INTO story VALUES (?)", [told])

    def bring_back(self, account: str, world: World) -> list[Beside]:
        """Fill an empty world with what is kept of it, and keep what changes from now on.

        Gives what stands beside it.
        """
        with self._lock:
            rows = self._file.execute("SELECT kind, body FROM thing WHERE account = ?", [account]).fetchall()
            counted = self._file.execute("SELECT count FROM numbered WHERE account = ?", [account]).fetchone()
        things = [msgspec.msgpack.decode(body, type=_KINDS[kind]) for kind, body in rows]
        world.fill(
            sales=[one for one in things if isinstance(one, Sale)],
            talks=[one for one in things if isinstance(one, Talk)],
            stock=[one for one in things if isinstance(one, Shelved)],
        )
        world.numbered = counted[0] if counted else 0
        world.keepers.append(lambda changed: self.keep(account, changed, numbered=world.numbered))
        return [one for one in things if isinstance(one, Requested | Comment)]

    def keep(self, account: str, changed: Collection[Thing | Beside], *, numbered: int) -> None:
        """Keep these as they stand, and how many numbers were given."""
        rows = [_row(account, one) for one in changed]
        with self._lock, self._file:
            self._file.execute("BEGIN")
            self._file.executemany(_PUT, rows)
            self._file.execute("INSERT OR REPLACE INTO numbered VALUES (?, ?)", [account, numbered])

    def tokens(self, account: str) -> "KeptTokens":
        """The tokens that the account has given so far, and those that it will give."""
        with self._lock:
            rows = self._file.execute("SELECT value FROM token WHERE account = ?", [account]).fetchall()
        return KeptTokens(self, account, [str(value) for (value,) in rows])

    def keep_token(self, account: str, value: str) -> None:
        """The account gave this one."""
        with self._lock, self._file:
            self._file.execute("INSERT INTO token VALUES (?, ?)", [account, value])

    def close(self) -> None:
        """Nothing is kept any more."""
        with self._lock:
            self._file.close()


class KeptTokens(set[str]):
    """Tokens that are still good after a new start: Amazon says of one it does not know that a role is missing."""

    def __init__(self, file: WorldFile, account: str, known: Iterable[str]) -> None:
        super().__init__(known)
        self.file, self.account = file, account

    def add(self, value: str, /) -> None:
        """One more."""
        self.file.keep_token(self.account, value)
        super().add(value)


def _rows_of(account: str, content: Told) -> Iterator[Row]:
    things: Iterable[Thing | Beside] = (
        *content.sales,
        *content.talks,
        *content.stock,
        *content.requests,
        *content.comments,
    )
    yield from (_row(account, one) for one in things)


def _row(account: str, thing: Thing | Beside) -> Row:
    match thing:
        case Sale():
            kind, key = "sale", thing.number
        case Talk():
            kind, key = "talk", thing.id
        case Shelved():
            kind, key = "shelf", thing.sku
        case Requested():
            kind, key = "request", str(thing.id)
        case Comment():
            kind, key = "comment", thing.id
    return account, kind, key, msgspec.msgpack.encode(thing)
