"""Files of messages are brought by M13, each request held against Mirakl's own facts."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.channels.asking import OpenAccess
from tests.factories.sales import AT, a_sale, a_talk
from tresen.channels.contract import FileBrought, FileNotHad, InboundMessage, RawPayload, Source, Stopped
from tresen.channels.feeds import Page, Window
from tresen.channels.http import HeldBack, HttpOutcome, HttpResponse, Unanswered
from tresen.channels.mirakl import CONNECTOR
from tresen.channels.mirakl.files import fetch_file
from tresen.channels.mirakl.parsing import parse
from tresen.fakes.drawing import file_of
from tresen.fakes.world import World

FILES = (("Kratzer im Schirm.png", 5_000), ("Rechnung.pdf", 900))


def test_a_messages_files_are_told_with_name_and_size_and_brought_one_by_one(world: World, access: OpenAccess) -> None:
    talk = a_talk()
    talk.letters[0].files = FILES
    world.fill(sales=[a_sale()], talks=[talk])
    threads = next(feed for feed in CONNECTOR.feeds if feed.key == "messages")
    step = threads.read(access, Window(since=AT - timedelta(days=1), until=AT + timedelta(days=1)), "")
    assert isinstance(step, Page)
    (told,) = step.told
    payload = RawPayload(
        number=1,
        source=Source.API,
        body=told.body,
        received_at=AT,
        recorded_at=AT,
        about=told.about,
        headers=told.headers,
    )
    (message,) = (one for one in parse(payload) if isinstance(one, InboundMessage))

    assert [(file.name, file.size) for file in message.files] == list(FILES)
    for file in message.files:
        assert fetch_file(file.reference, access) == FileBrought(file_of(file.name))


def test_a_file_that_is_not_there_is_not_had(access: OpenAccess) -> None:
    assert isinstance(fetch_file("no such/file", access), FileNotHad)


@pytest.mark.parametrize(
    "outcome",
    [
        HttpResponse(status=503, headers={}, body=b"down"),
        HttpResponse(status=401, headers={}, body=b"Unauthorized"),
        HeldBack(after=timedelta(seconds=9), reason="used up"),
        Unanswered(reason="ReadTimeout"),
    ],
)
def test_what_may_come_right_is_tried_again(answering: Callable[..., OpenAccess], outcome: HttpOutcome) -> None:
    assert isinstance(fetch_file("f1", answering(outcome)), Stopped)
