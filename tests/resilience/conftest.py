import os
import shutil
import signal
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker

from tests.resilience.counter import Counter
from tests.resilience.worker import PATIENCE, Program, Worker, wait_until
from tests.servers import smtp
from tests.servers.dovecot import Dovecot
from tests.servers.web import database_url
from tresen.config.databases import database_settings
from tresen.local.postgres import Running, start
from tresen.local.postgres.supervising import server_pid


@pytest.fixture
def home() -> Iterator[Path]:
    """Where a worker's heartbeats and words lie; short, as sockets may come to lie in it."""
    folder = Path(tempfile.mkdtemp(prefix="tresen-home-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def opened(mail_server: Dovecot, worker: Worker) -> Iterator[Counter]:
    first, second = f"a{uuid4().hex[:8]}@nordlicht.example", f"b{uuid4().hex[:8]}@nordlicht.example"
    with smtp.running(users={first: "geheim"}) as post_office:
        try:
            yield Counter(mail_server, post_office, worker, (first, second))
        finally:
            worker.kill()


@pytest.fixture
def counter(transactional_db: None, home: Path, mail_server: Dovecot) -> Iterator[Counter]:
    """On the database of the tests."""
    with opened(mail_server, Worker(home, database=database_url())) as shop:
        yield shop


@pytest.fixture
def own_database(home: Path, django_db_blocker: DjangoDbBlocker) -> Iterator[Running]:
    """The database of an installation of its own, as safe and slow as a real one; the ORM talks to it."""
    migrating = Program(home, "migrate", "--quiet")
    migrating.start()
    assert migrating.process is not None
    assert migrating.process.wait(PATIENCE) == 0, migrating.said()
    server = start(home)
    before = dict(connection.settings_dict)
    connection.close()
    connection.settings_dict |= database_settings(server.url, pooled=False)
    with django_db_blocker.unblock():
        yield server
        connection.close()
    connection.settings_dict.clear()
    connection.settings_dict |= before
    server.users.close()
    if pid := server_pid(server.layout.data):
        os.kill(pid, signal.SIGQUIT)
        wait_until(lambda: server_pid(server.layout.data) is None)
    assert not server.alive()


@pytest.fixture
def own_counter(own_database: Running, home: Path, mail_server: Dovecot) -> Iterator[Counter]:
    """On a database of its own, which the worker itself guards."""
    with opened(mail_server, Worker(home)) as shop:
        yield shop
