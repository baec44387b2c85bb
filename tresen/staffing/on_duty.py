"""Whose shift it is at an instant, since when, and how much they have worked since. Pure."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain

from tresen.clock.hours import NOTHING
from tresen.clock.stretches import Opening, common, joined, without
from tresen.staffing.presence import TeamPlan, coverage, presences, shares

PAUSE = timedelta(hours=2)
"""Who is away for no longer and comes back has had a break: their shift goes on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OnDuty:
    """`since`: when each agent whose shift it is came; `covered`: the same of teams that work, but nobody says who.

    `worked`: the person-time of both since then, by team, shared as in crews. Breaks are no work.
    """

    since: Mapping[int, datetime]
    covered: Mapping[int, datetime]
    worked: Mapping[int, timedelta]


def on_duty(plans: Collection[TeamPlan], *, at: datetime, earliest: datetime) -> OnDuty:
    """Whose shift it is `at`; what lies before `earliest` counts for nothing. Lay out the plans until PAUSE later."""
    span = earliest, at + PAUSE
    present = {plan.team: presences(plan, start=span[0], end=span[1]) for plan in plans}
    unnamed = {plan.team: _unnamed(plan, present[plan.team].values(), span) for plan in plans}
    everywhere: defaultdict[int, list[Sequence[Opening]]] = defaultdict(list)
    for people in present.values():
        for agent, openings in people.items():
            everywhere[agent].append(openings)
    since = _begun({agent: list(chain.from_iterable(each)) for agent, each in everywhere.items()}, at)
    covered = _begun(unnamed, at)
    worked = {
        team: sum(
            (_shared(people[agent], everywhere[agent], (came, at)) for agent, came in since.items() if agent in people),
            _lasting(common(unnamed[team], [(covered[team], at)])) if team in covered else NOTHING,
        )
        for team, people in present.items()
    }
    return OnDuty(since=since, covered=covered, worked=worked)


def _unnamed(plan: TeamPlan, people: Iterable[Sequence[Opening]], span: Opening) -> list[Opening]:
    return without(coverage(plan).openings(*span), list(chain.from_iterable(people)))


def _begun(openings: Mapping[int, Sequence[Opening]], at: datetime) -> dict[int, datetime]:
    found = {key: _beginning(each, at) for key, each in openings.items()}
    return {key: came for key, came in found.items() if came is not None}


def _beginning(openings: Iterable[Opening], at: datetime) -> datetime | None:
    """When the shift began within which `at` lies."""
    shifts = joined((begins, ends + PAUSE) for begins, ends in openings)
    return next((begins for begins, ends in shifts if begins <= at < ends - PAUSE), None)


def _shared(mine: Sequence[Opening], everywhere: Sequence[Sequence[Opening]], span: Opening) -> timedelta:
    return sum(
        (_lasting(common([opening], [span])) / teams for opening, teams in shares(mine, everywhere)), start=NOTHING
    )


def _lasting(openings: Iterable[Opening]) -> timedelta:
    return sum((ends - begins for begins, ends in openings), start=NOTHING)
