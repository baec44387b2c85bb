"""Which clocks a figure counts: one condition for the figure and for the list behind it, so that both agree."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from tresen.accounts.scope import Scope

NOBODY = 0
"""Stands for the agent where none of ours ended a clock."""

MOMENT = timedelta(microseconds=1)

ANSWERED = "clock.outcome IN ('met', 'met_provisional')"
STILL_OPEN = "clock.outcome IN ('running', 'paused')"
MISSED = "clock.outcome = 'breached' AND (clock.met_at IS NOT NULL OR clock.waived_at IS NULL)"
"""What a platform counts as missed: late, or not answered; what was marked there as needing none is taken out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Slice:
    """The clocks that began in [since, until), of one channel, store, team or agent where these are given."""

    since: datetime
    until: datetime
    channel: str = ""
    store: int | None = None
    team: int | None = None
    agent: int | None = None


def looking_back(over: timedelta, *, at: datetime, store: int) -> Slice:
    """A platform's window: what began after `at - over`, up to and with `at`; what leaves it at `at` is out."""
    return Slice(since=at - over + MOMENT, until=at + MOMENT, store=store)


@dataclass(frozen=True, slots=True)
class Within:
    """A condition on `clock` in SQL, and its parameters."""

    clause: str
    params: dict[str, Any]


def within(wanted: Slice, scope: Scope) -> Within:
    """The clocks of the slice that the scope shows."""
    clauses = ["clock.started_at >= %(since)s", "clock.started_at < %(until)s"]
    params: dict[str, Any] = {"since": wanted.since, "until": wanted.until}
    if wanted.channel:
        clauses.append("clock.store_id IN (SELECT id FROM stores_store WHERE channel = %(channel)s)")
        params["channel"] = wanted.channel
    for name, value in (("store", wanted.store), ("team", wanted.team)):
        if value is not None:
            clauses.append(f"clock.{name}_id = %({name})s")
            params[name] = value
    if wanted.agent is not None:
        clauses.append("coalesce(clock.ended_by_id, 0) = %(agent)s")
        params["agent"] = wanted.agent
    shown = shown_by(scope)
    return Within(" AND ".join([*clauses, shown.clause]), params | shown.params)


def shown_by(scope: Scope) -> Within:
    """The clocks that the scope shows."""
    clauses: list[str] = ["true"]
    params: dict[str, Any] = {}
    if scope.teams is not None:
        clauses.append("clock.team_id = ANY(%(teams)s::bigint[])")
        params["teams"] = sorted(scope.teams)
    if scope.stores is not None and scope.brands is not None:
        clauses.append("(clock.store_id = ANY(%(stores)s::bigint[]) OR clock.brand_id = ANY(%(brands)s::bigint[]))")
        params |= {"stores": sorted(scope.stores), "brands": sorted(scope.brands)}
    return Within(" AND ".join(clauses), params)
