"""The last moment at which somebody can still act before a clock runs out."""

from datetime import datetime
from typing import NamedTuple

from tresen.clock.clocks import Clock
from tresen.clock.hours import WorkingHours


class ActBy(NamedTuple):
    """When to act. `unstaffed`: nobody works between the start and the due time; then it is the start."""

    at: datetime
    unstaffed: bool


def act_by(clock: Clock, coverage: WorkingHours) -> ActBy | None:
    """When to act to keep this clock, by who works when; None for a clock that is never due."""
    if clock.due is None:
        return None
    covered = coverage.last_open_before(clock.due)
    if covered is None or covered <= clock.started_at:
        return ActBy(clock.started_at, unstaffed=True)
    return ActBy(covered, unstaffed=False)
