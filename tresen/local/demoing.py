"""`tresen demo`: a believable shop with six weeks behind it, in an installation of its own that talks to nobody."""

import argparse
import fcntl
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from tresen.local.demo.platforms.address import address_of, listen
from tresen.local.group import Member
from tresen.local.installation import database
from tresen.local.postgres.account import enter_demo, home_folder
from tresen.local.serving import serve
from tresen.local.web import DEFAULT_PORT, cannot_listen
from tresen.timekeeping.wall import Pace

PEOPLE = "miriam@tannlicht.example (admin), jana@tannlicht.example (team lead) or deniz@tannlicht.example (agent)"
PASSWORD = "Tannlicht-Demo"  # noqa: S105 (printed at every start; the demo listens on this machine alone)


def add_options(parser: argparse.ArgumentParser) -> None:
    """Where to listen, and what becomes of an earlier demo."""
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: this machine only)")
    parser.add_argument("--port", type=int, default=DEFAULT_PORT, help=f"default: {DEFAULT_PORT}")
    parser.add_argument("--fresh", action="store_true", help="forget an earlier demo and fill the shop anew")
    parser.add_argument("--keep", action="store_true", help="go on with an earlier demo, however old it is")
    parser.add_argument("--at", type=_moment, help="let it be this time there, as 2027-03-28T01:55+01:00")
    parser.add_argument("--speed", type=float, default=1.0, help="let its time run so many times as fast")
    parser.add_argument("--tickets", type=int, default=2_000, help="how many tickets six weeks brought (default: 2000)")


def run(options: argparse.Namespace) -> int:
    """Fill the shop where it must be, then serve it until told to stop."""
    if problem := cannot_listen(options.host, options.port):
        print(problem, file=sys.stderr)
        return 1
    embedded = "DATABASE_URL" not in os.environ
    enter_demo(os.environ)
    os.environ["TRESEN_DEMO"] = "true"
    if options.at or options.speed != 1.0:
        really = datetime.now(UTC)
        os.environ["TRESEN_DEMO_CLOCK"] = str(Pace(shown=options.at or really, since=really, speed=options.speed))
    home = home_folder(os.environ)
    with alone(home) as first:
        if not first:
            print("This demo runs already. Stop it, or give another one a TRESEN_HOME of its own.", file=sys.stderr)
            return 1
        with listen(home) as listening:
            os.environ["TRESEN_DEMO_PLATFORMS"] = address_of(listening)
            return _served(options, listening.fileno(), embedded=embedded)


@contextmanager
def alone(home: Path) -> Iterator[bool]:
    """Whether no other demo runs in this home; none begins there meanwhile. Two would both let mail come in."""
    home.mkdir(parents=True, exist_ok=True)
    with (home / "demo.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True


def _served(options: argparse.Namespace, platforms: int, *, embedded: bool) -> int:
    """`platforms`: the number of the socket at which they are to talk."""
    with database(lasting=True):
        wanted = ["--tickets", str(options.tickets)]
        wanted += [f"--{name}" for name in ("fresh", "keep") if getattr(options, name)]
        wanted += ["--may-drop"] if embedded else []
        handed_on = ["--socket", str(platforms)]
        prepared = subprocess.run(
            [sys.executable, "-m", "tresen.local.demo.preparing", *wanted, *handed_on],
            check=False,
            pass_fds=[platforms],
        )
        if prepared.returncode:
            return prepared.returncode
        outside = Member(
            name="demo world",
            command=(sys.executable, "-m", "tresen.local.demo.arriving", *handed_on),
            sockets=[platforms],
        )
        greeting = f"Sign in as {PEOPLE}, password: {PASSWORD}\nWhat buyers see: {os.environ['TRESEN_DEMO_PLATFORMS']}"
        return serve(options.host, options.port, others=[outside], greeting=greeting)


def _moment(text: str) -> datetime:
    """A time with its offset from UTC; without one it is taken as this machine's."""
    return datetime.fromisoformat(text).astimezone(UTC)
