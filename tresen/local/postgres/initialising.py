"""Making a data folder: UTF-8, one sort order everywhere, our role and database, our configuration."""

import os
import shutil
import subprocess
from pathlib import Path

from tresen.local.postgres.account import Account
from tresen.local.postgres.finding import Binaries, PostgresMissing
from tresen.local.postgres.layout import DATABASE, ROLE, Layout

# The builtin provider came with 17; before it, the C library's C.UTF-8 sorts just the same (by code point).
FIRST_WITH_BUILTIN_LOCALE = 17
MEGABYTE = 1024 * 1024
PLENTY_OF_MEMORY = 4096 * MEGABYTE

POSTGRESQL_CONF = """\
# Tresen's own settings are written anew at each start; what you add below them wins.
include 'tresen.conf'
"""

TRESEN_CONF = """\
listen_addresses = ''
unix_socket_directories = '{sockets}'
unix_socket_permissions = 0700
max_connections = 200
shared_buffers = {shared_buffers}
max_wal_size = 2GB
wal_compression = on
random_page_cost = 1.1
jit = off
timezone = 'UTC'
log_timezone = 'UTC'
lc_messages = 'C'
default_text_search_config = 'pg_catalog.simple'
logging_collector = on
log_directory = '../log'
log_filename = 'postgresql-%a.log'
log_truncate_on_rotation = on
log_rotation_age = 1d
log_rotation_size = 0
log_line_prefix = '%m [%p] '
# Failing statements carry customers' words; the application reports them without.
log_min_error_statement = panic
log_error_verbosity = terse
"""

NOTHING_IS_KEPT = """\
fsync = off
synchronous_commit = off
full_page_writes = off
wal_level = minimal
max_wal_senders = 0
shared_buffers = 128MB
logging_collector = off
"""


def initialise(layout: Layout, *, binaries: Binaries, account: Account) -> None:
    """A new data folder with our role and database. It appears whole or not at all."""
    unfinished = layout.data.with_name("data.new")
    if unfinished.exists():
        shutil.rmtree(unfinished)
    command = [binaries.program("initdb"), "--pgdata", str(unfinished), "--username", "postgres"]
    command += ["--auth-local", "trust", "--auth-host", "reject", "--encoding", "UTF8", "--locale", "C.UTF-8"]
    command += ["--data-checksums", "--no-sync", "--no-instructions"]
    if binaries.major >= FIRST_WITH_BUILTIN_LOCALE:
        command += ["--locale-provider", "builtin", "--builtin-locale", "C.UTF-8"]
    _run(command, account)
    _write(unfinished / "postgresql.conf", POSTGRESQL_CONF, account)
    _write(unfinished / "tresen.conf", "", account)
    # Not a superuser: what works here works on anybody's PostgreSQL.
    statements = f"CREATE ROLE {ROLE} LOGIN CREATEDB;\nCREATE DATABASE {DATABASE} OWNER {ROLE};\n"
    _run([binaries.program("postgres"), "--single", "-D", str(unfinished), "postgres"], account, given=statements)
    unfinished.rename(layout.data)


def configure(layout: Layout, *, account: Account, keep: bool) -> None:
    """Write our settings anew, as they may change with a release. Without `keep`, speed comes before safety."""
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    shared_buffers = "512MB" if memory >= PLENTY_OF_MEMORY else "128MB"
    text = TRESEN_CONF.format(sockets=layout.sockets, shared_buffers=shared_buffers)
    _write(layout.data / "tresen.conf", text if keep else text + NOTHING_IS_KEPT, account)


def _write(path: Path, text: str, account: Account) -> None:
    path.write_text(text, encoding="utf-8")
    account.own(path)


def _run(command: list[str], account: Account, *, given: str = "") -> None:
    done = subprocess.run(
        command, input=given, capture_output=True, text=True, check=False, env=PLAIN, **account.process_options
    )
    if done.returncode or "FATAL" in done.stderr or "ERROR" in done.stderr:
        raise PostgresMissing(f"PostgreSQL could not make its data folder:\n{(done.stderr or done.stdout).strip()}")


# PGDATA, PGHOST and the like would lead it elsewhere; messages in English keep the checks above true.
PLAIN = {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C.UTF-8"}
