"""Runs: from opening to solving, and again from each reopening; with the waits in between."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from tresen.clock.facts import Fact, Reopened, Resumed, Solved, Waiting
from tresen.clock.reckoning import Running
from tresen.clock.story import Story


@dataclass(slots=True, kw_only=True)
class Run:
    """One run. `running` holds the stretches between the waits; `begun` is the one that has not ended."""

    number: int
    started_at: datetime
    begun: datetime | None
    ended: list[tuple[datetime, datetime]] = field(default_factory=list)
    paused_since: datetime | None = None
    solved_at: datetime | None = None

    @property
    def running(self) -> Running:
        """The stretches that count. A solved run keeps its last one open: it shows when it would have been due."""
        return (*self.ended, (self.begun, None)) if self.begun else tuple(self.ended)

    def tell(self, fact: Fact) -> None:
        """What this fact does to a run that is not solved; a wait within a wait pauses nothing twice."""
        match fact:
            case Solved():
                self.solved_at = fact.at
            case Waiting(pauses_resolution=True):
                self._pause(fact.at)
            case _:
                self._go_on(fact.at)

    def _pause(self, at: datetime) -> None:
        if self.begun is not None:
            self.ended.append((self.begun, at))
            self.begun, self.paused_since = None, at

    def _go_on(self, at: datetime) -> None:
        if self.begun is None:
            self.begun, self.paused_since = at, None


def runs_of(story: Story, started_at: datetime) -> list[Run]:
    """The runs of a ticket that was opened at this instant, in order. What happened before it belongs to none."""
    runs = [Run(number=1, started_at=started_at, begun=started_at)]
    for fact in _turning_points(story):
        run = runs[-1]
        if fact.at < started_at:
            continue
        if run.solved_at is None:
            run.tell(fact)
        elif isinstance(fact, Reopened):
            runs.append(Run(number=run.number + 1, started_at=fact.at, begun=fact.at))
    return runs


def _turning_points(story: Story) -> Iterable[Fact]:
    return story.each_of(Waiting, Resumed, Solved, Reopened)
