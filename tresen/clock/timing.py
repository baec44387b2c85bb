"""The clocks of a ticket: by what the platform counts and its cliffs, by turn (own) and by run (resolution)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from msgspec.structs import asdict

from tresen.clock.clocks import MISREAD, Clock, ClockKind, EarlyWarning, Outcome, Verdict, verdict
from tresen.clock.counted import Counted, counted_of
from tresen.clock.facts import Metric, PolicyApplied, RiskSet, Target
from tresen.clock.obligations import Discharge, Obligation
from tresen.clock.reckoning import Reckon, Running, due_first, due_over, early_warnings, running_since, standing
from tresen.clock.recounting import recounted
from tresen.clock.rules import Measure, Rules
from tresen.clock.runs import Run
from tresen.clock.turns import Turn

MINUTE = timedelta(minutes=1)


type Struck = Mapping[str, datetime]
"""When clocks were struck out, by their keys: no edit after that makes anything else of them."""


def platform_clocks(
    obligations: Iterable[Obligation], risks: Sequence[RiskSet], struck: Struck, rules: Rules, as_of: datetime
) -> Iterator[Clock]:
    """A clock for each thing the platform counts and each limit it has for it, all running from the message on."""
    for first in counted_of(obligations, risks):
        key = f"{_MEASURES[first.cliff.measure]}:{first.message}:{first.cliff.key}"
        ended_at = _first(first.discharge.at if first.discharge else None, first.misread_at, struck.get(key))
        counted = recounted(first, rules, ended_at=ended_at)
        if counted is None:
            continue
        obligation, cliff, kind = counted.of, counted.cliff, _MEASURES[counted.cliff.measure]
        due = counted.due(rules)
        found = verdict(due, counted.discharge, as_of) if counted.live else MISREAD
        yield Clock(
            key=key,
            kind=kind,
            metric=cliff.key,
            conversation=obligation.conversation,
            role=obligation.role,
            message=counted.message,
            started_at=counted.started_at,
            allowed=cliff.allowed if cliff.until is None or due is None else due - counted.started_at,
            hours=cliff.hours,
            due=due,
            counted_from=counted.counted_from,
            as_before=counted.not_after is not None and due == counted.not_after,
            pack=counted.pack.edition,
            warnings=_closing_warnings(counted, due) if found.outcome is Outcome.RUNNING else (),
            **asdict(found),
        )


_MEASURES = {
    Measure.LIMIT: ClockKind.PLATFORM,
    Measure.AVERAGE: ClockKind.AVERAGE,
    Measure.WINDOW: ClockKind.WINDOW,
}


def _closing_warnings(counted: Counted, due: datetime | None) -> tuple[EarlyWarning, ...]:
    if due is None:
        return ()
    begun = counted.counted_from or counted.started_at
    moments = [(f"{int(left / MINUTE)}min", due - left) for left in counted.cliff.warn_before]
    return tuple(EarlyWarning(name, at) for name, at in sorted(moments, key=lambda each: each[1]) if at > begun)


def own_clocks(
    turns: Iterable[Turn], applied: Sequence[PolicyApplied], struck: Struck, rules: Rules, as_of: datetime
) -> Iterator[Clock]:
    """A clock for each turn whose policy has a target for it, in the policy's hours."""
    for turn in turns:
        metric = Metric.FIRST_REPLY if turn.first else Metric.NEXT_REPLY
        key = f"own:{turn.key_message}"
        ended_at = _first(turn.discharge.at if turn.discharge else None, turn.misread_at, struck.get(key))
        concerning = _concerning(applied, turn.conversation)
        known = standing(concerning, metric, turn.started_at, ended_at, _reckoning_turn(turn, rules))
        if known is None:
            continue
        found = verdict(known.due, turn.discharge, as_of) if turn.live else MISREAD
        running: Running = ((turn.started_at, None),)
        yield Clock(
            key=key,
            kind=ClockKind.OWN,
            metric=metric,
            conversation=turn.conversation,
            role=turn.role,
            message=turn.key_message,
            started_at=turn.started_at,
            allowed=known.target.allowed,
            hours=known.target.hours,
            due=known.due,
            counted_from=known.counted_from,
            as_before=known.as_before,
            policy_version=known.policy.policy_version,
            warnings=early_warnings(known, running, rules) if found.outcome is Outcome.RUNNING else (),
            **asdict(found),
        )


def resolution_clocks(
    runs: Iterable[Run],
    first: Obligation,
    applied: Sequence[PolicyApplied],
    struck: Struck,
    rules: Rules,
    as_of: datetime,
) -> Iterator[Clock]:
    """A clock for each run, by the policy of the conversation that opened the ticket with `first`."""
    concerning = _concerning(applied, first.conversation)
    for run in runs:
        key = f"resolution:{run.number}"
        ended_at = _first(run.solved_at, first.misread_at, struck.get(key))
        known = standing(concerning, Metric.RESOLUTION, run.started_at, ended_at, _reckoning_run(run, rules))
        if known is None:
            continue
        found = _resolved(known.due, run, as_of) if first.live else MISREAD
        yield Clock(
            key=key,
            kind=ClockKind.RESOLUTION,
            metric=Metric.RESOLUTION,
            conversation=first.conversation,
            role=first.role,
            message=first.message,
            started_at=run.started_at,
            allowed=known.target.allowed,
            hours=known.target.hours,
            due=known.due,
            counted_from=known.counted_from,
            as_before=known.as_before,
            paused_since=run.paused_since if found.outcome is Outcome.PAUSED else None,
            policy_version=known.policy.policy_version,
            warnings=early_warnings(known, run.running, rules) if found.outcome is Outcome.RUNNING else (),
            **asdict(found),
        )


def _resolved(due: datetime | None, run: Run, as_of: datetime) -> Verdict:
    if run.solved_at is not None:
        return verdict(due, Discharge(at=run.solved_at), as_of)
    if due is None and run.paused_since is not None:
        return Verdict(Outcome.PAUSED)
    return verdict(due, None, as_of)


def _reckoning_turn(turn: Turn, rules: Rules) -> Reckon:
    def reckon(target: Target, since: datetime | None) -> datetime | None:
        hours = rules.hours_of(target.hours)
        return due_first(turn.messages, target.allowed, hours) if since is None else hours.add(since, target.allowed)

    return reckon


def _reckoning_run(run: Run, rules: Rules) -> Reckon:
    def reckon(target: Target, since: datetime | None) -> datetime | None:
        running = run.running if since is None else running_since(run.running, since)
        return due_over(running, target.allowed, rules.hours_of(target.hours))

    return reckon


def _first(*ends: datetime | None) -> datetime | None:
    return min((end for end in ends if end is not None), default=None)


def _concerning(applied: Sequence[PolicyApplied], conversation: int) -> list[PolicyApplied]:
    return [policy for policy in applied if policy.conversation is None or policy.conversation == conversation]
