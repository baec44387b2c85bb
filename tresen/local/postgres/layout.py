"""What lies where in an installation's home, and what PostgreSQL is told about it."""

import fcntl
import hashlib
import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from tresen.local.postgres.account import Account, reachable
from tresen.local.postgres.finding import PostgresMissing

# A unix socket's path holds 107 bytes on Linux; PostgreSQL itself adds a lock file beside it.
LONGEST_SOCKET_PATH = 90
SOCKET_NAME = ".s.PGSQL.5432"
DATABASE = "tresen"
ROLE = "tresen"


@dataclass(frozen=True, kw_only=True)
class Layout:
    """The folders and files of one embedded PostgreSQL."""

    home: Path
    sockets: Path

    @property
    def server(self) -> Path:
        """Everything the server itself writes."""
        return self.home / "postgres"

    @property
    def data(self) -> Path:
        """PostgreSQL's data folder."""
        return self.server / "data"

    @property
    def socket_lock(self) -> Path:
        """Where PostgreSQL notes who listens on the socket."""
        return self.sockets / f"{SOCKET_NAME}.lock"

    @property
    def start_log(self) -> Path:
        """What the server says before its own log opens."""
        return self.server / "start.log"

    @property
    def url(self) -> str:
        """The address for psycopg and Django."""
        return f"postgresql://{ROLE}@/{DATABASE}?host={self.sockets}"

    def make_folders(self, account: Account) -> None:
        """The folders, closed for all but the server's user. Raises PostgresMissing if that user can't reach them."""
        self.home.mkdir(parents=True, exist_ok=True)
        if account.switches and not reachable(self.home):
            raise PostgresMissing(
                f"The user {account.name}, which runs PostgreSQL, can't enter {self.home}. "
                "Choose another folder in TRESEN_HOME, or open that one (chmod o+x) and those above it."
            )
        for folder in (self.server, self.sockets):
            folder.mkdir(mode=0o700, exist_ok=True)
            if folder.stat().st_uid not in {account.uid, os.geteuid()}:
                raise PostgresMissing(f"{folder} belongs to somebody else; remove it or choose another TRESEN_HOME.")
            account.own(folder)


def layout_of(home: Path, environ: Mapping[str, str]) -> Layout:
    """The layout of a home; its socket lies inside, unless that path is too long for a socket."""
    near = home / "run"
    if len(os.fsencode(near / SOCKET_NAME)) <= LONGEST_SOCKET_PATH:
        return Layout(home=home, sockets=near)
    short = hashlib.sha256(os.fsencode(home)).hexdigest()[:12]
    runtime = environ.get("XDG_RUNTIME_DIR") if os.geteuid() != 0 else None
    for parent in (runtime, tempfile.gettempdir()):
        folder = Path(parent or "/tmp") / f"tresen-{os.geteuid()}-{short}"  # noqa: S108 (closed for others, owner checked)
        if len(os.fsencode(folder / SOCKET_NAME)) <= LONGEST_SOCKET_PATH:
            return Layout(home=home, sockets=folder)
    return Layout(home=home, sockets=Path("/tmp") / f"tresen-{os.geteuid()}-{short}")  # noqa: S108 (as above)


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """One process at a time; the kernel frees the lock when a process dies."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def join(path: Path) -> IO[str]:
    """A shared hold on a lock file, kept until it is closed or `left_alone` is asked."""
    file = path.open("a")
    fcntl.flock(file, fcntl.LOCK_SH)
    return file


def left_alone(file: IO[str]) -> bool:
    """Whether nobody else holds the lock file that `join` opened."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
