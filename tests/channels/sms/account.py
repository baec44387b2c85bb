"""An account at the fake Twilio, and our way to it: each request and answer is held against Twilio's document."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from urllib.parse import parse_qsl

from tests.channels.asking import CheckedHttp, OpenAccess
from tests.channels.outgoing import reply
from tests.channels.specifications.documents import PLATFORMS
from tests.channels.specifications.interface import Interface
from tests.factories.sales import AT, a_talk
from tresen.channels.http import HttpOutcome, HttpRequest
from tresen.channels.sms import CONNECTOR
from tresen.fakes.sales import Buyer
from tresen.fakes.sms import ACCOUNT, AUTH_TOKEN, NUMBER, FakeTwilio
from tresen.fakes.world import World

DOCUMENT = "twilio/specs/twilio_api_v2010.json"
IDA = Buyer(key="+4915100000001", name="Ida Muster", email="")
WEBHOOK = "https://desk.example/hooks/7/"
INTERFACES = [Interface(DOCUMENT)] if PLATFORMS.is_dir() else []
FORM_FIELDS = "application/x-www-form-urlencoded"


@dataclass
class TwilioHttp(CheckedHttp):
    """Holds forms against the document, too: each field must be one that it knows."""

    def send(self, request: HttpRequest) -> HttpOutcome:
        for interface in self.interfaces if request.body else ():
            operation = interface.operation(request.method, request.address)
            assert operation is not None
            schema = operation.said["requestBody"]["content"][FORM_FIELDS]["schema"]
            form = dict(parse_qsl(request.body.decode(), keep_blank_values=True, strict_parsing=True))
            assert set(form) <= set(schema["properties"])
            assert set(schema["required"]) <= set(form)
            assert list(interface._unlike(schema, form, "form")) == []
        return super().send(request)


def an_account(*, now: datetime = AT) -> FakeTwilio:
    """Ida has written five minutes ago."""
    world = World(clock=lambda: now)
    talk = a_talk("7", at=now - timedelta(minutes=5))
    talk.buyer = IDA
    world.fill(talks=[talk])
    return FakeTwilio(world=world)


def access_to(fake: FakeTwilio, *, webhook: str = WEBHOOK, service: str = "") -> OpenAccess:
    return opened(TwilioHttp(interfaces=INTERFACES, fake=fake, unchecked=("/Media/",)), webhook, service)


def answering(*outcomes: HttpOutcome) -> OpenAccess:
    """Twilio gives these answers in turn."""
    return opened(TwilioHttp(interfaces=INTERFACES, answers=[*outcomes], unchecked=("/Media/",)), WEBHOOK, "")


def opened(way: CheckedHttp, webhook: str, service: str) -> OpenAccess:
    return OpenAccess(
        way=way,
        connection=CONNECTOR.connection,
        webhook=webhook,
        settings={"account_sid": ACCOUNT, "messaging_service_sid": service},
        secrets={"auth_token": AUTH_TOKEN},
    )


answer = partial(reply, "", thread=f"{NUMBER}/{IDA.key}", attachments=(), in_reply_to=None, since=AT)
