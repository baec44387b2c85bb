import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from tresen.local.installation import keep_address, keep_secrets, know_address
from tresen.local.postgres.supervising import server_pid

NAMES = ("DATABASE_URL", "TRESEN_SECRET_KEY", "TRESEN_VAULT_KEYS", "TRESEN_SECRET_KEY_FILE", "TRESEN_VAULT_KEYS_FILE")


@pytest.fixture
def home():
    folder = Path(tempfile.mkdtemp(prefix="tresen-home-"))
    folder.chmod(0o755)
    yield folder
    if pid := server_pid(folder / "postgres" / "data"):
        os.kill(pid, signal.SIGQUIT)
        wait_until(lambda: server_pid(folder / "postgres" / "data") is None)
    shutil.rmtree(folder)


def wait_until(holds, *, seconds=20.0):
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "it did not come about"
        time.sleep(0.05)


def bare_environment(home, **more):
    kept = {name: value for name, value in os.environ.items() if name not in NAMES}
    return kept | {"TRESEN_HOME": str(home)} | more


def running(home, program, **more):
    return subprocess.Popen(
        [sys.executable, "-c", program],
        env=bare_environment(home, **more),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


LASTING = """
import sys
from tresen.local.installation import installation
with installation(lasting=True):
    from django.db import connection
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_database()")
        print(cursor.fetchone()[0], flush=True)
    sys.stdin.readline()
"""


def test_secrets_are_made_once_and_only_their_owner_reads_them(home):
    first, second = {}, {}
    keep_secrets(home, first)
    keep_secrets(home, second)
    assert first == second
    assert set(first) == {"TRESEN_SECRET_KEY_FILE", "TRESEN_VAULT_KEYS_FILE"}
    assert len({Path(path).read_text() for path in first.values()}) == 2
    assert all(Path(path).stat().st_mode & 0o077 == 0 for path in first.values())


def test_a_secret_that_is_set_is_left_alone(home):
    environ = {"TRESEN_SECRET_KEY": "mine", "TRESEN_VAULT_KEYS_FILE": "/mine/too"}
    keep_secrets(home, environ)
    assert environ == {"TRESEN_SECRET_KEY": "mine", "TRESEN_VAULT_KEYS_FILE": "/mine/too"}
    assert list((home / "secrets").iterdir()) == []


def test_a_command_beside_the_server_knows_where_it_serves(home):
    beside: dict[str, str] = {}
    know_address(home, beside)
    assert beside == {}
    keep_address(home, {"TRESEN_BASE_URL": "http://127.0.0.1:8123"})
    know_address(home, beside)
    assert Path(beside["TRESEN_BASE_URL_FILE"]).read_text() == "http://127.0.0.1:8123\n"
    told = {"TRESEN_BASE_URL": "https://desk.example"}
    know_address(home, told)
    assert told == {"TRESEN_BASE_URL": "https://desk.example"}


def test_without_settings_a_command_gets_a_database_of_its_own_and_lets_go_of_it(home):
    process = running(home, LASTING)
    assert process.stdout.readline() == "tresen\n"
    assert server_pid(home / "postgres" / "data")
    process.communicate("\n", timeout=30)
    assert process.returncode == 0
    assert server_pid(home / "postgres" / "data") is None


def test_a_lasting_command_restarts_a_database_that_was_killed(home):
    process = running(home, LASTING)
    process.stdout.readline()
    old = server_pid(home / "postgres" / "data")
    os.kill(old, signal.SIGKILL)
    wait_until(lambda: server_pid(home / "postgres" / "data") not in {None, old})
    process.communicate("\n", timeout=30)
    assert server_pid(home / "postgres" / "data") is None


def test_wrong_settings_are_named_all_at_once(home):
    asked = subprocess.run(
        [sys.executable, "-m", "tresen", "migrate"],
        env=bare_environment(home, DATABASE_URL="postgresql://nobody@/nothing", TRESEN_SECRET_KEY="short"),
        capture_output=True,
        text=True,
        check=False,
    )
    assert asked.returncode == 2
    assert "TRESEN_VAULT_KEYS is not set." in asked.stderr
    assert "TRESEN_SECRET_KEY" in asked.stderr
    assert "Traceback" not in asked.stderr


@pytest.mark.parametrize("command", [["verify"], ["reparse"], ["admin", "a@b.example", "Anna"]])
def test_what_looks_at_an_installation_makes_none(home, command):
    asked = subprocess.run(
        [sys.executable, "-m", "tresen", *command],
        env=bare_environment(home),
        capture_output=True,
        text=True,
        check=False,
    )
    assert asked.returncode == 1
    assert asked.stderr == f"Nothing is set up in {home} yet. Run tresen serve first.\n"
    assert list(home.iterdir()) == []


def test_a_database_that_nobody_migrated_is_said_to_be_so(home):
    process = running(home, LASTING)
    process.stdout.readline()
    asked = subprocess.run(
        [sys.executable, "-m", "tresen", "verify"],
        env=bare_environment(home),
        capture_output=True,
        text=True,
        check=False,
    )
    process.communicate("\n", timeout=30)
    assert asked.returncode == 1
    assert "migrations are not applied yet. Run tresen migrate first." in asked.stderr
    assert "Traceback" not in asked.stderr


def test_the_demo_is_looked_at_in_its_own_folder(home):
    (home / "demo" / "postgres" / "data").mkdir(parents=True)
    environment = bare_environment(home)
    command = [sys.executable, "-m", "tresen", "verify"]
    without = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert without.stderr.endswith("Run tresen serve first, or name the demo's data with --demo.\n")
    shutil.rmtree(home / "demo")
    with_it = subprocess.run([*command, "--demo"], env=environment, capture_output=True, text=True, check=False)
    assert with_it.stderr == f"Nothing is set up in {home / 'demo'} yet. Run tresen serve first.\n"


FAILING = """
import structlog
from tresen.local.installation import prepare_django
prepare_django()
def file(what_a_customer_wrote):
    raise RuntimeError("not filed")
try:
    file("my secret " + "worry")
except RuntimeError:
    structlog.get_logger().exception("payload_not_filed", payload=7)
"""


def test_a_logged_error_shows_where_it_happened_and_nothing_that_a_customer_wrote():
    failed = subprocess.run([sys.executable, "-c", FAILING], capture_output=True, text=True, check=False)
    assert failed.returncode == 0
    assert failed.stdout == ""
    assert "RuntimeError: not filed" in failed.stderr
    assert "payload=7" in failed.stderr
    assert "in file" in failed.stderr
    assert "secret worry" not in failed.stderr
