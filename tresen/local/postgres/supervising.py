"""Starting, sharing and stopping one PostgreSQL, whoever of several processes comes first or leaves last."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from tresen.local.postgres.account import Account, account_for_server, usable_binaries
from tresen.local.postgres.finding import Binaries, find_binaries
from tresen.local.postgres.initialising import PLAIN, configure, initialise
from tresen.local.postgres.layout import Layout, join, layout_of, left_alone, locked

# After a crash the old server's children may hold its memory for some seconds.
PATIENCE_AFTER_CRASH = 10.0
# Recovery after a crash reads the write-ahead log; 2 GB of it take well under this.
LONGEST_RECOVERY = 600.0
LONGEST_STOP = 60.0
PAUSE = 0.02
SILENCE = 5.0
READY = "ready"
STATUS_LINE = 7


class PostgresFailed(Exception):
    """PostgreSQL did not start; the message carries what it said."""


@dataclass(kw_only=True)
class Running:
    """A PostgreSQL that answers at `url`. Whoever leaves last stops it."""

    url: str
    pid: int
    version: str
    layout: Layout
    users: IO[str] = field(repr=False)
    _child: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    def alive(self) -> bool:
        """Whether this very server still runs."""
        if self._child is not None:
            self._child.poll()
        return server_pid(self.layout.data) == self.pid

    def stop(self) -> None:
        """Let go of the server, and stop it when no other process uses it. A second call changes nothing."""
        if self.users.closed:
            return
        with locked(self.layout.home / "postgres.lock"), self.users:
            if left_alone(self.users) and self.alive():
                self.shut_down(signal.SIGINT)
            elif self._child is not None:
                self._child.poll()  # a child that was killed is waited for, however late its end was seen

    def shut_down(self, how: signal.Signals) -> None:
        """Stop the server now: SIGINT ends sessions and writes everything, SIGQUIT drops everything."""
        os.kill(self.pid, how)
        deadline = time.monotonic() + LONGEST_STOP
        while self.alive() and time.monotonic() < deadline:
            time.sleep(PAUSE)
        if self._child is not None:
            self._child.wait(timeout=LONGEST_STOP)


def start(home: Path, *, environ: Mapping[str, str] = os.environ) -> Running:
    """The PostgreSQL of this home, started (and made) when it is not yet there.

    Several processes may ask at once. Raises PostgresMissing or PostgresFailed with a sentence for people.
    """
    try:
        return _start(home, environ)
    except OSError as problem:
        place = problem.filename or home
        raise PostgresFailed(
            f"The data folder {home} can't be used: {problem.strerror} ({place}). tresen doctor says more."
        ) from problem


def _start(home: Path, environ: Mapping[str, str]) -> Running:
    layout = layout_of(home, environ)
    home.mkdir(parents=True, exist_ok=True)
    with locked(home / "postgres.lock"):
        account = account_for_server()
        binaries = find_binaries(environ, data=layout.data)
        layout.make_folders(account)
        binaries = usable_binaries(binaries, account=account, copies=home / "binaries")
        if not (layout.data / "PG_VERSION").is_file():
            initialise(layout, binaries=binaries, account=account)
        child = None
        if pid := server_pid(layout.data):
            _wait_until_ready(layout, pid, lambda: server_pid(layout.data) == pid)
        else:
            configure(layout, account=account, keep=True)
            child = launch(layout, binaries=binaries, account=account)
            pid = child.pid
        users = join(home / "postgres.users")
        return Running(url=layout.url, pid=pid, version=binaries.version, layout=layout, users=users, _child=child)


def launch(
    layout: Layout, *, binaries: Binaries, account: Account, dies_with_us: bool = False
) -> subprocess.Popen[bytes]:
    """A server process that answers. After a crash it tries again for about ten seconds."""
    deadline = time.monotonic() + PATIENCE_AFTER_CRASH
    while True:
        _forget_stale_pids(layout)
        child = _spawn(layout, binaries=binaries, account=account, dies_with_us=dies_with_us)
        if _wait_until_ready(layout, child.pid, lambda: child.poll() is None):  # noqa: B023 (asked within this round only)
            return child
        said = layout.start_log.read_text(encoding="utf-8", errors="replace").strip()
        if not _may_pass(said) or time.monotonic() > deadline:
            raise PostgresFailed(f"PostgreSQL {binaries.version} did not start:\n{_last_words(layout, said)}")
        time.sleep(0.3)


def server_pid(data: Path) -> int | None:
    """The process that serves this data folder, or None: the number in postmaster.pid may be anybody's by now."""
    lines = _pid_file(data)
    if not lines or not lines[0].strip().isdigit():
        return None
    try:
        words = Path(f"/proc/{lines[0].strip()}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return None
    is_ours = Path(os.fsdecode(words[0])).name in {"postgres", "postmaster"} and os.fsencode(data) in words
    return int(lines[0]) if is_ours else None


def _spawn(layout: Layout, *, binaries: Binaries, account: Account, dies_with_us: bool) -> subprocess.Popen[bytes]:
    layout.start_log.touch()
    account.own(layout.start_log)
    with layout.start_log.open("wb") as log:
        return subprocess.Popen(
            [binaries.program("postgres"), "-D", str(layout.data)],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            env=PLAIN,
            start_new_session=True,  # Ctrl-C in a terminal is for us; we stop the server when all have left
            preexec_fn=_die_with_parent() if dies_with_us else None,  # noqa: PLW1509 (no threads yet)
            **account.process_options,
        )


def _wait_until_ready(layout: Layout, pid: int, lives: Callable[[], bool]) -> bool:
    began = time.monotonic()
    told = False
    while time.monotonic() < began + LONGEST_RECOVERY:
        lines = _pid_file(layout.data)
        # The file of a killed server says "ready" too, with another number.
        if len(lines) > STATUS_LINE and (lines[0].strip(), lines[STATUS_LINE].strip()) == (str(pid), READY):
            return lives()
        if not lives():
            return False
        if not told and time.monotonic() > began + SILENCE:
            told = True
            print("PostgreSQL is still starting; after a crash it repairs its data first.", file=sys.stderr)
        time.sleep(PAUSE)
    raise PostgresFailed(f"PostgreSQL was not ready after {LONGEST_RECOVERY:.0f} seconds; see {layout.server}/log.")


def _pid_file(data: Path) -> list[str]:
    return _lines(data / "postmaster.pid")


def _lines(file: Path) -> list[str]:
    try:
        return file.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return []


def _forget_stale_pids(layout: Layout) -> None:
    # PostgreSQL would refuse while any process of its user has such a number, be it one that has ended and that nobody
    # has waited for yet; its memory is guarded separately.
    if server_pid(layout.data) is not None:
        return
    for lock in (layout.data / "postmaster.pid", layout.socket_lock):
        lines = _lines(lock)
        if lines and lines[0].strip().isdigit() and Path(f"/proc/{lines[0].strip()}").exists():
            lock.unlink(missing_ok=True)


def _may_pass(said: str) -> bool:
    return "still in use" in said or "lock file" in said


def _last_words(layout: Layout, said: str) -> str:
    logs = sorted((layout.server / "log").glob("*.log"), key=lambda path: path.stat().st_mtime)
    lines = logs[-1].read_text(encoding="utf-8", errors="replace").splitlines() if logs else []
    return "\n".join([said, *lines[-10:]]).strip()


def _die_with_parent() -> Callable[[], None]:
    libc = ctypes.CDLL(None)
    return lambda: libc.prctl(1, signal.SIGQUIT)  # PR_SET_PDEATHSIG; set after the change of user, which clears it
