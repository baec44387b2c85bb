"""A worker is killed with a new token in its hands, before that is kept: the store is not lost."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.factories.connected import a_connected_page
from tests.resilience.worker import Worker, wait_until
from tests.servers.web import database_url
from tresen.channels.meta.account import INSTAGRAM
from tresen.crashing.points import Point
from tresen.fakes.meta import ACCESS_TOKEN, ACCOUNT, FakeMeta
from tresen.fakes.serving import Account, running
from tresen.fakes.world import World
from tresen.stores.models import CredentialTerm, Health, StoreConnection
from tresen.timekeeping import wall
from tresen.vault.sealing import open_secret

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow, pytest.mark.timeout(300)]


@pytest.fixture
def worker(home: Path) -> Iterator[Worker]:
    worker = Worker(home, database=database_url())
    yield worker
    worker.kill()


def test_a_token_that_was_renewed_and_not_kept_is_renewed_again(worker: Worker) -> None:
    with running([Account(name="meta", fake=FakeMeta(world=World(clock=wall.now), of=INSTAGRAM))]) as served:
        store = a_connected_page("instagram", address=f"{served}/meta", account=ACCOUNT)
        name = f"store:{store.pk}:access_token"
        worker.start(crash_point=Point.RENEWED_NOT_KEPT)
        worker.dies()
        assert open_secret(name) == ACCESS_TOKEN
        assert CredentialTerm.objects.get().told_at is None

        CredentialTerm.objects.update(next_at=wall.now())  # what the killed one held is free again
        worker.start()
        wait_until(lambda: open_secret(name) != ACCESS_TOKEN, what=worker.said)
        worker.stop()
        assert CredentialTerm.objects.get().told_at is not None
        assert StoreConnection.objects.get().health != Health.RECONNECT
