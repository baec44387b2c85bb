"""`tresen serve`: database, web server and workers as one group that starts, restarts and stops together."""

import argparse
import os
import signal
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Sequence

from tresen.local.group import Group, Member
from tresen.local.installation import database, keep_address
from tresen.local.postgres.account import home_folder
from tresen.local.web import DEFAULT_PORT, cannot_listen, know_own_address, who_is_answered

HEALTH_PATH = "/health/"
LOOK_EVERY = 0.2
ANSWER_WITHIN = 2.0


def add_options(parser: argparse.ArgumentParser) -> None:
    """Where to listen, and how many."""
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: this machine only)")
    parser.add_argument("--port", type=int, default=DEFAULT_PORT, help=f"default: {DEFAULT_PORT}")
    parser.add_argument("--processes", type=int, default=1, help="web server processes (default: 1)")
    parser.add_argument("--workers", type=int, default=1, help="worker processes (default: 1)")


def run(options: argparse.Namespace) -> int:
    """Serve until told to stop."""
    return serve(options.host, options.port, processes=options.processes, workers=options.workers)


def serve(
    host: str, port: int, *, processes: int = 1, workers: int = 1, others: Sequence[Member] = (), greeting: str = ""
) -> int:
    """Run the group until SIGTERM or Ctrl-C. `others` join it; `greeting` follows the line that says it is ready."""
    over = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: over.set())
    if problem := cannot_listen(host, port):
        print(problem, file=sys.stderr)
        return 1
    know_own_address(host, port)
    if hint := who_is_answered(host, os.environ):
        print(hint, file=sys.stderr)
    with database(lasting=True):
        keep_address(home_folder(os.environ), os.environ)
        if subprocess.run([sys.executable, "-m", "tresen", "migrate", "--quiet"], check=False).returncode:
            return 1
        listening = ["--host", host, "--port", str(port), "--processes", str(processes)]
        group = Group([tresen("web", *listening), *(tresen("work") for _ in range(workers)), *others])
        try:
            _watch(group, over, f"http://{host}:{port}", greeting)
        finally:
            group.stop()
    return 0


def tresen(command: str, *options: str) -> Member:
    """One of our own commands as a member of the group."""
    return Member(name=command, command=(sys.executable, "-m", "tresen", command, *options))


def _watch(group: Group, over: threading.Event, address: str, greeting: str) -> None:
    said = False
    while not over.wait(LOOK_EVERY):
        group.tend(time.monotonic())
        if not said and answers(address + HEALTH_PATH):
            said = True
            print(f"Tresen is ready: {address}", *([greeting] if greeting else []), sep="\n", flush=True)


def answers(url: str) -> bool:
    """Whether the server there says that it is well."""
    try:
        with urllib.request.urlopen(url, timeout=ANSWER_WITHIN) as answer:  # noqa: S310 (our own address)
            return bool(answer.status == 200)  # noqa: PLR2004 (HTTP's number for OK)
    except OSError:
        return False
