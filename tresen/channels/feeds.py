"""What we ask a platform for again and again: orders, messages, returns, stock. Values; who asks stands in `intake`.

A feed is read by windows of time, page by page. Each page is kept raw, in one transaction with the place where the next
begins, so that a reader may die anywhere and another goes on.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from tresen.channels.outbound import Later, StoreAccess


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """What changed from `since` until `until` is wanted."""

    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Bytes as the platform gave them. `about` tells `parse` what was asked, as `RawPayload.about`."""

    about: str
    body: bytes = field(repr=False)
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One step through a window. `next`: where it goes on, in the connector's words; empty after the last page.

    `after`: the platform wants that much time before the next step, as for a report that it prepares.
    """

    told: Sequence[Told]
    next: str = ""
    after: timedelta = timedelta(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stale:
    """The platform does not know the place any more: the window is read from its beginning."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stopped:
    """Nothing was read. `after`: try again then. `reconnect`: an administrator must sign in again.

    `held`: it is no trouble, only the allowance is used up for now. `lacks`: the platform knows us and does not allow
    this one thing, for want of a role or scope; all else may do well.
    """

    reason: str
    after: timedelta = timedelta(minutes=1)
    reconnect: bool = False
    held: bool = False
    lacks: bool = False

    def later(self) -> Later:
        """What it is to who had to read before he could send or do something."""
        return Later(after=self.after, reason=self.reason, held=self.held)


type Step = Page | Stale | Stopped


class Brings(StrEnum):
    """What a window brings."""

    CHANGES = "changes"
    """What changed in it. The past can be read too, window by window, the newest first."""
    WHOLE = "whole"
    """All there is, as it stands at its end."""
    QUEUE = "queue"
    """What the platform has put aside for us; `next` tells it, at the following step, what we have kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """`read(access, window, place)` takes one step; `place` is empty at a window's beginning, else a page's `next`.

    It may be asked for the same step twice. `every`: the usual pause between two windows, no shorter than the platform
    allows. `overlap`: so much of the last window is asked for again, because platforms tell of changes late. `reach`:
    how far back it can be asked at all. `span`: the longest window it is asked for. `first`: so much of the past comes
    with the first window, for a platform that can be asked "since" and not "until"; its `reach` is nothing.
    """

    key: str
    title: str
    read: Callable[[StoreAccess, Window, str], Step]
    every: timedelta
    brings: Brings = Brings.CHANGES
    overlap: timedelta = timedelta(minutes=5)
    reach: timedelta = timedelta(days=365)
    span: timedelta = timedelta(days=7)
    first: timedelta = timedelta(0)
