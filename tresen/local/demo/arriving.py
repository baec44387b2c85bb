"""Keeps the world outside going while the demo runs: its platforms, what happens there, mail that arrives.

Runs as a process of its own beside web and worker (`python -m tresen.local.demo.arriving`), and keeps the demo's mail
server that answers leave through. What it does reaches the desk by the ways that platforms and buyers have: raw mail
that the worker reads, and the platforms' interfaces that it asks.
"""

import argparse
import os
import signal
import threading

from tresen.local.demo.platforms.address import inherited
from tresen.local.installation import installation
from tresen.local.kinship import die_with_parent
from tresen.local.postgres.account import home_folder

SHORTEST, LONGEST = 10.0, 25.0
"""Seconds between two things that happen."""


def main() -> None:
    """Let things happen until told to stop."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--socket", type=int, required=True)
    options = parser.parse_args()
    die_with_parent()
    over = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: over.set())
    with installation(lasting=True), inherited(options.socket) as listening:
        from tresen.local.demo.living import live  # noqa: PLC0415 (models are loaded only now)

        live(over, home=home_folder(os.environ), listening=listening, pauses=(SHORTEST, LONGEST))


if __name__ == "__main__":
    main()
