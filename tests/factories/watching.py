"""What workers do about clocks, without the threads: look what is due, take the steps that follow."""

from datetime import datetime

from tresen.alerts.escalating import escalate_due
from tresen.sla.watching import Watch, sweep


def watched(at: datetime, *, watch: Watch | None = None) -> None:
    """All that is due by then is attended to."""
    sweep(watch or Watch(), at)
    while escalate_due(at):
        pass
