"""A shop at a fake operator, reached over a way that holds each request against Mirakl's own facts."""

from collections.abc import Callable

import pytest

from tests.channels.asking import CheckedHttp, OpenAccess
from tests.channels.specifications.documents import PLATFORMS
from tests.channels.specifications.interface import Interface
from tests.factories.sales import AT
from tresen.channels.http import HttpOutcome
from tresen.channels.mirakl import CONNECTOR
from tresen.fakes.mirakl import FakeMirakl
from tresen.fakes.world import World

KEY = "invented-key"
PAGING = frozenset({"max", "offset", "limit", "page_token"})
INTERFACES = [Interface("mirakl/facts/mmp-seller-skeleton.json", tolerated=PAGING)] if PLATFORMS.is_dir() else []


@pytest.fixture
def world() -> World:
    return World(clock=lambda: AT)


@pytest.fixture
def access(world: World) -> OpenAccess:
    return opened(CheckedHttp(interfaces=INTERFACES, fake=FakeMirakl(world, key=KEY)))


@pytest.fixture
def answering() -> Callable[..., OpenAccess]:
    """The shop, where the operator gives these answers in turn."""

    def answer(*outcomes: HttpOutcome) -> OpenAccess:
        return opened(CheckedHttp(interfaces=INTERFACES, answers=list(outcomes)))

    return answer


def opened(way: CheckedHttp) -> OpenAccess:
    return OpenAccess(
        way=way,
        connection=CONNECTOR.connection,
        settings={"address": "https://operator.example"},
        secrets={"api_key": KEY},
    )
