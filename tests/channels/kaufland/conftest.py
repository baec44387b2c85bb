"""A seller at a fake Kaufland, reached over a way that holds each request against the Seller API's own facts."""

from collections.abc import Callable

import pytest

from tests.channels.asking import CheckedHttp, OpenAccess
from tests.channels.specifications.documents import PLATFORMS
from tests.channels.specifications.interface import Interface
from tests.factories.sales import AT
from tresen.channels.http import HttpOutcome
from tresen.channels.kaufland import CONNECTOR
from tresen.fakes.kaufland import CLIENT_KEY, SECRET_KEY, FakeKaufland
from tresen.fakes.world import World

ADDRESS = "https://kaufland.example/v2"
INTERFACES = [Interface("kaufland/facts/seller-api-v2-skeleton.json", base="/v2")] if PLATFORMS.is_dir() else []


@pytest.fixture
def world() -> World:
    return World(clock=lambda: AT)


@pytest.fixture
def fake(world: World) -> FakeKaufland:
    return FakeKaufland(world)


@pytest.fixture
def access(fake: FakeKaufland) -> OpenAccess:
    return opened(CheckedHttp(interfaces=INTERFACES, fake=fake, below="/v2"))


@pytest.fixture
def answering() -> Callable[..., OpenAccess]:
    """The seller, where Kaufland gives these answers in turn."""

    def answer(*outcomes: HttpOutcome) -> OpenAccess:
        return opened(CheckedHttp(interfaces=INTERFACES, answers=list(outcomes)))

    return answer


def opened(way: CheckedHttp) -> OpenAccess:
    return OpenAccess(
        way=way,
        connection=CONNECTOR.connection,
        marketplace="kaufland.de",
        settings={"address": ADDRESS, "client_key": CLIENT_KEY},
        secrets={"secret_key": SECRET_KEY},
    )
