"""Kaufland is asked to push, and what it pushes is a hint at what to read."""

import json
from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.channels.asking import OpenAccess
from tests.factories.sales import AT
from tresen.channels.contract import Ignored, Inbound, RawPayload, Source, Stopped, Unreadable
from tresen.channels.http import HttpResponse, Unreached
from tresen.channels.kaufland import CONNECTOR
from tresen.channels.kaufland.pushing import NOT_REACHED, TRIED
from tresen.channels.keyed_addresses import with_key
from tresen.channels.order_news import OrderNamed
from tresen.channels.webhooks import Webhook, WebhookAnswer
from tresen.fakes.kaufland import FakeKaufland
from tresen.fakes.kaufland.pushes import pushed

HERE = "https://tresen.example/hooks/7/"
KEY = "invented-key-of-an-address"
CONTACT = "miriam@tannlicht.example"
DOOR = CONNECTOR.webhooks
assert DOOR is not None
assert DOOR.subscribe is not None
ask = DOOR.subscribe


def secret_of(name: str) -> str:
    return {"push_key": KEY}[name]


def test_each_event_is_asked_for_once(fake: FakeKaufland, access: OpenAccess) -> None:
    for _ in range(2):
        assert ask(access, with_key(HERE, KEY), CONTACT) is None

    known = list(fake.pushes.known.values())
    assert [one["event_name"] for one in known] == list(DOOR.topics)
    assert {(one["callback_url"], one["fallback_email"]) for one in known} == {(with_key(HERE, KEY), CONTACT)}
    assert [one.method for one in access.way.asked] == ["GET", "POST", "POST", "GET"]


def test_what_was_told_elsewhere_or_has_been_given_up_is_told_here_again(
    fake: FakeKaufland, access: OpenAccess
) -> None:
    ask(access, with_key(HERE, "an-earlier-key"), CONTACT)
    fake.pushes.known[1]["is_active"] = False
    fake.pushes.known[3] = {**fake.pushes.known[1], "id_subscription": 3, "callback_url": "https://other.example/"}

    assert ask(access, with_key(HERE, KEY), CONTACT) is None

    ours = [fake.pushes.known[number] for number in (1, 2)]
    assert all(one["is_active"] and one["callback_url"] == with_key(HERE, KEY) for one in ours)
    assert fake.pushes.known[3]["callback_url"] == "https://other.example/"


def test_an_address_that_kaufland_cannot_reach_is_told_in_words(fake: FakeKaufland, access: OpenAccess) -> None:
    fake.pushes.reaches = False

    assert ask(access, with_key(HERE, KEY), CONTACT) == Stopped(reason=NOT_REACHED)


@pytest.mark.parametrize(
    "outcome", [HttpResponse(status=401, headers={}, body=b"{}"), Unreached(reason="no route")], ids=["keys", "line"]
)
def test_what_goes_wrong_is_said(outcome: object, answering: Callable[..., OpenAccess]) -> None:
    nothing = HttpResponse(status=200, headers={}, body=b'{"data": []}')

    assert isinstance(ask(answering(outcome), HERE, CONTACT), Stopped)
    assert isinstance(ask(answering(nothing, outcome), HERE, CONTACT), Stopped)


@pytest.mark.parametrize("said", ["", "?key=", f"?key={KEY}x", f"?kez={KEY}", "?key=%ff"])
def test_who_does_not_know_the_key_is_not_kaufland(said: str) -> None:
    webhook = Webhook(body=b"{}", headers={}, address=with_key(HERE, KEY))

    assert DOOR.is_genuine(webhook, secret_of)
    assert not DOOR.is_genuine(replace(webhook, address=HERE + said), secret_of)


def test_who_tries_the_address_is_answered_if_he_knows_its_key() -> None:
    assert DOOR.challenge is not None
    assert DOOR.challenge({"key": KEY}, HERE, secret_of) == WebhookAnswer()
    assert DOOR.challenge({"key": "other"}, HERE, secret_of) is None
    assert DOOR.challenge({}, HERE, secret_of) is None


def understood(body: bytes) -> tuple[Inbound, ...]:
    told = DOOR.told(Webhook(body=body, headers={}))
    payload = RawPayload(number=1, source=Source.WEBHOOK, body=body, received_at=AT, recorded_at=AT, about=told.about)
    return tuple(CONNECTOR.parse(payload))


def test_a_push_names_the_order_or_a_piece_of_it(fake: FakeKaufland, access: OpenAccess) -> None:
    ask(access, with_key(HERE, KEY), CONTACT)

    (new,), (changed,) = pushed(fake, "order_new", "MK4T7Q"), pushed(fake, "order_unit_status_changed", "314567")

    assert understood(new.body) == (OrderNamed(number="MK4T7Q"),)
    assert understood(changed.body) == (OrderNamed(line_id="314567"),)
    assert DOOR.told(Webhook(body=new.body, headers={})).id != DOOR.told(Webhook(body=changed.body, headers={})).id


def test_what_names_nothing_is_left_or_shown() -> None:
    assert understood(b"") == (Ignored(reason=TRIED),)
    assert understood(b"<html>") == (Ignored(reason=TRIED),)
    assert understood(b'{"event_name": "item_changed"}') == (Ignored(reason="webhook_of_another_topic"),)
    for resource in ("", "https://sellerapi.kaufland.com/v2/orders/", "https://evil.example/?/orders/A/../../x"):
        (shown,) = understood(json.dumps({"event_name": "order_new", "resource": resource}).encode())
        assert isinstance(shown, Unreadable)
