"""A PostgreSQL for tests: in a folder of its own, nothing kept, gone when its process is gone."""

import fcntl
import os
import shutil
import signal
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from tresen.local.postgres.account import account_for_server, usable_binaries
from tresen.local.postgres.finding import Binaries, find_binaries
from tresen.local.postgres.initialising import configure, initialise
from tresen.local.postgres.layout import Layout, join
from tresen.local.postgres.supervising import Running, launch

PREFIX = "tresen-test-"
# Where root keeps binaries that others can read; a folder in /tmp could be somebody else's.
COPIES = Path("/var/lib/tresen/binaries")


@dataclass(frozen=True, kw_only=True)
class Ephemeral:
    """A server whose data is thrown away by `stop`."""

    running: Running
    folder: Path
    _hold: IO[str]

    @property
    def url(self) -> str:
        """The address for psycopg and Django."""
        return self.running.url

    def stop(self) -> None:
        """Stop the server at once and remove everything it wrote."""
        with self._hold, self.running.users:
            if self.running.alive():
                self.running.shut_down(signal.SIGQUIT)
            shutil.rmtree(self.folder, ignore_errors=True)


def start_ephemeral(
    *, binaries: Binaries | None = None, environ: Mapping[str, str] = os.environ, durable: bool = False
) -> Ephemeral:
    """A new, empty server under a random name; any number of them run side by side.

    `durable`: it writes as safely, and so as slowly, as a real one.
    """
    parent = Path(tempfile.gettempdir())
    _remove_leftovers(parent)
    folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=parent))
    folder.chmod(0o755)
    hold = _hold(folder)
    account = account_for_server(also=("postgres",))
    layout = Layout(home=folder, sockets=folder / "run")
    layout.make_folders(account)
    found = usable_binaries(binaries or find_binaries(environ), account=account, copies=COPIES)
    initialise(layout, binaries=found, account=account)
    configure(layout, account=account, keep=durable)
    child = launch(layout, binaries=found, account=account, dies_with_us=True)
    users = join(folder / "postgres.users")
    running = Running(url=layout.url, pid=child.pid, version=found.version, layout=layout, users=users, _child=child)
    return Ephemeral(running=running, folder=folder, _hold=hold)


def _hold(folder: Path) -> IO[str]:
    # Locked before it has the name that `_remove_leftovers` of another run looks for.
    unnamed = folder / "held.new"
    file = unnamed.open("w")
    fcntl.flock(file, fcntl.LOCK_EX)
    unnamed.rename(folder / "held")
    return file


def _remove_leftovers(parent: Path) -> None:
    # A killed test run removes nothing itself; its lock is free, and its server died with it.
    for held in parent.glob(f"{PREFIX}*/held"):
        try:
            with held.open("r") as file:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(held.parent, ignore_errors=True)
        except OSError:
            continue
