"""What a connector's feeds tell, understood."""

from datetime import timedelta

from tests.channels.asking import OpenAccess
from tests.factories.sales import AT
from tresen.channels.contract import Connector, Inbound, RawPayload, Source
from tresen.channels.feeds import Feed, Page, Told, Window

DAY = timedelta(days=1)
TODAY = Window(since=AT - DAY, until=AT + DAY)


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
