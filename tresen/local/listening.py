"""Hears PostgreSQL's notifications and wakes who waits for them."""

import threading
from collections.abc import Callable, Iterable

import psycopg
import structlog
from psycopg import sql

log = structlog.get_logger()
LOOK_EVERY = 1.0
PAUSE_AFTER_LOSS = 2.0


class Listener(threading.Thread):
    """One LISTEN connection. After every connect, the first included, all are woken: who knows what was missed."""

    def __init__(
        self, url: str, channels: Iterable[str], *, wake: Callable[[str], None], over: threading.Event
    ) -> None:
        super().__init__(name="listener", daemon=True)
        self.url = url
        self.channels = sorted(channels)
        self.wake = wake
        self.over = over

    def run(self) -> None:
        """Listen until the end; a lost connection is made again."""
        while not self.over.is_set():
            try:
                self._listen()
            except psycopg.OperationalError as problem:
                log.warning("listener_lost", problem=str(problem))
                self.over.wait(PAUSE_AFTER_LOSS)

    def _listen(self) -> None:
        with psycopg.connect(self.url, autocommit=True, connect_timeout=10) as connection:
            for channel in self.channels:
                connection.execute(sql.SQL("LISTEN {}").format(sql.Identifier(channel)))
            self.wake("")
            while not self.over.is_set():
                for notification in connection.notifies(timeout=LOOK_EVERY, stop_after=1):
                    self.wake(notification.channel)
