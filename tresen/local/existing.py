"""For commands that look at what is there: an installation that was set up, by this release."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from tresen.local.postgres.account import home_folder
from tresen.local.postgres.layout import layout_of


class NotSetUp(Exception):
    """There is nothing to look at; the message says so in one sentence and what to do in the next."""


@contextmanager
def existing_installation() -> Iterator[None]:
    """Django on a database that was brought to this release. Raises NotSetUp, and makes nothing by itself."""
    from tresen.local.installation import installation  # noqa: PLC0415 (the command line names our error, not Django)

    home = home_folder(os.environ)
    if "DATABASE_URL" not in os.environ and not layout_of(home, os.environ).data.is_dir():
        raise NotSetUp(f"Nothing is set up in {home} yet. Run tresen serve first{_or_the_demo()}.")
    with installation():
        _of_this_release()
        yield


def _of_this_release() -> None:
    from django.db import OperationalError, connection  # noqa: PLC0415 (settings are known only now)
    from django.db.migrations.executor import MigrationExecutor  # noqa: PLC0415

    try:
        executor = MigrationExecutor(connection)
        missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except OperationalError as problem:
        said = str(problem).strip().splitlines()[0]
        raise NotSetUp(f"The database does not answer: {said}. Check DATABASE_URL.") from problem
    if missing:
        raise NotSetUp(f"{len(missing)} migrations are not applied yet. Run tresen migrate first.")


def _or_the_demo() -> str:
    demo = home_folder(os.environ) / "demo"
    return ", or name the demo's data with --demo" if layout_of(demo, os.environ).data.is_dir() else ""
