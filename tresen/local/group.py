"""A group of processes: one that ends is started again, after a pause that grows while it keeps ending."""

import os
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tresen.local.kinship import PARENT

FIRST_PAUSE = 1.0
LONGEST_PAUSE = 30.0
# Who has run this long is well again, and its next end counts as a first one.
WELL_AFTER = 60.0
LONGEST_STOP = 30.0


@dataclass(frozen=True, kw_only=True)
class Member:
    """What to run, under which name people hear of it. `sockets`: the numbers of those that are handed on to it."""

    name: str
    command: Sequence[str]
    sockets: Sequence[int] = ()


class Group:
    """Processes that start, restart and stop together. Times are seconds of a monotonic clock."""

    def __init__(self, members: Iterable[Member]) -> None:
        self._places = [_Place(member) for member in members]
        for place in self._places:
            place.start(time.monotonic())

    def tend(self, at: float) -> None:
        """Start again who ended and has waited long enough."""
        for place in self._places:
            place.tend(at)

    def pids(self) -> list[int]:
        """The processes that run now."""
        return [place.process.pid for place in self._places if place.process and place.process.poll() is None]

    def stop(self) -> None:
        """Ask all to end; who takes too long is killed."""
        running = [place.process for place in self._places if place.process and place.process.poll() is None]
        for process in running:
            process.terminate()
        deadline = time.monotonic() + LONGEST_STOP
        for process in running:
            try:
                process.wait(max(0.0, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


class _Place:
    def __init__(self, member: Member) -> None:
        self.member = member
        self.process: subprocess.Popen[bytes] | None = None
        self.pause = FIRST_PAUSE
        self.started = 0.0
        self.again_at = 0.0

    def start(self, at: float) -> None:
        self.started = at
        self.process = subprocess.Popen(
            self.member.command,
            stdin=subprocess.DEVNULL,
            env=os.environ | {PARENT: str(os.getpid())},
            pass_fds=self.member.sockets,
            # Ctrl-C reaches us alone; we then stop the members in order.
            process_group=0,
        )

    def tend(self, at: float) -> None:
        if self.process is not None and (ended := self.process.poll()) is not None:
            self.process = None
            self.pause = FIRST_PAUSE if at - self.started > WELL_AFTER else self.pause
            self.again_at = at + self.pause
            reason = f"signal {-ended}" if ended < 0 else f"code {ended}"
            print(f"{self.member.name} ended ({reason}); again in {self.pause:.0f} s.", file=sys.stderr, flush=True)
            self.pause = min(LONGEST_PAUSE, self.pause * 2)
        elif self.process is None and at >= self.again_at:
            self.start(at)
