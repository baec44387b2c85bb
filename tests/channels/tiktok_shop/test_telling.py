"""What a webhook says: a message, which orders are to be read, or why nothing follows."""

import json

import pytest

from tests.channels.asking import OpenAccess
from tests.channels.payloads import recorded
from tests.channels.tiktok_shop.feeding import whole
from tests.factories.sales import AT, a_sale, a_talk
from tresen.channels.contract import Author, Ignored, InboundMessage, OwnAnswer, RawPayload, Source, Unreadable
from tresen.channels.order_news import OrderNamed
from tresen.channels.tiktok_shop.kinds import KINDS
from tresen.channels.tiktok_shop.parsing import parse
from tresen.channels.tiktok_shop.signing import is_genuine, told
from tresen.channels.webhooks import Webhook
from tresen.fakes.tiktok_shop import APP_KEY, APP_SECRET, SHOP_ID, FakeTikTokShop
from tresen.fakes.tiktok_shop.telling import Delivery, newest_message, order_changed
from tresen.fakes.world import World

NUMBER = "576486316948490001"
KEYS = {"app_key": APP_KEY, "app_secret": APP_SECRET}


def payload(about: str, body: bytes = b'{"type": 1, "data": {}}') -> RawPayload:
    return RawPayload(number=1, source=Source.WEBHOOK, body=body, received_at=AT, recorded_at=AT, about=about)


def delivered(delivery: Delivery) -> RawPayload:
    webhook = Webhook(body=delivery.body, headers={name.lower(): value for name, value in delivery.headers.items()})
    assert is_genuine(webhook, KEYS.__getitem__)
    return payload(told(webhook).about, delivery.body)


def test_a_buyers_message_is_the_same_by_webhook_and_by_feed(
    world: World, fake: FakeTikTokShop, access: OpenAccess
) -> None:
    world.fill(sales=[a_sale(NUMBER)], talks=[a_talk("7", sale=NUMBER)])
    (hook,) = parse(delivered(newest_message(fake, world.talks["7"], shop=SHOP_ID, key=APP_KEY, secret=APP_SECRET)))
    read = next(one for one in whole("messages", access) if isinstance(one, InboundMessage) and one.expects_answer)

    assert isinstance(hook, InboundMessage)
    for name in ("external_id", "text", "occurred_at", "thread_keys", "expects_answer", "reply_by"):
        assert getattr(hook, name) == getattr(read, name)
    assert hook.sender.key == read.sender.key


def test_own_words_are_an_answer_a_robots_are_a_bots_and_hidden_ones_are_left_alone() -> None:
    (own,) = parse(recorded("tiktok_shop/webhook/NEW_MESSAGE/own_text.json"))
    (robot,) = parse(recorded("tiktok_shop/webhook/NEW_MESSAGE/robot.json"))
    (hidden,) = parse(recorded("tiktok_shop/webhook/NEW_MESSAGE/hidden.json"))

    assert isinstance(own, OwnAnswer)
    assert isinstance(robot, OwnAnswer)
    assert (own.author, robot.author) == (Author.PERSON, Author.BOT)
    assert own.number == own.external_id
    assert hidden == Ignored(reason="not_shown_to_sellers")


def test_a_changed_order_is_named_to_be_read(world: World) -> None:
    world.fill(sales=[a_sale(NUMBER)])
    hook = order_changed(world.sales[NUMBER], shop=SHOP_ID, key=APP_KEY, secret=APP_SECRET)
    assert parse(delivered(hook)) == (OrderNamed(number=NUMBER),)


@pytest.mark.parametrize(
    ("name", "orders"),
    [
        ("RETURN_STATUS_CHANGE/pending", [NUMBER]),
        ("PACKAGE_UPDATE/combined", [NUMBER, "576486316948490002"]),
        ("REFUND_SUCCESS/one_line", [NUMBER]),
    ],
)
def test_orders_are_named_wherever_they_stand(name: str, orders: list[str]) -> None:
    found = parse(recorded(f"tiktok_shop/webhook/{name}.json"))
    assert [one.number for one in found if isinstance(one, OrderNamed)] == orders


def test_each_of_all_types_is_read_or_left_alone_for_a_reason() -> None:
    reasons: dict[str, list[str]] = {}
    for kind in KINDS.values():
        for one in parse(payload(kind)):
            reasons.setdefault(getattr(one, "reason", ""), []).append(kind)

    counted = {reason: len(kinds) for reason, kinds in reasons.items()}
    assert counted == {
        "brought_by_a_feed": 10,
        "told_by_the_connection": 2,
        "inbox_of_creators": 1,
        "webhook_of_another_topic": 30,
        "not_as_documented": 1,
    }
    assert reasons["not_as_documented"] == ["NEW_MESSAGE"], "without its data"
    assert parse(payload("TYPE_99")) == (Ignored(reason="webhook_of_an_unknown_type"),)


def test_a_message_whose_content_is_no_json_is_told() -> None:
    hook = json.loads(recorded("tiktok_shop/webhook/NEW_MESSAGE/buyer_text.json").body)
    hook["data"]["content"] = "plain"
    (found,) = parse(payload("NEW_MESSAGE", json.dumps(hook).encode()))
    assert isinstance(found, Unreadable)
