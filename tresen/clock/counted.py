"""What a platform counts of the messages that wait: each one, each unanswered run, each conversation, each window."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta

import msgspec

from tresen.clock.facts import RiskSet
from tresen.clock.obligations import Discharge, Obligation, last_misread
from tresen.clock.rules import Cliff, Measure, Pack, Rules, Unit


class Counted(msgspec.Struct, frozen=True, kw_only=True):
    """One thing the platform counts by one of its limits, as its `pack` has it, and what ended it.

    `message` names it for good: late arrivals have greater ids. `counted_from`: set where the time does not count from
    the message but from a later change; `not_after`: when it was due before a change that allows less and would all
    the same put it off. `live` is false for a misreading, which was known for one by `misread_at`.
    """

    of: Obligation
    cliff: Cliff
    pack: Pack
    message: int
    started_at: datetime
    counted_from: datetime | None = None
    not_after: datetime | None = None
    discharge: Discharge | None = None
    live: bool = True
    misread_at: datetime | None = None

    def due(self, rules: Rules) -> datetime | None:
        """When it is due; None where the hours never come."""
        return self.not_after or self._after(self.counted_from or self.started_at, rules)

    def from_start(self, rules: Rules) -> datetime | None:
        """When it would be due, did it count from its start."""
        return self._after(self.started_at, rules)

    def _after(self, begun: datetime, rules: Rules) -> datetime | None:
        if self.cliff.until is not None:
            return self.cliff.until.after(begun)
        return rules.hours_in(self.pack, self.cliff.hours).add(begun, self.cliff.allowed)


def counted_of(obligations: Iterable[Obligation], risks: Sequence[RiskSet]) -> Iterator[Counted]:
    """All that the platforms count of these obligations, by each of their limits, as the first rules have it."""
    together: dict[tuple[object, ...], tuple[Cliff, list[Obligation]]] = {}
    for one in obligations:
        for cliff in one.limits:
            if cliff.reasons:
                yield from _raised(one, cliff, risks)
            elif _unit(one, cliff) is Unit.MESSAGE:
                yield _counted([one], cliff)
            else:
                together.setdefault(_thread(one, cliff), (cliff, []))[1].append(one)
    for cliff, members in together.values():
        for run in _apart(members, cliff):
            yield _counted(run, cliff)


def _unit(one: Obligation, cliff: Cliff) -> Unit:
    return Unit.TURN if cliff.measure is Measure.WINDOW else one.pack.unit


def _thread(one: Obligation, cliff: Cliff) -> tuple[object, ...]:
    ended = one.platform if _unit(one, cliff) is Unit.TURN else None
    return one.conversation, one.role, cliff.key, ended


def _apart(members: list[Obligation], cliff: Cliff) -> Iterator[list[Obligation]]:
    """The same, cut where so much time went by that the platform begins anew."""
    gap = cliff.allowed if cliff.measure is Measure.WINDOW else members[0].pack.idle
    live = [one for one in members if one.live] or members
    live.sort(key=lambda one: (one.at, one.message))
    run: list[Obligation] = []
    for one in live:
        if run and gap is not None and _begins_anew(run[-1], one, gap):
            yield run
            run = []
        run.append(one)
    yield run


def _begins_anew(before: Obligation, one: Obligation, gap: timedelta) -> bool:
    return one.at - before.at > gap


def _counted(run: Sequence[Obligation], cliff: Cliff) -> Counted:
    first, last = run[0], run[-1]
    # A window opens again with each message; all else counts from the first.
    began = last if cliff.measure is Measure.WINDOW else first
    return Counted(
        of=first,
        cliff=cliff,
        pack=first.pack,
        message=min(one.message for one in run),
        started_at=began.at,
        discharge=first.platform,
        live=first.live,
        misread_at=last_misread(run),
    )


def _raised(one: Obligation, cliff: Cliff, risks: Sequence[RiskSet]) -> Iterator[Counted]:
    found = next((risk.at for risk in risks if risk.reason in cliff.reasons and risk.at >= one.at), None)
    if found is None or (one.platform is not None and one.platform.at < found):
        return
    yield Counted(
        of=one,
        cliff=cliff,
        pack=one.pack,
        message=one.message,
        started_at=one.at,
        counted_from=found if found > one.at else None,
        discharge=one.platform,
        live=one.live,
        misread_at=one.misread_at,
    )
