"""Whether a step of a ladder is taken now, later or never. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from tresen.clock.clocks import Clock, ClockKind, Outcome
from tresen.clock.hours import WorkingHours
from tresen.sla.ladders import Moment, Rung, Step
from tresen.sla.models import StepOutcome

OVER = frozenset({Outcome.MET, Outcome.MET_PROVISIONAL, Outcome.WAIVED, Outcome.VOID})


@dataclass(frozen=True, slots=True)
class Take:
    """Now. `act`: what was asked for is still open, so that reassigning and raising still help."""

    act: bool


@dataclass(frozen=True, slots=True)
class Wait:
    """Not before then: nobody whom it would tell has worked long enough since."""

    until: datetime


@dataclass(frozen=True, slots=True)
class Drop:
    """Never: there is nothing left to tell."""

    outcome: StepOutcome


type Decision = Take | Wait | Drop


def decide(
    step: Step,
    *,
    clock: Clock | None,
    fell_due_at: datetime,
    hours: Iterable[WorkingHours],
    limits: Iterable[datetime],
    at: datetime,
) -> Decision:
    """What becomes of a step whose time has come by the wall clock.

    `hours` are those of whom it would tell, `limits` when the platform's running clocks of the ticket run out.
    """
    if clock is None or clock.outcome is Outcome.VOID:
        return Drop(StepOutcome.DISCHARGED)
    if step.when is not Moment.BREACHED:
        return Take(act=True) if clock.outcome is Outcome.RUNNING else Drop(_why_not(clock))
    answered = clock.outcome in OVER or clock.met_at is not None or clock.waived_at is not None
    if clock.breached_at is None or (answered and step.minutes):
        return Drop(StepOutcome.DISCHARGED)
    until = _worked(step, since=fell_due_at, hours=hours) if step.minutes else None
    if until is None or until <= at or any(at < limit <= until for limit in limits):
        return Take(act=not answered)  # a missed limit is told once, also when an answer came too late
    return Wait(until=until)


def running_limits(clocks: Iterable[Clock]) -> list[datetime]:
    """When the platform's clocks among these run out."""
    return [
        clock.due
        for clock in clocks
        if clock.kind is ClockKind.PLATFORM and clock.outcome is Outcome.RUNNING and clock.due is not None
    ]


def _why_not(clock: Clock) -> StepOutcome:
    """What a warning was about has come already, or was settled in time."""
    return StepOutcome.STALE if clock.outcome is Outcome.BREACHED else StepOutcome.DISCHARGED


def _worked(step: Step, *, since: datetime, hours: Iterable[WorkingHours]) -> datetime | None:
    """When the first of them has worked so long; the on-call address counts around the clock."""
    if Rung.ON_CALL in step.notify:
        return since + step.after
    reached = [at for one in hours if (at := one.add(since, step.after)) is not None]
    return min(reached, default=None)
