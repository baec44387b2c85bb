"""Why a clock says what it says, as keys and parameters; the words are somebody else's, in every language."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from tresen.clock.clocks import Clock, ClockKind, Outcome
from tresen.clock.coverage import act_by
from tresen.clock.duties import DUTIES
from tresen.clock.fold import TicketState
from tresen.clock.hours import WorkingHours

type Param = datetime | date | timedelta | int | str

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One sentence of an explanation: its kind and what to put into it. Times are in UTC, dates in the team's zone."""

    key: str
    params: Mapping[str, Param] = field(default_factory=dict)


def explain(
    clock: Clock, state: TicketState, coverage: WorkingHours, *, team: WorkingHours | None = None
) -> tuple[Step, ...]:
    """How this clock came to its due time and its act-by time, step by step.

    `team`: when somebody of the team works, where `coverage` holds the hours of the on-call list besides.

    In order: `received`, `run_began` or `duty_began`; `policy` or `pack`; `target`; `counted_from`, `as_before`; `due`,
    `paused`, `never_due` or `no_deadline`; `platform_limit`; `covered_until`, `on_call_until` or `on_call`,
    `nobody_works`; `act_by` or `unstaffed`; how it ended.
    """
    return tuple(_steps(clock, state, coverage, team or coverage))


def _steps(clock: Clock, state: TicketState, coverage: WorkingHours, team: WorkingHours) -> Iterator[Step]:
    yield from _duty(clock) if clock.kind in DUTIES else _measured(clock)
    yield _due(clock)
    if clock.outcome is Outcome.RUNNING:
        yield from _until_then(clock, state, coverage, team)
    else:
        yield from _ended(clock)


def _duty(clock: Clock) -> Iterator[Step]:
    yield _step("duty_began", kind=clock.kind, metric=clock.metric, at=clock.started_at)
    if clock.pack:
        yield _step("duty_pack", kind=clock.kind, edition=clock.pack)


def _measured(clock: Clock) -> Iterator[Step]:
    yield _step("run_began" if clock.kind is ClockKind.RESOLUTION else "received", at=clock.started_at, role=clock.role)
    if clock.pack:
        yield _step("pack", edition=clock.pack, cliff=clock.metric)
    elif clock.policy_version is not None:
        yield _step("policy", version=clock.policy_version)
    yield _step("target", metric=clock.metric, allowed=clock.allowed, hours=clock.hours)
    if clock.counted_from is not None:
        yield _step("counted_from", at=clock.counted_from)
    if clock.as_before:
        yield _step("as_before")


def _due(clock: Clock) -> Step:
    if clock.due is not None:
        return _step("due", kind=clock.kind, at=clock.due)
    if clock.paused_since is not None:
        return _step("paused", since=clock.paused_since)
    if clock.kind in DUTIES:
        return _step("no_deadline", kind=clock.kind)
    return _step("never_due", hours=clock.hours)


def _until_then(clock: Clock, state: TicketState, coverage: WorkingHours, team: WorkingHours) -> Iterator[Step]:
    limit = _platform_limit(clock, state)
    if limit is not None and limit.due is not None:
        yield _step("platform_limit", at=limit.due, cliff=limit.metric)
    act = act_by(clock, coverage)
    if act is None or clock.due is None or clock.kind is ClockKind.RESOLUTION:
        return
    yield from _gap(clock.due, coverage, team)
    yield _step("unstaffed" if act.unstaffed else "act_by", at=act.at)


def _platform_limit(clock: Clock, state: TicketState) -> Clock | None:
    running = [
        other
        for other in state.clocks
        if clock.kind is ClockKind.OWN
        and other.kind is ClockKind.PLATFORM
        and other.outcome is Outcome.RUNNING
        and (other.conversation, other.role) == (clock.conversation, clock.role)
        and other.due is not None
    ]
    return min(running, key=lambda other: (other.due, other.key), default=None)


def _gap(due: datetime, coverage: WorkingHours, team: WorkingHours) -> Iterator[Step]:
    """Until when somebody works or can be called before the due time, and which whole days nobody does from then on."""
    until, again = coverage.last_open_before(due), coverage.next_open(due)
    worked = team.last_open_before(due)
    if until is None or worked == due:
        return
    if worked is not None:
        yield _step("covered_until", at=worked)
    if until == due:
        yield _step("on_call", at=due)
        return
    if until != worked:
        yield _step("on_call_until", at=until)
    first = (until - timedelta(microseconds=1)).astimezone(coverage.zone).date() + DAY
    last = (due if again is None else again).astimezone(coverage.zone).date() - (DAY if again else timedelta(0))
    if first <= last:
        yield _step("nobody_works", first=first, last=last)


def _ended(clock: Clock) -> Iterator[Step]:
    if clock.breached_at is not None:
        yield _step("breached", at=clock.breached_at)
    if clock.met_at is not None:
        yield _of_duty(clock, "duty_met", at=clock.met_at) if clock.kind in DUTIES else _step("met", at=clock.met_at)
    if clock.outcome is Outcome.MET_PROVISIONAL and clock.provisional_until is not None:
        yield _step("provisional", until=clock.provisional_until)
    if clock.waived_at is not None:
        said: dict[str, Param] = {"at": clock.waived_at, "reason": clock.reason}
        yield _of_duty(clock, "duty_ended", **said) if clock.kind in DUTIES else _step("waived", **said)
    if clock.outcome is Outcome.VOID:
        yield _step("void", reason=clock.reason)


def _of_duty(clock: Clock, key: str, **params: Param) -> Step:
    return _step(key, kind=clock.kind, **params)


def _step(key: str, **params: Param) -> Step:
    return Step(key=key, params=params)
