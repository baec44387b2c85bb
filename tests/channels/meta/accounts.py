"""A page and an account at the fake Meta, and our way to them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from tests.channels.asking import CheckedHttp, OpenAccess
from tests.channels.outgoing import reply
from tests.factories.sales import AT, IDA, a_talk
from tresen.channels.contract import Connector, OutboundMessage
from tresen.channels.facebook import CONNECTOR as AT_FACEBOOK
from tresen.channels.http import HttpOutcome
from tresen.channels.instagram import CONNECTOR as AT_INSTAGRAM
from tresen.channels.meta.account import FACEBOOK, INSTAGRAM, Account
from tresen.fakes.meta import ACCESS_TOKEN, ACCOUNT, APP, APP_SECRET, VERIFY_TOKEN, FakeMeta
from tresen.fakes.world import World

BOTH: Mapping[str, tuple[Account, Connector]] = {
    "facebook": (FACEBOOK, AT_FACEBOOK),
    "instagram": (INSTAGRAM, AT_INSTAGRAM),
}
TALK = f"talk:{IDA.key}"


@dataclass
class Visit:
    """The fake, how we come to it, and the connector."""

    fake: FakeMeta
    access: OpenAccess
    connector: Connector

    def send(self, message: OutboundMessage) -> object:
        assert self.connector.send is not None
        return self.connector.send(message, self.access)

    def find(self, message: OutboundMessage) -> object:
        assert self.connector.find_sent is not None
        return self.connector.find_sent(message, self.access)


def visit(channel: str, *, now: datetime = AT, heard: datetime = AT - timedelta(minutes=5)) -> Visit:
    """Ida has written at `heard`, and it is `now`."""
    of, connector = BOTH[channel]
    world = World(clock=lambda: now)
    world.fill(talks=[a_talk("7", at=heard)])
    fake = FakeMeta(world=world, of=of)
    return Visit(fake, opened(CheckedHttp(fake=fake), connector), connector)


def answering(channel: str, *outcomes: HttpOutcome) -> Visit:
    """Meta gives these answers in turn."""
    of, connector = BOTH[channel]
    fake = FakeMeta(world=World(clock=lambda: AT), of=of)
    return Visit(fake, opened(CheckedHttp(answers=[*outcomes]), connector), connector)


def opened(way: CheckedHttp, connector: Connector) -> OpenAccess:
    return OpenAccess(
        way=way,
        connection=connector.connection,
        settings={"address": "https://meta.example", "app_id": APP, "account_id": ACCOUNT},
        secrets={"access_token": ACCESS_TOKEN, "app_secret": APP_SECRET, "verify_token": VERIFY_TOKEN},
    )


answer = partial(reply, "", thread=TALK, attachments=(), in_reply_to=None, window="standard_window")
