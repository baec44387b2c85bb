"""Conversations are read whole, step by step, and say who wrote what."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.channels.ebay.interface.shop import (
    AT,
    WINDOW,
    a_fake,
    a_talk,
    answer,
    opened,
    read_all,
    read_through,
    understood,
)
from tresen.channels.contract import InboundMessage, NoticeKind, OwnAnswer, PlatformNotice
from tresen.channels.ebay.interface.messages.reading import MESSAGE_FEED, SIZE, read_conversations
from tresen.channels.feeds import Stale, Stopped
from tresen.channels.http import HeldBack, Unanswered
from tresen.fakes.ebay.messaging import EBAY
from tresen.fakes.ebay.platform import Ebay
from tresen.fakes.sales import By, Letter


def busy_fake(count: int = 23) -> Ebay:
    talks = [a_talk(index, at=AT - timedelta(minutes=30 * index), letters=1 + index % 3) for index in range(count)]
    talks.append(a_talk(900, at=AT - timedelta(days=1), letters=130))
    talks.append(a_talk(901, at=AT - timedelta(days=30)))
    fake = a_fake(talks=talks)
    own = a_talk(950, at=AT - timedelta(hours=5), key=EBAY)
    own.item = ""
    own.letters = [
        Letter(
            id="e1",
            by=By.OPERATOR,
            text="<html><body><p>Return ID 5012345678</p><p>Your buyer ida_m opened a return.</p></body></html>",
            at=AT - timedelta(hours=5),
            subject="Return request from ida_m: please respond",
        )
    ]
    fake.world.fill(talks=[own])
    return fake


def test_all_messages_of_a_window_come_though_the_reader_dies_at_each_step() -> None:
    fake = busy_fake()
    told, cost = read_all(opened(fake), "messages", dying=True)
    found = understood(told)
    said = {each.external_id: each for each in found if isinstance(each, InboundMessage | OwnAnswer)}
    expected = {
        letter.id: letter
        for talk in fake.world.talks.values()
        if talk.buyer.key != EBAY and talk.changed_at > WINDOW.since
        for letter in talk.letters
    }

    assert said.keys() == expected.keys()
    assert max(cost) <= 2 * 20
    for number, letter in expected.items():
        each = said[number]
        assert isinstance(each, InboundMessage if letter.by is By.BUYER else OwnAnswer)
        assert each.text == letter.text
        assert each.occurred_at == letter.at


def test_what_fails_on_the_way_costs_nothing_that_was_read_before_it() -> None:
    fake = busy_fake()
    whole = {each.external_id for each in understood(read_all(opened(fake), "messages")[0])}

    told, failed, in_vain = read_through(opened(fake), "messages", fails=5)

    assert {each.external_id for each in understood(told)} == whole
    assert in_vain < failed


def test_a_member_is_the_same_person_as_by_mail_and_the_conversation_is_known() -> None:
    told, _cost = read_all(opened(a_fake(talks=[a_talk(1, letters=2)])), "messages")
    question, ours = understood(told)

    assert isinstance(question, InboundMessage)
    assert (question.sender.kind, question.sender.key, question.sender.name) == ("username", "member_1", "Member_1")
    assert [(key.kind, key.value) for key in question.thread_keys] == [("thread", "80001"), ("buyer", "member_1")]
    assert question.item_ids == ("220000000001",)
    assert question.reply_by == "thread"
    assert isinstance(ours, OwnAnswer)
    assert ours.thread_keys == question.thread_keys


def test_we_are_known_by_our_id_too_where_ebay_gives_ids_for_names() -> None:
    fake = a_fake(talks=[a_talk(1, letters=2)])
    fake.messaging.seller = "exAmPle1"
    told, _cost = read_all(opened(fake), "messages")
    assert [type(each) for each in understood(told)] == [InboundMessage, OwnAnswer]


def test_ebays_own_words_are_notices() -> None:
    told, _cost = read_all(opened(busy_fake(1)), "messages")
    (notice,) = [each for each in understood(told) if isinstance(each, PlatformNotice)]

    assert notice.external_id == "e1"
    assert notice.kind is NoticeKind.RETURN_REQUESTED
    assert notice.case
    assert notice.case.external_id == "5012345678"
    assert notice.text == "Return ID 5012345678\n\nYour buyer ida_m opened a return."


def test_files_are_told_by_where_they_lie() -> None:
    talk = a_talk(1)
    talk.letters[0].files = (("scratch.jpg", 0),)
    talk.letters[0].text = ""
    told, _cost = read_all(opened(a_fake(talks=[talk])), "messages")
    (found,) = understood(told)

    assert isinstance(found, InboundMessage)
    assert found.text == "scratch.jpg"
    (file,) = found.files
    assert file.name == "scratch.jpg"
    assert file.reference.endswith("/media/scratch.jpg")
    assert not found.links


def test_one_odd_message_takes_no_other_with_it_and_nothing_is_guessed() -> None:
    told, _cost = read_all(opened(a_fake(talks=[a_talk(1, letters=3)])), "messages")
    page = json.loads(told[0].body)
    page["messages"][1] = {"messageId": "m1", "createdDate": "yesterday"}
    found = understood([replace(told[0], body=json.dumps(page).encode())])
    assert sorted(type(each).__name__ for each in found) == ["InboundMessage", "InboundMessage", "Unreadable"]

    (unknown, *_others) = understood([replace(told[0], headers={})])
    assert type(unknown).__name__ == "Unreadable"


def test_of_ebays_own_only_what_lies_in_the_window_is_read_and_not_without_end() -> None:
    own = [a_talk(index, at=AT - timedelta(minutes=index), key=EBAY) for index in range(80)]
    access = opened(a_fake(talks=own))
    told, _cost = read_all(access, "messages")
    assert len(told) == 50

    old = [a_talk(index, at=AT - timedelta(days=9, minutes=index), key=EBAY) for index in range(80)]
    access = opened(a_fake(talks=old))
    told, _cost = read_all(access, "messages")
    assert told == []
    listed = [one for one in access.way.asked if ("conversation_type", "FROM_EBAY") in one.query]
    assert len(listed) == 1


def test_a_conversation_that_leaves_the_window_meanwhile_hides_no_other() -> None:
    talks = [a_talk(index, at=AT - timedelta(minutes=index)) for index in range(25)]
    fake = a_fake(talks=talks)
    access = opened(fake)
    told = []
    place = ""
    for step in range(20):
        page = read_conversations(access, WINDOW, place)
        assert not isinstance(page, Stale | Stopped)
        told += page.told
        place = page.next
        if step == 1:
            talks[3].letters[0].at = WINDOW.until + timedelta(hours=1)
        if not place:
            break
    names = {each.external_id for each in understood(told) if isinstance(each, InboundMessage)}

    assert {talk.letters[0].id for talk in talks} - names <= {"m3-0"}


@pytest.mark.parametrize(
    ("outcome", "reconnect"),
    [
        (answer(401), True),
        (answer(500), False),
        (answer(200, b"garbage"), False),
        (HeldBack(after=timedelta(seconds=9), reason="429"), False),
        (Unanswered(reason="silence"), False),
    ],
)
def test_what_is_no_answer_says_why(outcome: object, reconnect: bool) -> None:  # noqa: FBT001
    known = answer(200, b'{"username": "birkenhof"}')
    listed = json.dumps({"conversations": [{"conversationId": "1"}], "total": 1}).encode()
    for answers in ([outcome], [known, outcome], [known, answer(200, listed), outcome]):
        found = read_conversations(opened(None, *answers), WINDOW, "")  # type: ignore[arg-type]
        assert isinstance(found, Stopped)
        assert found.reconnect is reconnect


@pytest.mark.parametrize("place", ["3", "{}x", '{"left": 5}'])
def test_a_place_that_is_none_of_ours_begins_anew(place: str) -> None:
    assert isinstance(read_conversations(opened(a_fake()), WINDOW, place), Stale)


def test_it_is_read_no_more_often_than_a_days_calls_allow() -> None:
    idle = opened(a_fake())
    read_all(idle, "messages")
    windows = timedelta(days=1) / MESSAGE_FEED.every
    assert windows * sum("/message/" in one.address for one in idle.way.asked) < 5_000
    assert SIZE <= 50
