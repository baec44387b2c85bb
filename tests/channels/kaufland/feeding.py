"""What a feed of Kaufland's tells, understood."""

from datetime import timedelta

from tests.channels.asking import OpenAccess
from tests.factories.sales import AT
from tresen.channels.contract import Inbound, RawPayload, Source
from tresen.channels.feeds import Feed, Page, Told, Window
from tresen.channels.kaufland import CONNECTOR
from tresen.channels.kaufland.parsing import parse

DAY = timedelta(days=1)
TODAY = Window(since=AT - DAY, until=AT + DAY)


def feed(key: str) -> Feed:
    return next(one for one in CONNECTOR.feeds if one.key == key)


def whole(key: str, access: OpenAccess, window: Window = TODAY) -> list[Inbound]:
    """All that a feed tells of a window."""
    found: list[Inbound] = []
    place = ""
    while True:
        step = feed(key).read(access, window, place)
        assert isinstance(step, Page), step
        found += understood(*step.told)
        place = step.next
        if not place:
            return found


def understood(*told: Told) -> list[Inbound]:
    return [
        meaning
        for one in told
        for meaning in parse(
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
