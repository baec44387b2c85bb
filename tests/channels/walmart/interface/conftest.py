"""A store at a fake Walmart, reached over a way that holds each request against Walmart's specification."""

from collections.abc import Callable

import pytest

from tests.channels.asking import CheckedHttp, OpenAccess
from tests.channels.walmart.interface.specification import INTERFACES
from tests.factories.sales import AT
from tresen.channels.http import HttpOutcome, HttpResponse
from tresen.channels.walmart import CONNECTOR
from tresen.fakes.walmart import CLIENT_ID, CLIENT_SECRET, FakeWalmart
from tresen.fakes.world import World

TOKEN = HttpResponse(status=200, headers={}, body=b'{"access_token": "invented-token", "expires_in": 900}')
NOT_DESCRIBED = ("/v3/token", "/v3/insights/")
"""Performance stands on pages of Walmart's, and in none of its specifications that we hold."""


@pytest.fixture
def world() -> World:
    return World(clock=lambda: AT)


@pytest.fixture
def walmart(world: World) -> FakeWalmart:
    return FakeWalmart(world)


@pytest.fixture
def access(walmart: FakeWalmart) -> OpenAccess:
    return opened(CheckedHttp(interfaces=INTERFACES, fake=walmart, unchecked=NOT_DESCRIBED))


@pytest.fixture
def answering() -> Callable[..., OpenAccess]:
    """The store, where Walmart gives a token and then these answers in turn."""

    def answer(*outcomes: HttpOutcome) -> OpenAccess:
        return opened(CheckedHttp(interfaces=INTERFACES, answers=[TOKEN, *outcomes], unchecked=NOT_DESCRIBED))

    return answer


def opened(way: CheckedHttp) -> OpenAccess:
    return OpenAccess(
        way=way,
        connection=CONNECTOR.connection,
        settings={"client_id": CLIENT_ID},
        secrets={"client_secret": CLIENT_SECRET},
    )
