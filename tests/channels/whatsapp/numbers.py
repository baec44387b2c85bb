"""A number at the fake WhatsApp, and our way to it: each request is held against Meta's own OpenAPI document."""

from dataclasses import replace
from datetime import datetime, timedelta
from functools import cached_property, partial
from typing import Any

from tests.channels.asking import CheckedHttp, OpenAccess
from tests.channels.outgoing import reply
from tests.channels.specifications.documents import PLATFORMS
from tests.channels.specifications.interface import Interface
from tests.factories.sales import AT, a_talk
from tresen.channels.http import HttpOutcome
from tresen.channels.whatsapp import CONNECTOR
from tresen.fakes.sales import Buyer
from tresen.fakes.whatsapp import ACCESS_TOKEN, BUSINESS, NUMBER, FakeWhatsApp
from tresen.fakes.world import World

type Json = dict[str, Any]
DOCUMENT = "whatsapp/business-messaging-api_v23.0.yaml"


class MetasInterface(Interface):
    """Meta's document forbids in each part of a message what stands in the others; it means all of them."""

    @cached_property
    def root(self) -> Json:
        told = super().root
        schemas = told["components"]["schemas"]
        told["components"]["schemas"] = {name: _whole(schema, schemas) for name, schema in schemas.items()}
        return told


def _whole(schema: Json, schemas: Json) -> Json:
    """One object of all its parts, as closed as each of them was."""
    if "allOf" not in schema:
        return schema
    parts = [_whole(_resolved(part, schemas), schemas) for part in schema["allOf"]]
    properties = {name: told for part in parts for name, told in part.get("properties", {}).items()}
    required = [name for part in parts for name in part.get("required", ())]
    closed = any(part.get("additionalProperties") is False for part in parts)
    return {
        "type": "object",
        "properties": properties,
        "required": required,
        **({"additionalProperties": False} if closed else {}),
    }


def _resolved(part: Json, schemas: Json) -> Json:
    return dict(schemas[part["$ref"].rpartition("/")[2]]) if "$ref" in part else part


# Paths of Meta's differ by the kind of an id alone: which operation is meant, an address does not tell.
TOLERATED = frozenset({"after", "phone_number_id"})
INTERFACES = [MetasInterface(DOCUMENT, tolerated=TOLERATED)] if PLATFORMS.is_dir() else []
IDA = Buyer(key="+4915100000001", name="Ida Muster", email="")
ADDRESS = "https://meta.example"


def a_number(*, now: datetime = AT, heard: datetime = AT - timedelta(minutes=5)) -> FakeWhatsApp:
    """Ida has written at `heard`, and it is `now`."""
    world = World(clock=lambda: now)
    talk = a_talk("7", at=heard)
    talk.buyer = replace(IDA)
    world.fill(talks=[talk])
    return FakeWhatsApp(world=world)


def access_to(fake: FakeWhatsApp) -> OpenAccess:
    return opened(CheckedHttp(interfaces=INTERFACES, fake=fake, unchecked=("/media/",)))


def access_without_document(fake: FakeWhatsApp) -> OpenAccess:
    """For what came after version 23.0, and stands in Meta's samples alone."""
    return opened(CheckedHttp(fake=fake))


def answering(*outcomes: HttpOutcome) -> OpenAccess:
    """WhatsApp gives these answers in turn."""
    return opened(CheckedHttp(interfaces=INTERFACES, answers=[*outcomes]))


def opened(way: CheckedHttp) -> OpenAccess:
    return OpenAccess(
        way=way,
        connection=CONNECTOR.connection,
        settings={"address": ADDRESS, "app_id": "1517776481860111", "account_id": NUMBER, "business_id": BUSINESS},
        secrets={"access_token": ACCESS_TOKEN},
    )


answer = partial(reply, "", thread=IDA.key, attachments=(), in_reply_to=None, window="service_window")
