"""When a clock is due: over stretches in which it runs, and through changes of its policy."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta

import msgspec
from msgspec.structs import replace

from tresen.clock.clocks import EarlyWarning
from tresen.clock.facts import Counting, Metric, PolicyApplied, Target
from tresen.clock.hours import NOTHING, WorkingHours
from tresen.clock.obligations import Obligation
from tresen.clock.rules import Rules

MINUTE = timedelta(minutes=1)

type Running = tuple[tuple[datetime, datetime | None], ...]
"""The stretches [from, to) in which a clock ran, in order; the last may be open."""

type Reckon = Callable[[Target, datetime | None], datetime | None]
"""When this target is due, counted from the clock's start or, if given, from an instant within its time."""


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """The target that counts in the end, the policy it came from, and when it is due.

    `counted_from` is the change of policy, where its time counts from there instead of from the start. `as_before`: it
    stays due when it was due before that change.
    """

    metric: Metric
    target: Target
    policy: PolicyApplied
    due: datetime | None
    counted_from: datetime | None
    as_before: bool = False


def standing(
    applied: Sequence[PolicyApplied], metric: Metric, started_at: datetime, ended_at: datetime | None, reckon: Reckon
) -> Standing | None:
    """What counts after all policies were applied in order; None where none of them sets this target.

    The policy in force at the start, or else the first one, counts as if it had always been there. A later one
    changes the clock only while it is open and not yet breached, and only if it sets another target: so applying the
    same policy twice moves nothing. Old results stand. How a later one counts for a running clock, it says itself; in
    no way is a clock due before the change that made it so, and one that allows less puts off nothing.
    """
    known: Standing | None = None
    first = True
    for policy in applied:
        target = _target(policy, metric)
        changes = not first and policy.at > started_at
        if changes and (_over(ended_at, policy.at) or (known is not None and _over(known.due, policy.at))):
            break
        if changes and policy.counting is Counting.NEW_CLOCKS:
            continue
        first = False
        if target is None:
            known = None
        elif known is not None and known.target == target:
            known = replace(known, policy=policy)
        else:
            known = _standing(policy, metric, target, reckon, before=known if changes else None, changes=changes)
    return known


def due_first(obligations: Iterable[Obligation], allowed: timedelta, hours: WorkingHours) -> datetime | None:
    """The earliest of each message's time and the allowed time.

    A message that a second reading found to expect an answer when its time was over counts from that reading:
    nothing is late before anybody could know.
    """
    dues = []
    for obligation in obligations:
        due = hours.add(obligation.at, allowed)
        if due is not None and due <= obligation.known_at:
            due = hours.add(obligation.known_at, allowed)
        if due is not None:
            dues.append(due)
    return min(dues, default=None)


def due_over(running: Running, allowed: timedelta, hours: WorkingHours) -> datetime | None:
    """When `allowed` is used up over these stretches; None if it is not, or never will be."""
    left = allowed
    for begun, ended in running:
        if ended is None:
            return hours.add(begun, left)
        worked = hours.between(begun, ended)
        if worked >= left:
            return hours.add(begun, left)
        left -= worked
    return None


def running_since(running: Running, since: datetime) -> Running:
    """What remains of these stretches from an instant on."""
    return tuple((max(begun, since), ended) for begun, ended in running if ended is None or ended > since)


def worked_until(running: Running, until: datetime, hours: WorkingHours) -> timedelta:
    """The working time of these stretches up to an instant."""
    return sum(
        (
            hours.between(begun, until if ended is None else min(ended, until))
            for begun, ended in running
            if begun < until
        ),
        NOTHING,
    )


def early_warnings(known: Standing, running: Running, rules: Rules) -> tuple[EarlyWarning, ...]:
    """When the policy's warnings fall due, the earliest first; one that would come before the start is left out."""
    told = known.policy.warnings_of(known.metric)
    if known.due is None or not (told.percent or told.before):
        return ()
    hours = rules.hours_of(known.target.hours)
    whole = worked_until(running, known.due, hours)
    moments = [(whole * percent / 100, f"{percent}%") for percent in told.percent]
    moments += [(whole - left, f"{left // MINUTE}min") for left in told.before]
    warnings = [
        EarlyWarning(name, at)
        for worked, name in sorted(moments)
        if NOTHING < worked < whole and (at := due_over(running, worked, hours)) is not None
    ]
    return tuple(warnings)


class Before(msgspec.Struct, frozen=True):
    """What a change finds: when the clock is due, and when it would be, had it always counted from its start."""

    due: datetime | None
    from_start: datetime | None


def is_put_off(anew: datetime | None, from_start: datetime | None, before: Before | None) -> bool:
    """Whether counted anew from a change a clock would be due later than before, although the change allows less.

    It allows less where the clock would have been due earlier, had it counted from its start both times.
    """
    if before is None or before.due is None or before.from_start is None or from_start is None:
        return False
    return from_start < before.from_start and (anew is None or anew > before.due)


def _standing(
    policy: PolicyApplied, metric: Metric, target: Target, reckon: Reckon, *, before: Standing | None, changes: bool
) -> Standing:
    known = Standing(metric=metric, target=target, policy=policy, due=reckon(target, None), counted_from=None)
    from_now = policy.counting is Counting.FROM_NOW
    if not changes or not (from_now or _over(known.due, policy.at)):
        return known
    anew = reckon(target, policy.at)
    found = Before(before.due, reckon(before.target, None)) if before else None
    if found is not None and is_put_off(anew, known.due, found):
        return replace(known, due=found.due, counted_from=policy.at, as_before=True)
    return replace(known, due=anew, counted_from=policy.at)


def _target(policy: PolicyApplied, metric: Metric) -> Target | None:
    match metric:
        case Metric.FIRST_REPLY:
            return policy.first_reply
        case Metric.NEXT_REPLY:
            return policy.next_reply
        case Metric.RESOLUTION:
            return policy.resolution


def _over(ended: datetime | None, at: datetime) -> bool:
    return ended is not None and ended <= at
