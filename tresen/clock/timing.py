"""The clocks of a ticket: one for each obligation and cliff (platform), each turn (own) and each run (resolution)."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from msgspec.structs import asdict

from tresen.clock.clocks import MISREAD, Clock, ClockKind, Outcome, Verdict, verdict
from tresen.clock.facts import Metric, PolicyApplied, Target
from tresen.clock.obligations import Discharge, Obligation
from tresen.clock.reckoning import Reckon, Running, due_first, due_over, early_warnings, running_since, standing
from tresen.clock.rules import NO_LIMIT, Rules
from tresen.clock.runs import Run
from tresen.clock.turns import Turn


def platform_clocks(obligations: Iterable[Obligation], rules: Rules, as_of: datetime) -> Iterator[Clock]:
    """A clock for each obligation and cliff of its conversation's pack, all running from the message on."""
    for obligation in obligations:
        pack = rules.packs.get(obligation.conversation, NO_LIMIT)
        for cliff in pack.cliffs:
            due = rules.hours_of(cliff.hours).add(obligation.at, cliff.allowed)
            found = verdict(due, obligation.platform, as_of) if obligation.live else MISREAD
            yield Clock(
                key=f"platform:{obligation.message}:{cliff.key}",
                kind=ClockKind.PLATFORM,
                metric=cliff.key,
                conversation=obligation.conversation,
                role=obligation.role,
                message=obligation.message,
                started_at=obligation.at,
                allowed=cliff.allowed,
                hours=cliff.hours,
                due=due,
                pack=pack.edition,
                **asdict(found),
            )


def own_clocks(
    turns: Iterable[Turn], applied: Sequence[PolicyApplied], rules: Rules, as_of: datetime
) -> Iterator[Clock]:
    """A clock for each turn whose policy has a target for it, in the policy's hours."""
    for turn in turns:
        metric = Metric.FIRST_REPLY if turn.first else Metric.NEXT_REPLY
        ended_at = turn.discharge.at if turn.discharge else None
        concerning = _concerning(applied, turn.conversation)
        known = standing(concerning, metric, turn.started_at, ended_at, _reckoning_turn(turn, rules))
        if known is None:
            continue
        found = verdict(known.due, turn.discharge, as_of) if turn.live else MISREAD
        running: Running = ((turn.started_at, None),)
        yield Clock(
            key=f"own:{turn.key_message}",
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
            policy_version=known.policy.policy_version,
            warnings=early_warnings(known, running, rules) if found.outcome is Outcome.RUNNING else (),
            **asdict(found),
        )


def resolution_clocks(
    runs: Iterable[Run], first: Obligation, applied: Sequence[PolicyApplied], rules: Rules, as_of: datetime
) -> Iterator[Clock]:
    """A clock for each run, by the policy of the conversation that opened the ticket with `first`."""
    concerning = _concerning(applied, first.conversation)
    for run in runs:
        known = standing(concerning, Metric.RESOLUTION, run.started_at, run.solved_at, _reckoning_run(run, rules))
        if known is None:
            continue
        found = _resolved(known.due, run, as_of) if first.live else MISREAD
        yield Clock(
            key=f"resolution:{run.number}",
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


def _concerning(applied: Sequence[PolicyApplied], conversation: int) -> list[PolicyApplied]:
    return [policy for policy in applied if policy.conversation is None or policy.conversation == conversation]
