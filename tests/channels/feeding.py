"""What a connector's feeds tell, understood; and what becomes of them where the platform fails."""

from datetime import timedelta

import pytest

from tests.channels.asking import OpenAccess
from tests.factories.sales import AT
from tresen.channels.contract import Connector, Inbound, RawPayload, Source
from tresen.channels.feeds import Feed, Page, Stopped, Told, Window
from tresen.channels.http import HeldBack, HttpResponse, Unanswered, Unreached

DAY = timedelta(days=1)
TODAY = Window(since=AT - DAY, until=AT + DAY)

failing = pytest.mark.parametrize(
    ("outcome", "reconnect", "held"),
    [
        (HttpResponse(status=401, headers={}, body=b"{}"), True, False),
        (HttpResponse(status=404, headers={}, body=b"<html>"), False, False),
        (HttpResponse(status=500, headers={}, body=b"{}"), False, False),
        (HttpResponse(status=200, headers={}, body=b"<html>"), False, False),
        (HeldBack(after=timedelta(seconds=7), reason="too many"), False, True),
        (Unreached(reason="no route"), False, False),
        (Unanswered(reason="silence"), False, False),
    ],
)
"""All that a platform may answer instead: whether the store must be connected anew, and whether we asked too often."""


def assert_stops(feed: Feed, access: OpenAccess, *, reconnect: bool, held: bool) -> None:
    """Whatever was answered is no reason to go on, and the store's page says why."""
    stopped = feed.read(access, TODAY, "")

    assert isinstance(stopped, Stopped)
    assert stopped.reason
    assert (stopped.reconnect, stopped.held) == (reconnect, held)


def feed_of(connector: Connector, key: str) -> Feed:
    return next(one for one in connector.feeds if one.key == key)


def whole_of(connector: Connector, key: str, access: OpenAccess, window: Window = TODAY) -> list[Inbound]:
    """All that a feed tells of a window."""
    found: list[Inbound] = []
    place = ""
    while True:
        step = feed_of(connector, key).read(access, window, place)
        assert isinstance(step, Page), step
        found += understood_by(connector, *step.told)
        place = step.next
        if not place:
            return found


def understood_by(connector: Connector, *told: Told) -> list[Inbound]:
    """What it means, but that a page was empty."""
    return [
        meaning
        for one in told
        for meaning in connector.parse(
            RawPayload(
                number=1,
                source=Source.API,
                body=one.body,
                received_at=AT + DAY,
                recorded_at=AT + DAY,
                about=one.about,
                headers=one.headers,
            )
        )
        if getattr(meaning, "reason", "") != "empty_page"
    ]
