"""Our own small supervisor around PostgreSQL's binaries: on a unix socket only, for one machine.

It needs neither Django nor settings: `start(home)` gives a `Running` whose `url` the settings then read.
"""

from tresen.local.postgres.ephemeral import start_ephemeral
from tresen.local.postgres.finding import Binaries, PostgresMissing, find_binaries, missing_extensions
from tresen.local.postgres.supervising import PostgresFailed, Running, start

__all__ = [
    "Binaries",
    "PostgresFailed",
    "PostgresMissing",
    "Running",
    "find_binaries",
    "missing_extensions",
    "start",
    "start_ephemeral",
]
