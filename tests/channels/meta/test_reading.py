"""Conversations read by the interface: nothing is lost where a webhook was, and nothing is there twice."""

from datetime import timedelta

import pytest

from tests.channels.feeding import TODAY, feed_of, whole_of
from tests.channels.meta.accounts import BOTH, answering, visit
from tests.channels.payloads import recorded
from tests.factories.sales import AT, a_talk
from tresen.channels.connections import Connected
from tresen.channels.contract import InboundMessage, OwnAnswer
from tresen.channels.feeds import Stopped, Window
from tresen.channels.http import HttpResponse
from tresen.channels.meta.parsing import parse
from tresen.fakes.sales import Buyer, By
from tresen.fakes.world import World

every_channel = pytest.mark.parametrize("channel", BOTH)


def crowd(world: World, count: int) -> None:
    for number in range(count):
        talk = a_talk(str(number), at=AT - timedelta(minutes=number))
        talk.buyer = Buyer(key=f"2000{number}", name=f"Buyer {number}", email="")
        world.fill(talks=[talk])


@every_channel
def test_all_conversations_of_a_window_come_over_several_pages(channel: str) -> None:
    at = visit(channel)
    crowd(at.fake.world, 45)
    found = whole_of(at.connector, "messages", at.access)

    writers = {one.sender.key for one in found if isinstance(one, InboundMessage)}
    assert writers == {f"2000{number}" for number in range(45)}
    assert len(at.access.way.asked) == 3


@every_channel
def test_what_is_older_than_the_window_is_not_asked_for(channel: str) -> None:
    at = visit(channel)
    crowd(at.fake.world, 45)
    window = Window(since=AT - timedelta(minutes=10), until=AT)

    step = feed_of(at.connector, "messages").read(at.access, window, "")
    assert not isinstance(step, Stopped)
    assert getattr(step, "next", "?") == ""


@every_channel
def test_who_wrote_is_told_by_name_and_our_own_words_are_ours(channel: str) -> None:
    at = visit(channel)
    at.fake.world.write("7", by=By.SELLER, text="Es kommt morgen.")
    asked, ours = whole_of(at.connector, "messages", at.access, TODAY)

    assert isinstance(asked, InboundMessage)
    assert isinstance(ours, OwnAnswer)
    assert (asked.sender.name, asked.text) == ("Ida Muster", "Wo ist mein Paket?")
    assert asked.thread_keys == ours.thread_keys
    assert ours.number == at.fake.world.talks["7"].letters[-1].id


def answers(name: str) -> dict[str | None, OwnAnswer]:
    return {one.external_id: one for one in parse(recorded(name)) if isinstance(one, OwnAnswer)}


def test_a_message_read_and_the_same_message_told_are_one() -> None:
    told, read = answers("facebook/webhook/page/several_events.json"), answers("facebook/api/talks/page.json")

    same = told.keys() & read.keys()
    assert same == {"m_invented2"}
    for number in same:
        assert (told[number].text, told[number].thread_keys) == (read[number].text, read[number].thread_keys)


@every_channel
def test_the_connection_tells_as_whom_and_whether_we_are_told(channel: str) -> None:
    at = visit(channel)
    assert at.connector.connection is not None
    assert at.connector.connection.test(at.access) == Connected(account="Birkenhof")

    at.fake.subscribed = False
    came = at.connector.connection.test(at.access)
    assert isinstance(came, Connected)
    assert len(came.lacks) == 1


@pytest.mark.parametrize(
    ("code", "reconnect", "held", "lacks"),
    [(190, True, False, False), (613, False, True, False), (10, False, False, True), (100, False, False, False)],
)
def test_why_nothing_was_read_is_told(code: int, reconnect: bool, held: bool, lacks: bool) -> None:  # noqa: FBT001 - a table
    body = b'{"error": {"message": "no", "code": %d}}' % code
    at = answering("facebook", HttpResponse(status=400, headers={}, body=body))
    step = feed_of(at.connector, "messages").read(at.access, TODAY, "")

    assert isinstance(step, Stopped)
    assert (step.reconnect, step.held, step.lacks) == (reconnect, held, lacks)
