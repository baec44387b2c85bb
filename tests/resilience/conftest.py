import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from tests.resilience.counter import Counter
from tests.resilience.worker import Worker
from tests.servers import smtp
from tests.servers.dovecot import Dovecot


@pytest.fixture
def home() -> Iterator[Path]:
    """Where a worker's heartbeats and words lie; short, as sockets may come to lie in it."""
    folder = Path(tempfile.mkdtemp(prefix="tresen-home-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def counter(transactional_db: None, home: Path, mail_server: Dovecot) -> Iterator[Counter]:
    first, second = f"a{uuid4().hex[:8]}@nordlicht.example", f"b{uuid4().hex[:8]}@nordlicht.example"
    worker = Worker(home)
    with smtp.running(users={first: "geheim"}) as post_office:
        try:
            yield Counter(mail_server, post_office, worker, (first, second))
        finally:
            worker.kill()
