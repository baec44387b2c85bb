"""Runs sweeps, each in a thread of its own, so that a slow mail server holds up no clock."""

import threading
import traceback
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, timedelta

import structlog
from django.db import close_old_connections, connection

from tresen.local.sweep import Sweep
from tresen.timekeeping import wall

log = structlog.get_logger()
LONGEST_PAUSE = timedelta(minutes=5)
# 2 ** 10 seconds is past the longest pause already.
MOST_DOUBLINGS = 10


class SweepThread(threading.Thread):
    """Runs one sweep until `over`. `wake` ends its pause; `last_success` and `failures` tell how it is."""

    def __init__(self, sweep: Sweep, over: threading.Event, *, now: Callable[[], datetime], number: int = 1) -> None:
        super().__init__(name=sweep.name if number == 1 else f"{sweep.name} {number}", daemon=True)
        self.sweep = sweep
        self.over = over
        self.woken = threading.Event()
        self.last_success: datetime | None = None
        self.failures = 0
        self.problem = ""
        self._now = now

    def wake(self) -> None:
        """There is something to do, or the end has come."""
        self.woken.set()

    def run(self) -> None:
        """Run, pause, run again; after an error the pause grows."""
        while not self.over.is_set():
            self.woken.clear()  # before the run: what is notified meanwhile may have come too late for it
            pause = self.run_once()
            if pause:
                self.woken.wait(pause.total_seconds())
        connection.close()

    def run_once(self) -> timedelta:
        """One batch; how long to wait for the next one."""
        close_old_connections()
        try:
            handled = self.sweep.run(self._now())
        except Exception as error:  # noqa: BLE001 (a sweep that fails must not end the others; it is told and tried again)
            self._failed(error)
            return min(LONGEST_PAUSE, self.sweep.every * (1 << min(self.failures, MOST_DOUBLINGS)))
        self.failures, self.problem = 0, ""
        self.last_success = self._now()
        return timedelta(0) if handled else self.sweep.every

    def _failed(self, error: Exception) -> None:
        self.failures += 1
        self.problem = f"{type(error).__name__}: {error}"[:500]
        where = "".join(traceback.format_tb(error.__traceback__)[-6:])
        log.error("sweep_failed", sweep=self.sweep.name, failures=self.failures, problem=self.problem, where=where)


class Sweeper:
    """All sweeps of one worker process."""

    def __init__(self, sweeps: Iterable[Sweep], *, now: Callable[[], datetime] = wall.now) -> None:
        self.over = threading.Event()
        self.threads: Sequence[SweepThread] = [
            SweepThread(sweep, self.over, now=now, number=number)
            for sweep in sweeps
            for number in range(1, sweep.threads + 1)
        ]

    def start(self) -> None:
        """Begin with every sweep."""
        for thread in self.threads:
            thread.start()

    def wake(self, channel: str) -> None:
        """A notification came in on this channel; an empty name wakes all."""
        for thread in self.threads:
            if not channel or channel in thread.sweep.wakes_on:
                thread.wake()

    def channels(self) -> frozenset[str]:
        """The NOTIFY channels that anybody waits for."""
        return frozenset().union(*(thread.sweep.wakes_on for thread in self.threads))

    def stop(self, *, patience: timedelta) -> bool:
        """Let every sweep finish its batch. False if one took longer than the patience; its rows stay as they were."""
        self.over.set()
        self.wake("")
        deadline = datetime.now(tz=UTC) + patience
        for thread in self.threads:
            thread.join(max(0.0, (deadline - datetime.now(tz=UTC)).total_seconds()))
        return not any(thread.is_alive() for thread in self.threads)
