"""The real web server, in a process of its own, on the test's database."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlsplit

from django.db import connection

READY_WITHIN = 120.0


@dataclass(frozen=True, slots=True)
class Web:
    """A running server. `url` has no slash at its end."""

    url: str
    process: subprocess.Popen[bytes]

    def kill(self) -> None:
        """As if the power went."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()


@contextmanager
def running(home: Path) -> Iterator[Web]:
    """Start it on a free port and wait until it answers."""
    port = free_port()
    log = (home / "web.log").open("wb")
    environ = {**os.environ, "DATABASE_URL": database_url(), "TRESEN_HOME": str(home)}
    process = subprocess.Popen(
        [sys.executable, "-m", "tresen", "web", "--port", str(port)], env=environ, stdout=log, stderr=log
    )
    try:
        _wait_for(f"http://127.0.0.1:{port}/health/", process, home / "web.log")
        yield Web(f"http://127.0.0.1:{port}", process)
    finally:
        process.terminate()
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        log.close()


def database_url() -> str:
    """The address of the test's own database."""
    settings = connection.settings_dict
    parts = urlsplit(os.environ["DATABASE_URL"])
    host = f"?host={quote(settings['HOST'])}" if settings["HOST"].startswith("/") else ""
    place = parts.netloc.rpartition("@")
    return f"postgresql://{place[0]}@{'' if host else place[2]}/{settings['NAME']}{host}"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + READY_WITHIN
    while time.monotonic() < until:
        if process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(url, timeout=2) as answer:  # noqa: S310 - our own address
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"The web server did not answer:\n{log.read_text()[-3000:]}")
