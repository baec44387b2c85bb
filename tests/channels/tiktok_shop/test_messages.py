"""What stands in chats: who wrote, who waits, and what was answered elsewhere; none is passed over."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.channels.asking import OpenAccess
from tests.channels.payloads import recorded
from tests.channels.tiktok_shop.feeding import feed, whole
from tests.factories.sales import AT, a_sale, a_talk
from tresen.channels.cards import card_in
from tresen.channels.contract import Author, Ignored, InboundMessage, OwnAnswer, ThreadKeyKind, Unreadable
from tresen.channels.feeds import Page, Stopped, Window
from tresen.channels.files import ELSEWHERE, FileNotHad
from tresen.channels.tiktok_shop.asking import NO_MESSAGES
from tresen.channels.tiktok_shop.contents import UNSUPPORTED
from tresen.channels.tiktok_shop.files import fetch_file
from tresen.channels.tiktok_shop.parsing import parse
from tresen.fakes.sales import By
from tresen.fakes.tiktok_shop import FakeTikTokShop
from tresen.fakes.tiktok_shop.chats import chat_number
from tresen.fakes.world import World

NUMBER = "576486316948490001"


@pytest.fixture
def asked(world: World) -> World:
    world.fill(sales=[a_sale(NUMBER)], talks=[a_talk("7", sale=NUMBER)])
    return world


def test_a_question_waits_for_us_and_what_the_buyer_looked_at_names_its_order(asked: World, access: OpenAccess) -> None:
    question, entered = (one for one in whole("messages", access) if isinstance(one, InboundMessage))

    assert (question.text, question.expects_answer, question.occurred_at) == ("Wo ist mein Paket?", True, AT)
    assert (entered.order_ids, entered.expects_answer) == ((NUMBER,), False)
    chat = chat_number(asked.talks["7"])
    assert {(key.kind, key.value) for one in (question, entered) for key in one.thread_keys} == {
        (ThreadKeyKind.THREAD, chat)
    }
    assert question.sender == entered.sender
    assert question.sender.name == "Ida Muster"


def test_every_type_and_role_of_a_chat_is_what_it_is() -> None:
    found = parse(recorded("tiktok_shop/api/messages/all_types.json"))

    texts = {one.external_id[-2:]: one.text for one in found if isinstance(one, InboundMessage) and one.external_id}
    assert texts["02"] == "Where is my parcel?"
    assert {texts[number] for number in texts if number != "02"} == {""}
    cards = {one.external_id[-2:]: card_in(one.extra) for one in found if isinstance(one, InboundMessage)}  # type: ignore[index]
    assert cards["03"] is not None
    assert cards["03"].said.startswith("Order card shared")
    assert [one.problems for one in found if isinstance(one, InboundMessage) and one.problems] == [(UNSUPPORTED,)]
    files = [file.name for one in found if isinstance(one, InboundMessage) for file in one.files]
    assert files == ["image", "video.mp4", "sticker"]
    waits = {
        one.external_id[-2:]
        for one in found
        if isinstance(one, InboundMessage) and one.external_id and one.expects_answer
    }
    assert waits == {"02", "03", "04", "05", "06", "07", "14"}
    answers = [(one.text[:8] or one.extra["card"], one.author) for one in found if isinstance(one, OwnAnswer)]
    assert answers == [
        ("delivery", Author.PERSON),
        ("coupon", Author.PERSON),
        ("return", Author.PERSON),
        ("I am the", Author.BOT),
    ]
    assert [one.reason for one in found if isinstance(one, Ignored)] == [
        "words_of_the_platform",
        "not_shown_to_sellers",
    ]


def test_an_answer_in_seller_center_is_one_at_its_own_time(asked: World, access: OpenAccess) -> None:
    letter = asked.write("7", by=By.SELLER, text="It comes on Monday.")

    ours = next(one for one in whole("messages", access) if isinstance(one, OwnAnswer))

    assert (ours.text, ours.author) == ("It comes on Monday.", Author.PERSON)
    assert abs(ours.occurred_at - letter.at) < timedelta(seconds=1)


def test_a_robots_answer_is_no_persons(asked: World, fake: FakeTikTokShop, access: OpenAccess) -> None:
    fake.by_robot.add(asked.write("7", by=By.SELLER, text="I am the assistant.").id)

    assert [one.author for one in whole("messages", access) if isinstance(one, OwnAnswer)] == [Author.BOT]


def test_all_messages_of_a_window_come_though_chats_and_their_messages_fill_pages(
    world: World, access: OpenAccess
) -> None:
    for number in range(45):
        world.fill(talks=[a_talk(str(100 + number), sale="", at=AT - timedelta(minutes=number))])
    for number in range(25):
        world.write("100", by=By.BUYER, text=f"And {number}?")

    found = [one.text for one in whole("messages", access) if isinstance(one, InboundMessage)]

    assert len(set(found)) == 26
    assert len(found) == 45 + 25


def test_what_is_old_is_not_asked_for(world: World, access: OpenAccess) -> None:
    world.fill(talks=[a_talk("1", sale="", at=AT - timedelta(days=30)), a_talk("2", sale="")])
    for number in range(30):
        world.fill(talks=[a_talk(str(100 + number), sale="", at=AT - timedelta(days=40))])

    assert len(whole("messages", access)) == 1
    paths = [one.address.partition("/shop")[2] for one in access.way.asked if "customer_service" in one.address]
    assert len(paths) == 3, "the newest chats, the messages of one, and the page on which all is old"


def test_twice_a_day_a_chat_is_found_that_does_not_stand_among_the_newest(world: World, access: OpenAccess) -> None:
    for number in range(41):
        world.fill(talks=[a_talk(str(100 + number), sale="", at=AT - timedelta(days=40, minutes=number))])
    hidden = a_talk("7", sale="", at=AT - timedelta(hours=20))
    world.fill(talks=[hidden])

    window = Window(since=AT - timedelta(minutes=8), until=AT)
    assert whole("messages", access, window) == []
    assert [one.text for one in whole("chats", access, window) if isinstance(one, InboundMessage)] == [
        "Wo ist mein Paket?"
    ]


def test_without_the_right_to_messages_that_is_said_in_words_and_orders_go_on(
    asked: World, fake: FakeTikTokShop, access: OpenAccess
) -> None:
    fake.denied = ("/customer_service/",)

    step = feed("messages").read(access, Window(since=AT - timedelta(days=1), until=AT), "")

    assert isinstance(step, Stopped)
    assert (step.reason, step.lacks, step.reconnect) == (NO_MESSAGES, True, False)
    assert len(whole("orders", access)) == 1
    assert asked.sales


def test_a_message_of_an_unknown_role_is_told_and_the_others_stay() -> None:
    payload = recorded("tiktok_shop/api/messages/all_types.json")
    broken = replace(payload, body=payload.body.replace(b'"role": "ROBOT"', b'"role": "OWL"'))
    found = parse(broken)
    assert sum(isinstance(one, Unreadable) for one in found) == 1
    assert len(found) == 15


def test_files_are_fetched_from_tiktoks_own_hosts_alone(access: OpenAccess) -> None:
    assert fetch_file("https://somebody.example/picture.png", access) == FileNotHad(ELSEWHERE)
    assert access.way.asked == []


def test_a_page_may_be_asked_for_twice(asked: World, access: OpenAccess) -> None:
    window = Window(since=AT - timedelta(days=1), until=AT)
    first, second = (feed("messages").read(access, window, "") for _ in range(2))
    assert isinstance(first, Page)
    assert first == second
    assert asked.talks
