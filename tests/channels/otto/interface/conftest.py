"""A store at a fake OTTO, reached over a way that holds each request against what is known of OTTO's interface."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.channels.asking import CheckedHttp, OpenAccess
from tests.channels.otto.interface.specification import INTERFACES
from tests.channels.otto.interface.wanting import LAMPS, NUMBER, ORDER
from tests.factories.sales import AT, a_sale
from tresen.channels.http import HttpOutcome, HttpResponse
from tresen.channels.otto import CONNECTOR
from tresen.fakes.otto import CLIENT_ID, CLIENT_SECRET, FakeOtto
from tresen.fakes.world import World

TOKEN = HttpResponse(status=200, headers={}, body=b'{"access_token": "invented-token", "expires_in": 1800}')


@pytest.fixture
def world() -> World:
    return World(clock=lambda: AT)


@pytest.fixture
def otto(world: World) -> FakeOtto:
    return FakeOtto(world)


@pytest.fixture
def access(otto: FakeOtto) -> OpenAccess:
    return opened(CheckedHttp(interfaces=INTERFACES, fake=otto, unchecked=("/oauth2/token",)))


@pytest.fixture
def answering() -> Callable[..., OpenAccess]:
    """The store, where OTTO gives a token and then these answers in turn."""

    def answer(*outcomes: HttpOutcome) -> OpenAccess:
        return opened(CheckedHttp(interfaces=INTERFACES, answers=[TOKEN, *outcomes], unchecked=("/oauth2/token",)))

    return answer


def opened(way: CheckedHttp) -> OpenAccess:
    return OpenAccess(
        way=way,
        connection=CONNECTOR.connection,
        settings={
            "client_id": CLIENT_ID,
            "ship_from_city": "Musterstadt",
            "ship_from_postcode": "12345",
            "ship_from_country": "DEU",
        },
        secrets={"client_secret": CLIENT_SECRET},
    )


@pytest.fixture
def sold(world: World) -> World:
    world.fill(sales=[a_sale(NUMBER, id=ORDER, lines=[replace(LAMPS)])])
    return world


@pytest.fixture
def sent(sold: World) -> World:
    sold.ship(NUMBER, carrier="HERMES", tracking="H1")
    return sold
