"""The file of the demo's platforms, opened as often as a test likes, and a socket for them."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from socket import socket

import pytest

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
