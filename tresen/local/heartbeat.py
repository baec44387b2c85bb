"""How the workers of this machine are, as files in the home that `tresen doctor` reads."""

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path


@dataclass(frozen=True, kw_only=True)
class SweepHealth:
    """How one sweep of a worker is. Times are ISO 8601; empty when it never succeeded."""

    last_success: str
    failures: int
    problem: str


@dataclass(frozen=True, kw_only=True)
class Heartbeat:
    """What one worker process last said of itself."""

    pid: int
    at: datetime
    sweeps: Mapping[str, SweepHealth]


def beat(home: Path, *, at: datetime, sweeps: Mapping[str, SweepHealth]) -> None:
    """Write how this process is, whole or not at all."""
    path = _file(home, os.getpid())
    path.parent.mkdir(parents=True, exist_ok=True)
    said = {"at": at.isoformat(), "sweeps": {name: asdict(health) for name, health in sweeps.items()}}
    unfinished = path.with_suffix(".new")
    unfinished.write_text(json.dumps(said), encoding="utf-8")
    unfinished.rename(path)


def fall_silent(home: Path) -> None:
    """This process ends as it should."""
    _file(home, os.getpid()).unlink(missing_ok=True)


def heartbeats(home: Path) -> Iterator[Heartbeat]:
    """The last word of every worker that did not end as it should, or still runs."""
    for path in sorted(_file(home, 0).parent.glob("worker-*.json")):
        try:
            said = json.loads(path.read_text(encoding="utf-8"))
            sweeps = {name: SweepHealth(**health) for name, health in said["sweeps"].items()}
            pid = int(path.stem.removeprefix("worker-"))
            yield Heartbeat(pid=pid, at=datetime.fromisoformat(said["at"]), sweeps=sweeps)
        except (OSError, ValueError, KeyError, TypeError):
            continue


def _file(home: Path, pid: int) -> Path:
    return home / "health" / f"worker-{pid}.json"
