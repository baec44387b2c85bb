import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

from tresen.local.postgres import start_ephemeral
from tresen.local.postgres.finding import installed
from tresen.local.postgres.supervising import server_pid


@pytest.mark.parametrize("binaries", installed(), ids=lambda binaries: f"{binaries.source}-{binaries.major}")
def test_every_postgresql_gives_the_same_empty_database(binaries):
    server = start_ephemeral(binaries=binaries)
    with psycopg.connect(server.url) as connection:
        for extension in ("pg_trgm", "unaccent", "btree_gin"):
            connection.execute(f"CREATE EXTENSION {extension}")
        row = connection.execute(
            "SELECT upper('äö'), 'Z' < 'a', to_tsvector('simple', 'Größe – „Hallo“')::text,"
            " current_setting('server_encoding'), current_setting('timezone')"
        ).fetchone()
    server.stop()
    assert row == ("ÄÖ", True, "'größe':1 'hallo':2", "UTF8", "UTC")


def test_nothing_is_left_after_its_stop():
    server = start_ephemeral()
    server.stop()
    assert not server.running.alive()
    assert not server.folder.exists()


def test_it_dies_with_a_killed_owner_and_the_next_one_clears_up():
    program = "import sys; from tresen.local.postgres import start_ephemeral as s; e = s(); print(e.folder, flush=True)"
    owner = subprocess.Popen(
        [sys.executable, "-c", f"{program}; sys.stdin.read()"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    folder = Path(owner.stdout.readline().strip())
    assert server_pid(folder / "postgres" / "data")
    os.kill(owner.pid, signal.SIGKILL)
    owner.communicate(timeout=10)
    deadline = time.monotonic() + 10
    while server_pid(folder / "postgres" / "data") and time.monotonic() < deadline:
        time.sleep(0.02)
    assert server_pid(folder / "postgres" / "data") is None
    start_ephemeral().stop()
    assert not folder.exists()
