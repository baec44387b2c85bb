"""What waits in the queue is deleted only after it was kept."""

import json
from datetime import timedelta

import pytest

from tests.channels.amazon.interface.stores import (
    SECRETS,
    SETTINGS,
    account,
    answer,
    last_days,
    parsed,
    read_all,
    sale,
    store,
)
from tresen.channels.amazon.interface.notification_queue import FEED
from tresen.channels.contract import NoticeKind, PlatformNotice
from tresen.channels.feeds import Page, Stale, Stopped
from tresen.channels.http import NOBODY, HeldBack, HttpOutcome, Unanswered
from tresen.channels.order_news import OrderNamed, OrderSnapshot, OrderState
from tresen.fakes.amazon import FakeAmazon

NUMBER = "303-1000001-2000001"


def with_messages(count: int) -> FakeAmazon:
    fake = account()
    for number in range(count):
        fake.queue.put(json.dumps({"NotificationType": "X", "Payload": {"Number": number}}))
    return fake


def test_messages_are_deleted_at_the_step_after_they_came() -> None:
    fake = with_messages(3)
    access = store(fake)

    first = FEED.read(access, last_days(), "")
    assert isinstance(first, Page)
    assert (len(first.told), len(fake.queue.waiting)) == (3, 3)
    second = FEED.read(access, last_days(), first.next)

    assert second == Page(told=())
    assert fake.queue.waiting == []


def test_all_that_waits_is_read_ten_at_a_time() -> None:
    fake = with_messages(23)

    told = read_all(FEED, store(fake), last_days())

    assert [json.loads(one.body)["Payload"]["Number"] for one in told] == list(range(23))
    assert fake.queue.waiting == []


def test_what_is_told_twice_or_more_than_can_be_deleted_at_once_stops_nothing() -> None:
    fake = with_messages(12)
    access = store(fake)
    first = FEED.read(access, last_days(), "")
    assert isinstance(first, Page)
    twice = json.dumps(json.loads(first.next) * 2 + ["of a message that is gone"])

    told = [*first.told, *read_all(FEED, access, last_days(), place=twice)]

    assert {json.loads(one.body)["Payload"]["Number"] for one in told} == set(range(12))
    assert fake.queue.waiting == []


def test_who_dies_before_he_has_kept_them_loses_nothing() -> None:
    fake = with_messages(2)
    FEED.read(store(fake), last_days(), "")

    assert FEED.read(store(fake), last_days(), "") == Page(told=())  # hidden for the one who may still keep them
    for one in fake.queue.waiting:
        one.hidden_until -= timedelta(minutes=5)
    again = FEED.read(store(fake), last_days(), "")

    assert isinstance(again, Page)
    assert len(again.told) == 2


def test_the_same_step_twice_deletes_once() -> None:
    fake = with_messages(2)
    first = FEED.read(store(fake), last_days(), "")
    assert isinstance(first, Page)

    assert [FEED.read(store(fake), last_days(), first.next) for _ in range(2)] == [Page(told=())] * 2
    assert FEED.read(store(fake), last_days(), "not ours") == Stale()


def test_a_queue_is_told_no_word_of_the_sellers_and_no_secret() -> None:
    access = store(with_messages(1))

    FEED.read(access, last_days(), "")

    (request,) = access.way.asked
    assert request.holder == NOBODY
    assert SECRETS["queue_secret"] not in f"{request.address} {request.headers} {request.body!r}"
    assert "/us-" not in request.headers["Authorization"]
    assert "/eu-west-1/sqs/" in request.headers["Authorization"]


def test_a_queue_is_asked_in_the_region_that_its_address_names() -> None:
    address = "https://sqs.eu-central-1.amazonaws.com/123456789012/orders"
    access = store(answers=[answer(200, b"{}")], settings=SETTINGS | {"queue": address})
    access.way.unchecked = ("sqs.",)

    assert FEED.read(access, last_days(), "") == Page(told=())
    assert "/eu-central-1/sqs/" in access.way.asked[0].headers["Authorization"]


def test_without_a_queue_nothing_is_asked() -> None:
    access = store(settings={})

    assert FEED.read(access, last_days(), "") == Page(told=())
    assert access.way.asked == []


def test_a_key_that_is_wrong_or_missing_must_be_entered_again() -> None:
    wrong = FEED.read(store(with_messages(1), secrets=SECRETS | {"queue_secret": "other"}), last_days(), "")
    missing = FEED.read(store(with_messages(1), secrets={}), last_days(), "")

    for stopped in (wrong, missing):
        assert isinstance(stopped, Stopped)
        assert stopped.reconnect


@pytest.mark.parametrize(
    ("outcome", "reconnect"),
    [
        (answer(403), True),
        (answer(400, b'{"__type": "com.amazonaws.sqs#QueueDoesNotExist"}'), False),
        (answer(500), False),
        (answer(200, b"<ReceiveMessageResponse>"), False),
        (answer(200, b'{"Messages": [{"Body": "?"}]}'), False),
        (HeldBack(after=timedelta(seconds=5), reason="429"), False),
        (Unanswered(reason="silence"), False),
    ],
)
@pytest.mark.parametrize("place", ["", '["handle"]'])
def test_where_nothing_is_read_it_is_said_why(outcome: HttpOutcome, place: str, *, reconnect: bool) -> None:
    deleted = [answer(200, b'{"Successful": [{"Id": "0"}], "Failed": []}')] if place else []

    step = FEED.read(store(answers=[*deleted, outcome]), last_days(), place)

    assert isinstance(step, Stopped)
    assert step.reconnect is reconnect


def test_what_is_not_deleted_is_tried_again() -> None:
    assert isinstance(FEED.read(store(answers=[answer(500)]), last_days(), '["handle"]'), Stopped)


def test_a_buyers_wish_to_cancel_comes_from_the_fakes_world() -> None:
    fake = account(sale())
    fake.world.ask_to_cancel(NUMBER)
    fake.world.cancel(NUMBER)

    told = parsed(read_all(FEED, store(fake), last_days()))
    asked, wish, cancelled, done = (one for one in told if not isinstance(one, OrderNamed))

    assert isinstance(asked, OrderSnapshot)
    assert isinstance(cancelled, OrderSnapshot)
    assert isinstance(wish, PlatformNotice)
    assert isinstance(done, PlatformNotice)
    assert (asked.state, cancelled.state) == (OrderState.OPEN, OrderState.CANCELLED)
    assert asked.cancel_asked_at is not None
    assert cancelled.cancel_asked_at is None
    assert (wish.kind, done.kind) == (NoticeKind.CANCELLATION_REQUESTED, NoticeKind.CANCELLED)
