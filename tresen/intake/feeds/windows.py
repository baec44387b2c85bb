"""Which window of a feed is read next. Pure."""

from datetime import datetime

from tresen.channels.feeds import Brings, Feed, Window
from tresen.intake.models import StoreFeed


def next_window(row: StoreFeed, feed: Feed, *, at: datetime) -> Window:
    """The one that is being read; else the next: of what is new since the last, or the next part of the past."""
    if row.since is not None and row.until is not None:
        return Window(since=row.since, until=row.until)
    if row.backwards:
        oldest = row.back_to or row.read_to
        return Window(since=max(oldest, row.read_to - feed.span), until=row.read_to)
    if feed.brings is not Brings.CHANGES:
        return Window(since=row.read_to, until=at)
    since = row.read_to - feed.overlap
    return Window(since=since, until=min(at, since + feed.span))
