"""Wakes open browsers: one LISTEN connection a process, however many browsers watch."""

import asyncio
import contextlib
from collections.abc import Callable
from dataclasses import dataclass, field

import psycopg
import structlog

from tresen.live.announcing import CHANNEL, CHATS_CHANNEL, Change, ChatNews, news_from

log = structlog.get_logger()
PAUSE_AFTER_LOSS = 2.0

type Shows = Callable[[int, int, int], bool]
"""Whether a (team, store, brand) is visible to the one who watches."""


@dataclass(eq=False, slots=True)
class Watcher:
    """One open browser. `changed` is set when something it may see has changed."""

    shows: Shows
    changed: asyncio.Event = field(default_factory=asyncio.Event)

    def is_concerned(self, news: Change | ChatNews) -> bool:
        """Whether the news may be about something that it shows."""
        return isinstance(news, Change) and (not news.places or any(self.shows(*place) for place in news.places))


@dataclass(eq=False, slots=True)
class Visitor:
    """One open page of a website. `changed` is set when something is new in its `chat`."""

    chat: int
    changed: asyncio.Event = field(default_factory=asyncio.Event)

    def is_concerned(self, news: Change | ChatNews) -> bool:
        """Whether the news is about its chat."""
        return isinstance(news, ChatNews) and (not news.chats or self.chat in news.chats)


class Hub:
    """Hears what transactions announce and wakes the watchers concerned."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._watchers: set[Watcher | Visitor] = set()
        self._task: asyncio.Task[None] | None = None
        self.ending = False

    def join(self, watcher: Watcher | Visitor) -> None:
        """Wake this one from now on; the first to come makes the hub listen."""
        self._watchers.add(watcher)
        if self._task is None or self._task.done():
            self._task = asyncio.get_running_loop().create_task(self._listen())

    def leave(self, watcher: Watcher | Visitor) -> None:
        """It has gone."""
        self._watchers.discard(watcher)

    def dismiss(self) -> None:
        """The server ends: wake all, so that they leave by themselves. May be called by a signal's handler."""
        self.ending = True
        self._wake_all()

    async def close(self) -> None:
        """Stop listening."""
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    async def _listen(self) -> None:
        while True:
            try:
                async with await psycopg.AsyncConnection.connect(self._url, autocommit=True) as connection:
                    await connection.execute(f"LISTEN {CHANNEL}")
                    await connection.execute(f"LISTEN {CHATS_CHANNEL}")
                    self._wake_all()  # who knows what was missed before
                    async for notification in connection.notifies():
                        self._wake(news_from(notification.channel, notification.payload))
            except psycopg.OperationalError as problem:
                log.warning("live_connection_lost", problem=str(problem))
                await asyncio.sleep(PAUSE_AFTER_LOSS)

    def _wake(self, news: Change | ChatNews) -> None:
        for watcher in self._watchers:
            if watcher.is_concerned(news):
                watcher.changed.set()

    def _wake_all(self) -> None:
        for watcher in self._watchers:
            watcher.changed.set()
