"""`tresen migrate`: one process at a time brings the database to this release, without blocking those who work."""

import argparse
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from django.core.management import call_command
from django.db import OperationalError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from tresen.config.environment import environment
from tresen.local.installation import installation
from tresen.timekeeping import wall

# Any number will do, as long as it stays the same.
LOCK = 7_735_001
LOCK_TIMEOUT = "4s"
ATTEMPTS = 5
PAUSE = 0.5
LOCK_NOT_AVAILABLE = "55P03"


class TooOld(Exception):
    """The database can't be brought to this release in one step. The message is for people."""


def add_options(parser: argparse.ArgumentParser) -> None:
    """One option."""
    parser.add_argument("--quiet", action="store_true", help="print nothing when all is well")


def run(options: argparse.Namespace) -> int:
    """Migrate, then leave."""
    with installation():
        try:
            migrate(verbosity=0 if options.quiet else 1)
        except (psycopg.OperationalError, OperationalError, TooOld) as problem:
            print(f"The database can't be brought to this release: {str(problem).strip()}", file=sys.stderr)
            return 1
    return 0


def migrate(*, verbosity: int) -> None:
    """Apply what is missing. A table that is in use for too long is tried again some times, then given up.

    Raises TooOld.
    """
    url = environment().database_direct_url or environment().database_url
    with alone(url.get_secret_value()):
        for attempt in range(1, ATTEMPTS + 1):
            try:
                with connection.cursor() as cursor:
                    cursor.execute(f"SET lock_timeout = '{LOCK_TIMEOUT}'")
                _know_where_it_stands()
                call_command("migrate", interactive=False, verbosity=verbosity)
            except OperationalError as problem:
                if attempt == ATTEMPTS or getattr(problem.__cause__, "sqlstate", "") != LOCK_NOT_AVAILABLE:
                    raise
                time.sleep(PAUSE * 2**attempt)
            else:
                break
        _first_start()
    connection.close()


def _know_where_it_stands() -> None:
    """Whether each app's first schema is there wholly or not at all: it stands for many steps of the time before."""
    applied = set(MigrationRecorder(connection).applied_migrations())
    for (app, _), first in MigrationLoader(None).replacements.items():
        if lacking := {*first.replaces} - applied if applied & {*first.replaces} else set():
            raise TooOld(
                f"it is from before the first release, and {len(lacking)} of the steps that {app} took until then are"
                " missing. Run tresen migrate of the last version that had them (1 December 2026), then this one."
            )


def _first_start() -> None:
    """What every installation begins with, where it is not there yet: office hours, reply targets, platforms' rules."""
    from tresen.accounts.actors import SYSTEM  # noqa: PLC0415 (models are loaded only now)
    from tresen.sla.defaults import create_defaults  # noqa: PLC0415
    from tresen.sla.editions import keep_editions  # noqa: PLC0415

    create_defaults(by=SYSTEM, at=wall.now())
    keep_editions(at=wall.now())


@contextmanager
def alone(url: str) -> Iterator[None]:
    """Wait until no other process migrates this database.

    It asks again and again instead of waiting inside PostgreSQL: a waiting statement holds a snapshot, for which a
    concurrent index build of the other process would wait in turn.
    """
    with psycopg.connect(url, application_name=f"tresen migrate {os.getpid()}") as guard:
        while not _got_lock(guard):
            guard.rollback()
            time.sleep(PAUSE)
        yield


def _got_lock(guard: psycopg.Connection) -> bool:
    # Without parameters it is a simple query: one with them leaves its portal, and with it a snapshot, for which an
    # index that is built concurrently would wait until the lock timeout.
    row = guard.execute(f"SELECT pg_try_advisory_xact_lock({LOCK:d})").fetchone()
    return bool(row and row[0])
