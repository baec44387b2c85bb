import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from tresen.local.postgres import PostgresFailed, PostgresMissing, start
from tresen.local.postgres.supervising import server_pid

LINE = {"connect_timeout": 5}


@pytest.fixture(scope="module")
def made():
    """A home whose server was made, started and stopped."""
    with open_folder() as folder:
        start(folder).stop()
        yield folder


@pytest.fixture
def home(made):
    """A copy of it: making one takes longer than all the rest of a test."""
    with open_folder() as folder:
        subprocess.run(["cp", "-a", f"{made}/.", str(folder)], check=True)
        yield folder


@pytest.fixture
def new_home():
    with open_folder() as folder:
        yield folder


@contextmanager
def open_folder():
    # Not pytest's own temporary folder: that one is closed for the user under whom root runs the server.
    folder = Path(tempfile.mkdtemp(prefix="tresen-home-"))
    folder.chmod(0o755)
    yield folder
    for data in folder.rglob("data"):
        if pid := server_pid(data):
            os.kill(pid, signal.SIGQUIT)
            wait_until(lambda data=data: server_pid(data) is None)
    shutil.rmtree(folder)


def wait_until(holds, *, seconds=20.0):
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "it did not come about"
        time.sleep(0.02)


def answers(url):
    with psycopg.connect(url, **LINE) as connection:
        return connection.execute("SELECT current_user, current_database()").fetchone()


def in_another_process(home, *, then="server.stop()"):
    program = f"""
import pathlib, sys
from tresen.local.postgres import start
server = start(pathlib.Path({str(home)!r}))
print(server.pid, flush=True)
sys.stdin.read()
{then}
"""
    return subprocess.Popen([sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def finish(process):
    process.communicate("", timeout=30)
    assert process.returncode == 0


def test_a_home_is_filled_started_and_stopped(new_home):
    server = start(new_home)
    assert answers(server.url) == ("tresen", "tresen")
    server.stop()
    assert not server.alive()
    server.stop()


def test_only_its_own_user_reaches_data_and_socket(home):
    server = start(home)
    assert (server.layout.data.stat().st_mode & 0o077, server.layout.sockets.stat().st_mode & 0o077) == (0, 0)
    server.stop()


def test_what_was_written_is_there_after_a_restart(home):
    server = start(home)
    with psycopg.connect(server.url, **LINE) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 1 AS one")
    server.stop()
    again = start(home)
    with psycopg.connect(again.url, **LINE) as connection:
        assert connection.execute("SELECT one FROM kept").fetchone() == (1,)
    again.stop()


def test_two_processes_that_start_at_once_share_one_server(new_home):
    both = [in_another_process(new_home), in_another_process(new_home)]
    first, second = (int(process.stdout.readline()) for process in both)
    assert first == second
    finish(both[0])
    assert server_pid(new_home / "postgres" / "data") == first
    finish(both[1])
    assert server_pid(new_home / "postgres" / "data") is None


def test_a_killed_owner_leaves_a_server_that_the_next_one_takes_over(home):
    owner = in_another_process(home)
    pid = int(owner.stdout.readline())
    owner.kill()
    owner.communicate(timeout=10)
    server = start(home)
    assert server.pid == pid
    server.stop()
    assert server_pid(home / "postgres" / "data") is None


def test_a_killed_server_comes_back_with_its_data(home):
    server = start(home)
    with psycopg.connect(server.url, **LINE) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 1 AS one")
    os.kill(server.pid, signal.SIGKILL)
    wait_until(lambda: not server.alive())
    again = start(home)
    assert again.pid != server.pid
    with psycopg.connect(again.url, **LINE) as connection:
        assert connection.execute("SELECT one FROM kept").fetchone() == (1,)
    server.stop()
    assert again.alive()
    again.stop()


def test_a_stale_pid_that_now_is_another_process_stops_nobody(home):
    start(home).stop()
    stranger = subprocess.Popen(["sleep", "60"])
    pid_file = home / "postgres" / "data" / "postmaster.pid"
    pid_file.write_text(f"{stranger.pid}\n{home}\n0\n5432\n{home}\n\n\nready\n")
    assert server_pid(home / "postgres" / "data") is None
    server = start(home)
    assert answers(server.url) == ("tresen", "tresen")
    server.stop()
    assert stranger.poll() is None
    stranger.kill()
    stranger.wait()


def test_a_killed_server_that_nobody_has_waited_for_stops_nobody(home):
    old = start(home)
    os.kill(old.pid, signal.SIGKILL)
    wait_until(lambda: server_pid(home / "postgres" / "data") is None)
    assert Path(f"/proc/{old.pid}").exists()  # it is our child, and we have not asked how it ended
    assert old.layout.socket_lock.exists()
    server = start(home)
    assert answers(server.url) == ("tresen", "tresen")
    assert not old.alive()
    old.stop()
    server.stop()


def test_an_interrupted_initialisation_is_begun_anew(new_home):
    (new_home / "postgres" / "data.new").mkdir(parents=True)
    (new_home / "postgres" / "data.new" / "PG_VERSION").write_text("15\n")
    server = start(new_home)
    assert answers(server.url) == ("tresen", "tresen")
    server.stop()


def test_a_home_with_a_very_long_path_still_has_a_short_socket(new_home):
    deep = new_home / ("a-folder-with-a-long-name" * 4)
    server = start(deep)
    assert len(os.fsencode(server.layout.sockets)) < 80
    assert answers(server.url) == ("tresen", "tresen")
    server.stop()
    server.layout.sockets.rmdir()


def test_a_server_that_can_not_start_says_why(home):
    start(home).stop()
    with (home / "postgres" / "data" / "postgresql.conf").open("a") as file:
        file.write("shared_buffers = 'plenty'\n")
    with pytest.raises(PostgresFailed, match="shared_buffers"):
        start(home)


def test_a_home_that_is_no_folder_is_told_in_a_sentence(new_home):
    (new_home / "file").touch()
    for home in (new_home / "file", new_home / "file" / "below"):
        with pytest.raises(PostgresFailed, match=f"The data folder {home} can't be used"):
            start(home)


def test_root_is_told_when_the_server_can_not_enter_the_home(new_home):
    if os.geteuid() != 0:
        pytest.skip("only root hands the server to another user")
    closed = new_home / "closed"
    closed.mkdir(mode=0o700)
    with pytest.raises(PostgresMissing, match="can't enter"):
        start(closed / "inside")
