"""The product's own processes as they are really run, to be killed and started at will."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

PATIENCE = 200.0


def wait_until(holds: Callable[[], object], *, seconds: float = PATIENCE, what: Callable[[], str] = str) -> None:
    """Wait for something that another process brings about. `what` says what is known when it does not."""
    deadline = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > deadline:
            raise AssertionError(f"It did not come about. {what()}")
        time.sleep(0.1)


class Program:
    """`python -m tresen <command>`; what it says lies in the home, and is shown when it does not do as expected."""

    def __init__(self, home: Path, *command: str, database: str = "") -> None:
        """`database` is the address of a server elsewhere; without it there is one in the home."""
        self.home = home
        self.command = command
        self.database = {"DATABASE_URL": database} if database else {}
        self.process: subprocess.Popen[bytes] | None = None

    def start(self, *, crash_point: str = "") -> None:
        kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        own = {"TRESEN_HOME": str(self.home), "TRESEN_CRASH_POINT": crash_point}
        with (self.home / f"{self.command[0]}.log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "tresen", *self.command],
                env=kept | own | self.database,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )

    def runs(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def kill(self) -> None:
        """As `kill -9` does."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()

    def dies(self) -> None:
        """It ends by SIGKILL, without our doing."""
        assert self.process is not None
        try:
            ended = self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            raise AssertionError(f"It did not reach the point where it should die.\n{self.said()}") from None
        assert ended == -signal.SIGKILL, self.said()

    def stop(self) -> None:
        """As a person stops it; it must end in order."""
        if self.runs():
            assert self.process is not None
            self.process.terminate()
            assert self.process.wait(PATIENCE) == 0, self.said()

    def said(self) -> str:
        return "\n".join(
            f"--- {log.name}\n{log.read_text(errors='replace')[-4000:]}" for log in sorted(self.home.glob("*.log"))
        )


class Worker(Program):
    """`tresen work`."""

    def __init__(self, home: Path, *, database: str = "") -> None:
        super().__init__(home, "work", database=database)

    def is_working(self) -> bool:
        """Whether its sweeps run; its first word is that they do."""
        assert self.process is not None
        return bool(list(self.home.glob(f"health/worker-{self.process.pid}.json")))
