"""The file of the demo's platforms, opened as often as a test likes, and a socket for them; a story told but once."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from socket import socket

import pytest
from django.db import connection, transaction
from pytest_django import DjangoDbBlocker

from tresen.local.demo.platforms.address import listen
from tresen.local.demo.platforms.keeping import WorldFile


@pytest.fixture
def open_file(tmp_path: Path) -> Iterator[Callable[[], WorldFile]]:
    """Opens it as another process would; all are closed at the end."""
    with ExitStack() as stack:
        yield lambda: stack.enter_context(closing(WorldFile(tmp_path)))


@pytest.fixture
def listening(tmp_path: Path) -> Iterator[socket]:
    """Where the platforms of this test talk."""
    with listen(tmp_path) as made:
        yield made


@pytest.fixture(scope="module")
def kept_for_all(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """What fixtures of a module write after this one, all its tests find; each takes back what it does itself.

    A story takes long to tell.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        # As Django marks its own of a test, so that durable blocks may stand within.
        connection.atomic_blocks[-1]._from_testcase = True  # type: ignore[attr-defined]
        yield
        transaction.set_rollback(True)
