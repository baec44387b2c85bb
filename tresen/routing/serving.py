"""How "next" finds an agent's ticket: who asks, in which order the queues are looked through, and one lease."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from django.db import connection

from tresen.accounts.models import Experience
from tresen.accounts.scope import Scope
from tresen.routing import next_rows as sql
from tresen.routing.choosing import OWN, Branch, Taker, Work, branches, lane_of, speaks
from tresen.routing.models import Lane
from tresen.routing.queues import within
from tresen.routing.takers import channel_keys, takers_of

MOST_TRIES = 50
"""A ticket that somebody leased between our reading and our writing is left to him, and the next one is tried."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """A team's lanes as its lead has shared them out, and what the others work on now."""

    shares: Mapping[Lane, int]
    working: Mapping[Lane, int]
    experienced_at_work: bool


def serve(agent_id: int, *, scope: Scope, at: datetime, until: datetime) -> int | None:
    """Lease the right next ticket to the agent `until` then; None where there is none. A fixed number of statements."""
    taker = takers_of([agent_id], at=at).get(agent_id)
    if taker is None:
        return None
    inside = within(scope)
    params: dict[str, Any] = {**inside.params, "agent": agent_id, "at": at, "until": until}
    looked_through = {team: list(_branches(taker, shift)) for team, shift in _shifts(params).items()}
    params["lost_rank"] = min(
        (branch.rank for each in looked_through.values() for branch in each if branch.lane is Lane.LOST), default=OWN
    )
    found = [sql.OWN_FIRST]
    if not taker.is_full:
        found += _free(taker, looked_through, params)
    able = _able(taker, params)
    statement = sql.NEXT.format(found=" UNION ALL ".join(found).format(in_scope=inside.clause, able=able))
    with connection.cursor() as cursor:
        for _ in range(MOST_TRIES):
            cursor.execute(statement, params)
            something, leased = cursor.fetchone()
            if leased is not None or not something:
                return cast("int | None", leased)
    return None


def _branches(taker: Taker, shift: Shift) -> Iterator[Branch]:
    return branches(
        shift.shares,
        shift.working,
        newcomer=taker.experience is Experience.NEWCOMER,
        experienced_at_work=shift.experienced_at_work,
    )


def _free(taker: Taker, looked_through: Mapping[int, list[Branch]], params: dict[str, Any]) -> Iterator[str]:
    """What is asked about tickets that nobody is assigned to; adds the branches to `params`."""
    spoken = _spoken(params)
    named: dict[str, list[tuple[int, str, Branch]]] = defaultdict(list)
    for team, found in looked_through.items():
        known = [language for language in spoken.get(team, ()) if speaks(taker, Work(language=language))]
        for branch in found:
            named[_statement(branch)] += [(team, language, branch) for language in known]
    for name, statement in _STATEMENTS.items():
        if rows := named[name]:
            params[f"{name}_teams"] = [team for team, _, _ in rows]
            params[f"{name}_languages"] = [language for _, language, _ in rows]
            params[f"{name}_lowest"] = [branch.lowest for _, _, branch in rows]
            params[f"{name}_highest"] = [branch.highest for _, _, branch in rows]
            params[f"{name}_ranks"] = [branch.rank for _, _, branch in rows]
            yield statement


_STATEMENTS = {"free": sql.FREE, "buying": sql.FREE_BEFORE_BUYING, "others": sql.FREE_BUT_BUYING}


def _statement(branch: Branch) -> str:
    """By which of them a branch is looked through."""
    if branch.lane is Lane.PRE_SALE:
        return "buying"
    return "others" if branch.apart else "free"


def _spoken(params: Mapping[str, Any]) -> Mapping[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(sql.SPOKEN, params)
        for team, language in cursor:
            found[team].append(language)
    return found


def _shifts(params: Mapping[str, Any]) -> Mapping[int, Shift]:
    shares: dict[int, dict[Lane, int]] = defaultdict(dict)
    working: dict[int, dict[Lane, int]] = defaultdict(lambda: defaultdict(int))
    experienced = set()
    with connection.cursor() as cursor:
        cursor.execute(sql.SHARES, params)
        for team, lane, percent in cursor:
            shares[team][Lane(lane)] = percent
        cursor.execute(sql.AT_WORK, params)
        for team, tier, pre_sale, count, more_than_newcomers in cursor:
            working[team][lane_of(tier, pre_sale=pre_sale)] += count
            if more_than_newcomers:
                experienced.add(team)
    return {
        team: Shift(shares=shares[team], working=working[team], experienced_at_work=team in experienced)
        for team in params["teams"]
    }


def _able(taker: Taker, params: dict[str, Any]) -> str:
    """What a free ticket must be like for the agent to be able to answer it."""
    conditions = []
    if taker.channels:
        params["channels"] = sorted(taker.channels)
        conditions.append(sql.OF_CHANNELS)
    if lacking := _skills_of_others() - taker.skills:
        params["lacking"] = sorted(lacking)
        conditions.append(sql.WITHOUT_SKILLS)
    return " ".join(conditions)


def _skills_of_others() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(sql.SKILLS)
        return {skill for (skill,) in cursor} - channel_keys()
