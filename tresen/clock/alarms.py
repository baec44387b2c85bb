"""When to look at a clock again, and what to tell people then."""

from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

import msgspec

from tresen.clock.clocks import Clock, ClockKind, Outcome
from tresen.clock.coverage import act_by
from tresen.clock.fold import TicketState
from tresen.clock.hours import WorkingHours


class NoticeKind(StrEnum):
    """What is told. `CONFIRMED`: the answer can no longer bounce."""

    WARNING = "warning"
    ACT_BY_PASSED = "act_by_passed"
    BREACHED = "breached"
    CONFIRMED = "confirmed"


class Notice(msgspec.Struct, frozen=True, kw_only=True):
    """Something to tell about a clock. `key` is unique in the ticket and the same in every replay; `at` is its time."""

    key: str
    kind: NoticeKind
    clock: str
    at: datetime


def next_alarm(clock: Clock, coverage: WorkingHours, as_of: datetime) -> datetime | None:
    """When this clock must be looked at next: the first thing after `as_of` that passing time alone will change."""
    return alarms(clock, coverage, as_of).next


class Alarms(NamedTuple):
    """The first thing that passing time alone changes about a clock, and the first that is still to come."""

    first: datetime | None
    next: datetime | None


def alarms(clock: Clock, coverage: WorkingHours, as_of: datetime) -> Alarms:
    """When this clock should have been looked at first, had it been known from its start, and when it must be next."""
    moments = sorted([at for _, at, _ in _moments(clock, coverage)])
    return Alarms(moments[0] if moments else None, next((at for at in moments if at > as_of), None))


def notices(state: TicketState, coverage: WorkingHours) -> tuple[Notice, ...]:
    """What has fallen due by the time of the state, in order of time.

    A breach is told at its due time, however late anybody looks; warnings of what is breached by then, or no longer
    running, are stale and left out.
    """
    fallen = [
        Notice(key=":".join(filter(None, (clock.key, kind, name))), kind=kind, clock=clock.key, at=at)
        for clock in state.clocks
        for kind, at, name in _moments(clock, coverage)
        if at <= state.as_of
    ]
    return tuple(sorted(fallen, key=lambda notice: (notice.at, notice.key)))


def _moments(clock: Clock, coverage: WorkingHours) -> Iterator[tuple[NoticeKind, datetime, str]]:
    if clock.outcome is Outcome.RUNNING and clock.due is not None:
        for warning in clock.warnings:
            yield NoticeKind.WARNING, warning.at, warning.name
        act = act_by(clock, coverage)
        if clock.kind is not ClockKind.RESOLUTION and act is not None and not act.unstaffed:
            yield NoticeKind.ACT_BY_PASSED, act.at, ""
        yield NoticeKind.BREACHED, clock.due, ""
    elif clock.breached_at is not None:
        yield NoticeKind.BREACHED, clock.breached_at, ""
    elif clock.provisional_until is not None:
        yield NoticeKind.CONFIRMED, clock.provisional_until, ""
