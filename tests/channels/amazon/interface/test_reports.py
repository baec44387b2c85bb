"""A report is asked for, waited for and fetched, and whoever goes on with it may be another."""

import json
from datetime import timedelta

import pytest

from tests.channels.amazon.interface.stores import account, ago, answer, last_days, payload, sale, store
from tresen.channels.amazon.interface.flat_files import rows
from tresen.channels.amazon.interface.reports import AGAIN
from tresen.channels.amazon.interface.returns import FEED
from tresen.channels.feeds import Page, Stale, Stopped
from tresen.channels.http import NOBODY, HeldBack, HttpOutcome, Unanswered
from tresen.fakes.amazon import FakeAmazon


def with_a_return() -> FakeAmazon:
    fake = account(sale())
    fake.world.ask_for_return("303-1000001-2000001", reason="Zu groß").asked_at = ago(hours=1)
    return fake


def test_a_report_is_waited_for_step_by_step() -> None:
    access = store(with_a_return())

    asked = FEED.read(access, last_days(), "")
    assert isinstance(asked, Page)
    waited = FEED.read(access, last_days(), asked.next)
    assert isinstance(waited, Page)
    fetched = FEED.read(access, last_days(), waited.next)
    assert isinstance(fetched, Page)

    assert [len(step.told) for step in (asked, waited, fetched)] == [0, 0, 1]
    assert asked.next == waited.next != ""
    assert asked.after > timedelta(0) < waited.after
    assert fetched.next == ""
    assert rows(payload(fetched.told[0]))[0]["return reason"] == "Zu groß"


def test_the_same_step_twice_brings_the_same() -> None:
    fake = with_a_return()
    fake.reports.looks = 0
    asked = FEED.read(store(fake), last_days(), "")
    assert isinstance(asked, Page)

    first, second = (FEED.read(store(fake), last_days(), asked.next) for _ in range(2))

    assert isinstance(first, Page)
    assert isinstance(second, Page)
    assert first.told[0].body == second.told[0].body


def test_the_place_where_a_report_lies_is_told_no_token_and_no_log_what_opens_it() -> None:
    fake = with_a_return()
    fake.reports.looks = 0
    access = store(fake)
    asked = FEED.read(access, last_days(), "")
    assert isinstance(asked, Page)

    FEED.read(access, last_days(), asked.next)

    fetching = access.way.asked[-1]
    assert fetching.holder == NOBODY
    assert "x-amz-access-token" not in fetching.headers
    assert "Signature" not in fetching.address
    assert "X-Amz-Signature" in dict(fetching.query)


def test_a_report_of_nothing_ends_its_window() -> None:
    fake = account(sale())
    fake.reports.looks = 0
    asked = FEED.read(store(fake), last_days(), "")
    assert isinstance(asked, Page)

    assert FEED.read(store(fake), last_days(), asked.next) == Page(told=())


def test_a_report_that_amazon_gives_up_on_is_asked_for_again_later() -> None:
    fake = with_a_return()
    fake.reports.looks, fake.reports.fails = 0, 1
    asked = FEED.read(store(fake), last_days(), "")
    assert isinstance(asked, Page)

    failed = FEED.read(store(fake), last_days(), asked.next)
    assert isinstance(failed, Page)
    again = FEED.read(store(fake), last_days(), failed.next)
    assert isinstance(again, Page)

    assert failed == Page(told=(), next=AGAIN, after=timedelta(hours=1))
    assert again.next not in {"", asked.next}


def test_a_report_that_is_forgotten_begins_the_window_anew() -> None:
    assert FEED.read(store(account()), last_days(), "4711") == Stale()


DONE = answer(
    200,
    json.dumps(
        {
            "reportId": "1",
            "reportType": "X",
            "createdTime": "2026-11-20T08:00:00Z",
            "processingStatus": "DONE",
            "reportDocumentId": "d",
        }
    ).encode(),
)
PLACE = answer(200, b'{"reportDocumentId": "d", "url": "https://fake.example/prepared/1?X-Amz-Signature=s"}')


@pytest.mark.parametrize(
    ("place", "answers", "reconnect"),
    [
        ("", [answer(401)], True),
        ("", [answer(403)], False),
        ("", [answer(400)], False),
        ("", [answer(500)], False),
        ("", [answer(202, b"[]")], False),
        ("", [HeldBack(after=timedelta(minutes=1), reason="429")], False),
        ("1", [Unanswered(reason="silence")], False),
        ("1", [answer(200, b"{}")], False),
        ("1", [DONE, answer(503)], False),
        ("1", [DONE, answer(200, b'"?"')], False),
        ("1", [DONE, PLACE, answer(403)], False),
        ("1", [DONE, PLACE, Unanswered(reason="silence")], False),
    ],
)
def test_where_no_report_is_had_it_is_said_why(place: str, answers: list[HttpOutcome], *, reconnect: bool) -> None:
    step = FEED.read(store(answers=answers), last_days(), place)

    assert isinstance(step, Stopped)
    assert step.reconnect is reconnect


def test_a_report_that_is_not_compressed_is_kept_as_it_is() -> None:
    step = FEED.read(store(answers=[DONE, PLACE, answer(200, b"Order ID\r\n")]), last_days(), "1")

    assert isinstance(step, Page)
    assert (step.told[0].body, step.told[0].headers["compression"]) == (b"Order ID\r\n", "")


def test_no_window_is_longer_than_amazon_reports_on() -> None:
    assert FEED.overlap < FEED.span <= timedelta(days=60)
