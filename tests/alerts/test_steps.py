"""Whether a step of a ladder is taken now, later or never."""

from datetime import UTC, datetime, timedelta

import pytest

from tresen.alerts.steps import Decision, Drop, Take, Wait, decide
from tresen.clock.clocks import Clock, ClockKind, Outcome
from tresen.clock.hours import ALWAYS, WorkingHours
from tresen.sla.ladders import Moment, Rung, Step
from tresen.sla.models import StepOutcome

HOUR = timedelta(hours=1)
DUE = datetime(2026, 11, 20, 17, 0, tzinfo=UTC)
"""A Friday at five: the office closes at six."""
OFFICE = WorkingHours("UTC", {day: [("09:00", "18:00")] for day in range(5)})
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)

WARNED = Step(when=Moment.WARNING, notify=(Rung.ASSIGNEE,))
MISSED = Step(when=Moment.BREACHED, notify=(Rung.ASSIGNEE,))
STILL_OPEN = Step(when=Moment.BREACHED, minutes=120, notify=(Rung.ADMIN,))
CALLED = Step(when=Moment.BREACHED, minutes=120, notify=(Rung.ON_CALL,))


def a_clock(outcome: Outcome = Outcome.BREACHED, **given: object) -> Clock:
    breached = {"breached_at": DUE} if outcome is Outcome.BREACHED else {}
    return Clock(
        key="own:1",
        kind=ClockKind.OWN,
        metric="first_reply",
        conversation=1,
        role="buyer",
        message=1,
        started_at=DUE - 8 * HOUR,
        allowed=8 * HOUR,
        hours="always",
        due=DUE,
        outcome=outcome,
        **breached,
        **given,
    )


def decided(
    step: Step,
    clock: Clock | None,
    *,
    at: datetime = DUE,
    hours: tuple[WorkingHours, ...] = (ALWAYS,),
    limits: tuple[datetime, ...] = (),
) -> Decision:
    return decide(step, clock=clock, fell_due_at=DUE, hours=hours, limits=limits, at=at)


@pytest.mark.parametrize(
    ("outcome", "decision"),
    [
        (Outcome.RUNNING, Take(act=True)),
        (Outcome.BREACHED, Drop(StepOutcome.STALE)),
        (Outcome.MET, Drop(StepOutcome.DISCHARGED)),
        (Outcome.WAIVED, Drop(StepOutcome.DISCHARGED)),
        (Outcome.PAUSED, Drop(StepOutcome.DISCHARGED)),
        (Outcome.VOID, Drop(StepOutcome.DISCHARGED)),
    ],
)
def test_a_warning_is_told_only_while_its_clock_runs(outcome: Outcome, decision: Decision) -> None:
    assert decided(WARNED, a_clock(outcome)) == decision


def test_a_missed_limit_is_told_also_when_the_answer_came_too_late_but_nothing_is_done_then() -> None:
    assert decided(MISSED, a_clock()) == Take(act=True)
    assert decided(MISSED, a_clock(met_at=DUE + HOUR)) == Take(act=False)


@pytest.mark.parametrize("clock", [None, a_clock(Outcome.VOID), a_clock(Outcome.RUNNING), a_clock(Outcome.MET)])
def test_a_breach_that_is_no_breach_any_more_is_not_told(clock: Clock | None) -> None:
    assert decided(MISSED, clock) == Drop(StepOutcome.DISCHARGED)


@pytest.mark.parametrize("ended", [{"met_at": DUE + HOUR}, {"waived_at": DUE + HOUR}])
def test_what_is_answered_climbs_no_further(ended: dict[str, datetime]) -> None:
    assert decided(STILL_OPEN, a_clock(**ended), at=DUE + 2 * HOUR) == Drop(StepOutcome.DISCHARGED)


def test_time_after_the_limit_is_counted_in_the_recipients_working_time() -> None:
    """Two hours after Friday at five, for somebody who goes home at six, is Monday at ten."""
    later = DUE + 2 * HOUR
    assert decided(STILL_OPEN, a_clock(), at=later, hours=(OFFICE,)) == Wait(until=MONDAY + HOUR)
    assert decided(STILL_OPEN, a_clock(), at=MONDAY + HOUR, hours=(OFFICE,)) == Take(act=True)


def test_who_works_first_is_waited_for() -> None:
    assert decided(STILL_OPEN, a_clock(), at=DUE + 2 * HOUR, hours=(OFFICE, ALWAYS)) == Take(act=True)


def test_nobody_is_waited_for_while_a_platforms_limit_would_pass() -> None:
    later, saturday = DUE + 2 * HOUR, DUE + 20 * HOUR
    assert decided(STILL_OPEN, a_clock(), at=later, hours=(OFFICE,), limits=(saturday,)) == Take(act=True)
    after_all = MONDAY + 2 * HOUR
    assert decided(STILL_OPEN, a_clock(), at=later, hours=(OFFICE,), limits=(after_all,)) == Wait(until=MONDAY + HOUR)


def test_the_on_call_address_never_sleeps() -> None:
    assert decided(CALLED, a_clock(), at=DUE + 2 * HOUR, hours=()) == Take(act=True)
