"""Asking platforms for what is new, again and again: each page kept raw together with where the next one begins.

A reader may die anywhere: what it committed is whole, what it did not is asked for again, and what comes twice changes
nothing. A store's feeds are read side by side, and no platform that hangs holds up another.
"""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from hashlib import sha256

import structlog
from django.db import transaction

from tresen.channels.contract import Connector, Feed, Source
from tresen.channels.feeds import Brings, Page, Stale, Step, Stopped, Told, Window
from tresen.crashing.points import Point, reached
from tresen.intake.feeds import rows
from tresen.intake.feeds.windows import next_window
from tresen.intake.keeping import Arrived, keep_raw
from tresen.intake.models import StoreFeed
from tresen.stores.access import access_to
from tresen.stores.asking import SHORT_WAIT
from tresen.stores.connectors import connector_of
from tresen.stores.health import pause_after
from tresen.timekeeping.running import running_from

log = structlog.get_logger()

type Clock = Callable[[], datetime]

MOST_PAGES = 20
"""A feed with much to read lets the others have their turn after so many pages."""
MOST_FORGOTTEN = 3
"""So often in a turn a window is begun again; then the platform is left in peace for a while."""
SPARE = 0.25
"""So much of each allowance is left for what people ask for."""
AFTER_A_FAULT = timedelta(minutes=15)
WAKES_POLLING = "tresen_feeds"
"""NOTIFY channel: a feed is due."""


def poll_due(at: datetime, *, most: int = 20, patience: timedelta = SHORT_WAIT) -> int:
    """Read the feeds that are due, each for its turn; gives how many turns brought it on.

    `patience`: so long an allowance is waited for at once; for longer the feed is put off.
    """
    clock = running_from(at)
    got_on = 0
    for _ in range(most):
        feed = rows.claim(at=clock())
        if feed is None:
            break
        got_on += _turn(feed, clock, patience)
    return got_on


def _turn(row: StoreFeed, clock: Clock, patience: timedelta) -> bool:
    """Whether anything was read."""
    connector = connector_of(row.store)
    feed = next((one for one in connector.feeds if one.key == row.key), None)
    if feed is None:  # a later version had it, or an older one
        rows.put_off(row, until=clock() + timedelta(days=1))
        return False
    began = row.pages
    with suppress(rows.LostHold):
        _read(row, feed, connector, clock, patience)
    return row.pages > began


def _read(row: StoreFeed, feed: Feed, connector: Connector, clock: Clock, patience: timedelta) -> None:
    access = access_to(row.store, clock=clock, spare=SPARE, patience=patience)
    window = next_window(row, feed, at=clock())
    forgotten = 0
    for _page in range(MOST_PAGES):
        step = _step(lambda: feed.read(access, window, row.place), connector.key, row)
        match step:
            case Page():
                reached(Point.PAGE_READ)
                _keep(row, feed, window, step, at=clock())
                reached(Point.RAW_COMMITTED)
                if not step.next or step.after:
                    return
            case Stale() if forgotten < MOST_FORGOTTEN:
                forgotten += 1
                rows.begin_again(row, at=clock())
            case Stale():
                _stopped(
                    row, Stopped(reason="The platform forgets where it was in the middle of what it tells."), clock
                )
                return
            case Stopped():
                _stopped(row, step, clock)
                return
    rows.let_go(row, next_at=clock())


def _step(read: Callable[[], Step], channel: str, row: StoreFeed) -> Step:
    """One step; a bug in a connector stops this feed alone, and says so."""
    try:
        return read()
    except Exception as error:
        log.exception("feed_failed", store=row.store_id, channel=channel, feed=row.key)
        return Stopped(reason=f"{type(error).__name__}: {error}"[:500], after=AFTER_A_FAULT)


@transaction.atomic
def _keep(row: StoreFeed, feed: Feed, window: Window, page: Page, *, at: datetime) -> None:
    """Keep what a page told and where the next one begins, both or neither. Raises LostHold."""
    new = keep_raw([_arrived(row, feed, window, told, at=at) for told in page.told], at=at)
    if page.next:
        rows.go_on(row, window, place=page.next, told=new, at=at, after=page.after)
    else:
        rows.finish(row, feed, window, told=new, at=at)


def _arrived(row: StoreFeed, feed: Feed, window: Window, told: Told, *, at: datetime) -> Arrived:
    """What stands as it stood an hour ago is no news of a change; of all there is, it is: something was otherwise."""
    digest = sha256(told.body).hexdigest()
    moment = f"{window.until.isoformat()}/" if feed.brings is Brings.WHOLE else ""
    return Arrived(
        source=Source.API,
        external_key=f"{feed.key}/{told.about}/{moment}{digest}"[-300:],
        body=told.body,
        size=len(told.body),
        received_at=at,
        store=row.store_id,
        about=told.about,
        headers=told.headers,
    )


def _stopped(row: StoreFeed, stopped: Stopped, clock: Clock) -> None:
    if stopped.held:
        rows.let_go(row, next_at=clock() + stopped.after)
        return
    log.warning("feed_stopped", store=row.store_id, feed=row.key, trouble=stopped.reason)
    pause = max(stopped.after, pause_after(row.failures + 1))
    next_at = clock() + pause
    rows.fail(row, trouble=stopped.reason, next_at=next_at, reconnect=stopped.reconnect, lacks=stopped.lacks)
