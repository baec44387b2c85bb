"""The workers of this machine, by what they last said."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tresen.local.doctor.findings import Finding, Fine, Patient, Wrong
from tresen.local.heartbeat import Heartbeat, heartbeats

SILENT_AFTER = timedelta(seconds=30)
START_AGAIN = "Stop and start tresen serve (or tresen work); what it says then names the reason."


def look_at_workers(patient: Patient) -> Iterator[Finding]:
    """Does one run, and does its work succeed?"""
    now = datetime.now(tz=UTC)
    alive = [heard for heard in heartbeats(patient.home) if Path(f"/proc/{heard.pid}").exists()]
    if not alive:
        yield Wrong(
            what="No worker runs on this machine: no mail is fetched, no reply sent, no clock watched from here.",
            advice="Start tresen serve (or tresen work); fine if another machine does that.",
        )
    for heard in alive:
        yield from _about(heard, now)


def _about(heard: Heartbeat, now: datetime) -> Iterator[Finding]:
    if now - heard.at > SILENT_AFTER:
        seconds = int((now - heard.at).total_seconds())
        yield Wrong(what=f"Worker {heard.pid} has said nothing for {seconds} seconds.", advice=START_AGAIN)
        return
    failing = {name: health for name, health in heard.sweeps.items() if health.failures}
    for name, health in failing.items():
        yield Wrong(
            what=f"{name} fails ({health.failures} times in a row): {health.problem}",
            advice="It is tried again by itself; if it goes on, look into the worker's log.",
        )
    if not failing:
        yield Fine(what=f"Worker {heard.pid} ({len(heard.sweeps)} sweeps)")
