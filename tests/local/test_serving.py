"""The whole group as a person starts it, and each part killed in turn."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

import pytest

from tresen.local.postgres.supervising import server_pid

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]
UNSET = ("DATABASE_URL", "TRESEN_SECRET_KEY", "TRESEN_VAULT_KEYS")


def wait_until(holds, *, seconds=90.0):
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "it did not come about"
        time.sleep(0.1)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Served:
    def __init__(self, home, port):
        self.home = home
        self.address = f"http://127.0.0.1:{port}"
        environ = {name: value for name, value in os.environ.items() if name not in UNSET}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tresen", "serve", "--port", str(port)],
            env=environ | {"TRESEN_HOME": str(home)},
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    def says(self):
        return self.process.stdout.readline()

    def well(self):
        try:
            with urllib.request.urlopen(f"{self.address}/health/", timeout=5) as answer:  # noqa: S310 (our own address)
                return answer.status == 200
        except OSError:
            return False

    def part(self, name):
        """The process of one command of this group."""
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                parent = (folder / "stat").read_text().rpartition(")")[2].split()[1]
                words = (folder / "cmdline").read_text().split("\0")
            except OSError:
                continue
            if parent == str(self.process.pid) and words[1:4] == ["-m", "tresen", name]:
                return int(folder.name)
        return None

    def database(self):
        return server_pid(self.home / "postgres" / "data")


@pytest.fixture(scope="module")
def served():
    home = Path(tempfile.mkdtemp(prefix="tresen-home-"))
    home.chmod(0o755)
    group = Served(home, free_port())
    yield group
    group.process.kill()
    group.process.communicate()
    wait_until(lambda: not group.well())
    if pid := group.database():
        os.kill(pid, signal.SIGQUIT)
        wait_until(lambda: group.database() is None)
    shutil.rmtree(home)


def test_it_says_its_address_once_it_answers(served):
    assert served.says() == f"Tresen is ready: {served.address}\n"
    assert served.well()


@pytest.mark.parametrize("name", ["web", "work"])
def test_a_part_that_is_killed_comes_back(served, name):
    old = served.part(name)
    os.kill(old, signal.SIGKILL)
    wait_until(lambda: served.part(name) not in {None, old})
    wait_until(served.well)


def test_a_database_that_is_killed_comes_back(served):
    old = served.database()
    os.kill(old, signal.SIGKILL)
    wait_until(lambda: served.database() not in {None, old})
    wait_until(served.well)


def test_all_parts_end_in_order_with_the_group(served):
    served.process.terminate()
    assert served.process.wait(60) == 0
    assert (served.part("web"), served.part("work"), served.database()) == (None, None, None)
    assert not served.well()


def test_a_port_in_use_is_told_in_one_sentence():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        command = [sys.executable, "-m", "tresen", "serve", "--port", str(taken.getsockname()[1])]
        asked = subprocess.run(command, capture_output=True, text=True, check=False)
    assert asked.returncode == 1
    assert "Choose another one with --port" in asked.stderr
