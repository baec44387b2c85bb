"""Answers leave into the chat once, and are found there again."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.channels.asking import OpenAccess
from tests.factories.sales import AT, a_talk
from tresen.channels.contract import Later, OutboundAttachment, OutboundMessage, Refused, Sent, Uncertain
from tresen.channels.feeds import Stopped
from tresen.channels.http import HeldBack, HttpResponse, Unanswered
from tresen.channels.tiktok_shop.asking import NO_MESSAGES
from tresen.channels.tiktok_shop.sending import CLOSED, LONGEST, NOT_A_CHAT, find_sent, send
from tresen.fakes.sales import By
from tresen.fakes.tiktok_shop import FakeTikTokShop
from tresen.fakes.tiktok_shop.chats import chat_number
from tresen.fakes.world import World

TEXT = "Es kommt am Montag."
TOKEN = HttpResponse(
    status=200,
    headers={},
    body=b'{"code": 0, "data": {"access_token": "a", "access_token_expire_in": 1896000000}}',
)
OPEN = HttpResponse(status=200, headers={}, body=b'{"code": 0, "data": {"conversations": []}}')
PICTURE = OutboundAttachment(name="lamp.png", content_type="image/png", content=b"png")


@pytest.fixture
def talk(world: World) -> str:
    world.fill(talks=[a_talk("7", sale="")])
    return chat_number(world.talks["7"])


def answer(thread: str, text: str = TEXT, *files: OutboundAttachment) -> OutboundMessage:
    return OutboundMessage(
        idempotency_key="k1",
        recipient="",
        recipient_name="",
        sender="",
        sender_name="",
        subject="",
        text=text,
        thread=thread,
        since=AT,
        attachments=files,
    )


def ours(world: World) -> list[str]:
    return [letter.text or letter.files[0][0] for letter in world.talks["7"].letters if letter.by is By.SELLER]


def test_an_answer_stands_in_the_chat_and_is_found_there(world: World, talk: str, access: OpenAccess) -> None:
    sent = send(answer(talk), access)

    assert isinstance(sent, Sent)
    assert sent.external_id
    assert ours(world) == [TEXT]
    found = find_sent(answer(talk), access)
    assert isinstance(found, Sent)
    assert found.external_id == sent.external_id


def test_pictures_go_before_the_words_that_show_that_all_is_there(world: World, talk: str, access: OpenAccess) -> None:
    assert isinstance(send(answer(talk, TEXT, PICTURE, replace(PICTURE, name="two.png")), access), Sent)
    assert ours(world) == ["0-lamp.png", "1-two.png", TEXT]


def test_nothing_but_the_answer_leaves(talk: str, access: OpenAccess) -> None:
    send(answer(talk), access)
    (written,) = [one for one in access.way.asked if one.method == "POST"]
    assert written.body == b'{"type":"TEXT","content":"{\\"content\\": \\"Es kommt am Montag.\\"}"}'


def test_a_chat_that_takes_nothing_gets_nothing(
    world: World, fake: FakeTikTokShop, talk: str, access: OpenAccess
) -> None:
    fake.shut.add(talk)
    assert send(answer(talk), access) == Refused(reason=CLOSED)
    assert ours(world) == []


def test_one_that_takes_nothing_and_stands_not_among_the_newest_refuses_in_its_words(
    world: World, fake: FakeTikTokShop, talk: str, access: OpenAccess
) -> None:
    fake.shut.add(talk)
    for number in range(20):
        world.fill(talks=[a_talk(str(100 + number), sale="", at=AT + timedelta(minutes=number + 1))])
    refused = send(answer(talk), access)
    assert isinstance(refused, Refused)
    assert "rules of this conversation" in refused.reason


def test_without_the_right_to_messages_a_person_is_told_where_to_answer(
    fake: FakeTikTokShop, talk: str, access: OpenAccess
) -> None:
    fake.denied = ("/customer_service/",)
    assert send(answer(talk), access) == Refused(reason=NO_MESSAGES)


@pytest.mark.parametrize(
    "message",
    [
        answer("", TEXT),
        answer("7", ""),
        answer("7", "x" * (LONGEST + 1)),
        answer("7", TEXT, replace(PICTURE, content_type="application/pdf")),
        answer("7", TEXT, replace(PICTURE, content=b"x" * 10_000_001)),
    ],
)
def test_what_it_does_not_take_is_refused_before_anything_leaves(message: OutboundMessage, access: OpenAccess) -> None:
    refused = send(message, access)
    assert isinstance(refused, Refused)
    assert (refused.reason == NOT_A_CHAT) is not bool(message.thread)
    assert access.way.asked == []


def test_what_may_have_left_is_looked_for_in_the_chat(
    world: World, talk: str, access: OpenAccess, answering: Callable[..., OpenAccess]
) -> None:
    silent = answering(TOKEN, OPEN, Unanswered(reason="gone"))
    assert send(answer(talk), silent) == Uncertain(reason="gone")
    broken = HttpResponse(status=200, headers={}, body=b'{"code": 36009003, "message": "Internal error."}')
    assert isinstance(send(answer(talk), answering(TOKEN, OPEN, broken)), Uncertain)

    assert find_sent(answer(talk), access) is None
    world.write("7", by=By.SELLER, text=TEXT)
    assert isinstance(find_sent(answer(talk), access), Sent)
    assert find_sent(replace(answer(talk), since=AT + timedelta(hours=1)), access) is None


def test_too_many_requests_are_heeded_also_with_the_status_of_a_success(
    talk: str, answering: Callable[..., OpenAccess]
) -> None:
    often = HttpResponse(status=200, headers={}, body=b'{"code": 36009002, "message": "Too many requests."}')

    assert isinstance(send(answer(talk), answering(TOKEN, OPEN, often)), Later)
    stopped = find_sent(answer(talk), answering(TOKEN, often))
    assert isinstance(stopped, Stopped)
    assert stopped.held


def test_a_picture_that_is_there_keeps_the_rest_from_being_sent_anew(
    talk: str, answering: Callable[..., OpenAccess]
) -> None:
    uploaded = HttpResponse(
        status=200, headers={}, body=b'{"code": 0, "data": {"url": "https://a.example/1", "width": 1, "height": 1}}'
    )
    taken = HttpResponse(status=200, headers={}, body=b'{"code": 0, "data": {"message_id": "1"}}')
    held = HeldBack(after=timedelta(minutes=1), reason="busy")
    stopped = send(answer(talk, TEXT, PICTURE), answering(TOKEN, OPEN, uploaded, taken, held))
    assert stopped == Uncertain(reason="1 pictures are in the chat. busy")
    later = send(answer(talk, TEXT, PICTURE), answering(TOKEN, OPEN, Unanswered(reason="gone")))
    assert isinstance(later, Later), "the buyer sees nothing of an upload"
