"""Until when the token of a page, or of a number, holds, its app is told."""

from datetime import datetime, timedelta

import pytest

from tests.channels.asking import CheckedHttp, OpenAccess
from tests.channels.meta.accounts import opened
from tests.factories.sales import AT
from tresen.channels.contract import Connector
from tresen.channels.facebook import CONNECTOR as AT_FACEBOOK
from tresen.channels.feeds import Stopped
from tresen.channels.http import HttpResponse
from tresen.channels.meta.ending import NOT_VALID, read
from tresen.channels.terms import Holds, TermDoor
from tresen.channels.whatsapp import CONNECTOR as AT_WHATSAPP
from tresen.fakes.meta import FakeMeta
from tresen.fakes.whatsapp import ACCESS_TOKEN, FakeWhatsApp
from tresen.fakes.world import World

CHANNELS = {"facebook": AT_FACEBOOK, "whatsapp": AT_WHATSAPP}


def fake_of(channel: str) -> FakeMeta | FakeWhatsApp:
    world = World(clock=lambda: AT)
    return FakeMeta(world=world) if channel == "facebook" else FakeWhatsApp(world=world)


def access_to(fake: FakeMeta | FakeWhatsApp, connector: Connector) -> OpenAccess:
    access = opened(CheckedHttp(fake=fake), connector)
    if isinstance(fake, FakeWhatsApp):
        access.secrets = {**access.secrets, "access_token": ACCESS_TOKEN}
    return access


def door_of(connector: Connector) -> TermDoor:
    assert connector.connection is not None
    (term,) = connector.connection.terms
    assert term.door is not None
    return term.door


@pytest.fixture(params=CHANNELS)
def channel(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.mark.parametrize("ends_at", [None, AT + timedelta(days=60)])
def test_a_token_holds_for_ever_or_until_a_day_that_is_told(channel: str, ends_at: datetime | None) -> None:
    fake, connector = fake_of(channel), CHANNELS[channel]
    fake.token_ends_at = ends_at
    access, door = access_to(fake, connector), door_of(connector)
    answer = access.send(door.request(access))

    assert isinstance(answer, HttpResponse)
    assert door.read(answer, AT) == Holds(until=ends_at)
    assert not door.renews


def test_a_token_of_another_app_is_no_good(channel: str) -> None:
    fake, connector = fake_of(channel), CHANNELS[channel]
    access, door = access_to(fake, connector), door_of(connector)
    access.secrets = {**access.secrets, "access_token": "of-another-app"}
    answer = access.send(door.request(access))

    assert isinstance(answer, HttpResponse)
    told = door.read(answer, AT)
    assert isinstance(told, Stopped)
    assert told.reconnect
    assert told.reason == "The access token could not be decrypted."


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b'{"data": {"is_valid": false}}', NOT_VALID),
        (b'{"data": {"is_valid": true, "expires_at": 99999999999999}}', "99999999999999 is no time of this world."),
    ],
)
def test_what_tells_no_end_says_why(body: bytes, reason: str) -> None:
    told = read(HttpResponse(status=200, headers={}, body=body), AT)
    assert isinstance(told, Stopped)
    assert told.reason == reason
