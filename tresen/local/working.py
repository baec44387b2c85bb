"""`tresen work`: the worker. Any number of them, on any number of machines, share the work through the database."""

import argparse
import os
import signal
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import structlog

from tresen.batches.garbage import collect_rarely
from tresen.config.environment import environment
from tresen.local.heartbeat import SweepHealth, beat, fall_silent
from tresen.local.installation import installation
from tresen.local.kinship import die_with_parent
from tresen.local.listening import Listener
from tresen.local.postgres.account import home_folder
from tresen.local.sweeping import Sweeper, SweepThread

log = structlog.get_logger()
BEAT_EVERY = 5.0
PATIENCE = timedelta(seconds=25)


def add_options(parser: argparse.ArgumentParser) -> None:
    """No options."""
    del parser


def run(options: argparse.Namespace) -> int:
    """Work until told to stop. Ends with 1 when a part of it ended by itself, so that it is started again."""
    del options
    die_with_parent()
    over = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: over.set())
    with installation(lasting=True):
        from tresen.local.sweeps import SWEEPS  # noqa: PLC0415 (the sweeps know models, which need Django set up)

        collect_rarely()
        return work(Sweeper(SWEEPS), over, home=home_folder(os.environ))


def work(sweeper: Sweeper, over: threading.Event, *, home: Path) -> int:
    """Run the sweeps until `over`; say how they are all the while."""
    url = environment().database_direct_url or environment().database_url
    parts = [Listener(url.get_secret_value(), sweeper.channels(), wake=sweeper.wake, over=sweeper.over)]
    sweeper.start()
    for part in parts:
        part.start()
    log.info("worker_started", sweeps=[thread.name for thread in sweeper.threads])
    whole = True
    while whole:
        beat(home, at=datetime.now(tz=UTC), sweeps={thread.name: _health(thread) for thread in sweeper.threads})
        if over.wait(BEAT_EVERY):
            break
        whole = all(part.is_alive() for part in (*parts, *sweeper.threads))
    finished = sweeper.stop(patience=PATIENCE)
    fall_silent(home)
    log.info("worker_stopped", finished=finished, whole=whole)
    return 0 if whole else 1


def _health(thread: SweepThread) -> SweepHealth:
    last = thread.last_success.isoformat() if thread.last_success else ""
    return SweepHealth(last_success=last, failures=thread.failures, problem=thread.problem)
