import os
import subprocess
import sys
import threading
import time
from contextlib import contextmanager

import psycopg
import pytest

from tresen.local.migrating import LOCK, alone

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(900)]

# A whole migration is some twenty seconds of work, and a machine may have others to do.
PATIENCE = 400


@contextmanager
def new_database(name):
    """The address of a database beside the test run's own."""
    own = os.environ["DATABASE_URL"]
    with psycopg.connect(own, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    yield own.replace("/tresen?", f"/{name}?")
    with psycopg.connect(own, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def empty_database():
    with new_database(f"empty_{os.getpid()}") as url:
        yield url


@pytest.fixture(scope="module")
def migrated_twice():
    """The address of a database that two processes migrated at once, and how each of them ended."""
    with new_database(f"migrated_{os.getpid()}") as url, migrating(url) as first, migrating(url) as second:
        yield url, [ended(first), ended(second)]


@contextmanager
def migrating(url):
    process = subprocess.Popen(
        [sys.executable, "-m", "tresen", "migrate"],
        env=os.environ | {"DATABASE_URL": url},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def ended(process):
    said, _ = process.communicate(timeout=PATIENCE)
    return process.returncode, said


def test_two_migrations_at_once_leave_one_whole_database(migrated_twice):
    url, both = migrated_twice
    said = [text for _, text in both]
    assert [code for code, _ in both] == [0, 0], said
    with psycopg.connect(url) as connection:
        (applied,) = connection.execute("SELECT count(*) FROM django_migrations").fetchone()
        (different,) = connection.execute("SELECT count(DISTINCT (app, name)) FROM django_migrations").fetchone()
    assert applied == different > 0
    assert sum("No migrations to apply" in text for text in said) == 1


def test_a_database_of_a_step_that_is_gone_is_left_as_it_is(empty_database):
    with psycopg.connect(empty_database) as connection:
        connection.execute("CREATE TABLE django_migrations (id serial, app text, name text, applied timestamptz)")
        connection.execute("INSERT INTO django_migrations (app, name, applied) VALUES ('sla', '0001_initial', now())")
    with migrating(empty_database) as process:
        code, said = ended(process)
    assert code == 1
    assert "16 of the steps that sla took until then are missing" in said
    assert "Traceback" not in said
    with psycopg.connect(empty_database) as connection:
        assert connection.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone() == (1,)


def test_who_waits_for_its_turn_holds_no_snapshot():
    url = os.environ["DATABASE_URL"]
    entered, leave = threading.Event(), threading.Event()

    def second():
        with alone(url):
            entered.set()
            leave.wait(10)

    with alone(url):
        thread = threading.Thread(target=second)
        thread.start()
        time.sleep(1.2)
        assert not entered.is_set()
        with psycopg.connect(url) as connection:
            waiting = connection.execute(
                "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objid = %s AND NOT granted", [LOCK]
            ).fetchone()
        assert waiting == (0,)
    assert entered.wait(10)
    leave.set()
    thread.join(10)


def test_who_migrates_holds_no_snapshot_that_a_concurrent_index_would_wait_for():
    url = os.environ["DATABASE_URL"]
    with alone(url), psycopg.connect(url) as connection:
        holding = connection.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE application_name = %s AND backend_xmin IS NOT NULL",
            [f"tresen migrate {os.getpid()}"],
        ).fetchone()
    assert holding == (0,)


def test_a_table_in_use_is_waited_for_in_short_steps(migrated_twice):
    url, _ = migrated_twice
    with psycopg.connect(url) as in_use:
        in_use.execute("LOCK TABLE django_migrations IN ACCESS EXCLUSIVE MODE")
        with migrating(url) as waiting:
            seen = given_up_once(url)
            in_use.rollback()
            code, said = ended(waiting)
    assert (code, seen) == (0, True), said


def given_up_once(url):
    """Whether a statement waited for the table, and then did not any more, so that others got through."""
    waited, deadline = False, time.monotonic() + PATIENCE
    with psycopg.connect(url, autocommit=True) as watcher:
        while time.monotonic() < deadline:
            (now,) = watcher.execute(
                "SELECT count(*) FROM pg_stat_activity"
                " WHERE wait_event_type = 'Lock' AND datname = current_database() AND pid <> pg_backend_pid()"
            ).fetchone()
            if waited and not now:
                return True
            waited = waited or bool(now)
            time.sleep(0.05)
    return False


def test_who_migrates_holds_no_snapshot_that_an_index_would_wait_for(empty_database):
    with alone(empty_database), psycopg.connect(empty_database) as connection:
        (held,) = connection.execute(
            "SELECT backend_xmin IS NOT NULL FROM pg_stat_activity WHERE application_name = %s",
            [f"tresen migrate {os.getpid()}"],
        ).fetchone()
    assert not held
