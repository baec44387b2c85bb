"""Where a feed goes on: behind a page, after some entries that are asked for alone because they have more parts."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import msgspec

from tresen.channels.feeds import Stale, Step, Stopped
from tresen.channels.typed_json import NotAsDocumented, read_json


class Place(msgspec.Struct, frozen=True):
    """`alone`: numbers or ids of those that are asked for one by one before the next page, which begins `after`."""

    alone: Sequence[str] = ()
    after: str = ""

    def text(self) -> str:
        """As it is kept; empty where nothing is left."""
        return json.dumps(msgspec.to_builtins(self)) if self.alone or self.after else ""


def place_in(text: str) -> Place | Stale:
    """The place that was kept."""
    if not text:
        return Place()
    try:
        return read_json(text.encode(), Place)
    except NotAsDocumented:
        return Stale()


def rest_of(place: Place) -> Place:
    """What is left after one was asked for alone."""
    return Place(alone=place.alone[1:], after=place.after)


def not_read(stopped: Stopped, place: Place) -> Step:
    """Why nothing was read; a cursor that the shop does not know any more begins the window anew."""
    return Stale() if place.after and "cursor" in stopped.reason.lower() else stopped


def order_gid(number: str) -> str:
    """The Admin API's id of an order."""
    return f"gid://shopify/Order/{number}"


def between(since: datetime, until: datetime, name: str = "updated_at") -> str:
    """Shopify's search for times in that span, whole seconds around it."""
    end = until if not until.microsecond else until.replace(microsecond=0) + timedelta(seconds=1)
    return f"{name}:>='{_second(since)}' AND {name}:<='{_second(end)}'"


def _second(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
