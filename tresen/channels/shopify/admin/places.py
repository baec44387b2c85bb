"""Where a feed goes on: behind a page, after some entries that are asked for alone because they have more parts."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import msgspec

from tresen.channels.feeds import Page, Stale, Step, Stopped, Told
from tresen.channels.shopify.admin.asking import Answer
from tresen.channels.shopify.admin.order_shapes import More
from tresen.channels.typed_json import NotAsDocumented, read_json


class Place(msgspec.Struct, frozen=True):
    """`alone`: numbers of those that are asked for one by one before the next page, which begins `after`."""

    alone: Sequence[str] = ()
    after: str = ""

    def text(self) -> str:
        """As it is kept; empty where nothing is left."""
        return json.dumps(msgspec.to_builtins(self)) if self.alone or self.after else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """What a feed needs to know of a page to go on: whether there are more, and who has more parts than came."""

    more: More
    cut: Sequence[str] = ()


def place_in(text: str) -> Place | Stale:
    """The place that was kept."""
    if not text:
        return Place()
    try:
        return read_json(text.encode(), Place)
    except NotAsDocumented:
        return Stale()


def page_of(about: str, answer: Answer, listed: Listed) -> Page:
    """The page as told, and where it goes on."""
    after = (listed.more.end_cursor or "") if listed.more.has_next_page else ""
    return Page(told=(Told(about=about, body=answer.body),), next=Place(alone=listed.cut, after=after).text())


def one_of(about: str, answer: Answer, place: Place) -> Page:
    """One that was asked for alone, and where it goes on."""
    left = Place(alone=place.alone[1:], after=place.after)
    return Page(told=(Told(about=about, body=answer.body),), next=left.text())


def not_read(stopped: Stopped, place: Place) -> Step:
    """Why nothing was read; a cursor that the shop does not know any more begins the window anew."""
    return Stale() if place.after and "cursor" in stopped.reason.lower() else stopped


def between(since: datetime, until: datetime, name: str = "updated_at") -> str:
    """Shopify's search for times in that span, whole seconds around it."""
    end = until if not until.microsecond else until.replace(microsecond=0) + timedelta(seconds=1)
    return f"{name}:>='{_second(since)}' AND {name}:<='{_second(end)}'"


def _second(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
