"""The queue and its views, a page at a time. Everything is asked inside the agent's scope."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from tresen.accounts.scope import Scope
from tresen.routing import queue_rows as sql
from tresen.routing.queue_rows import QueueRow
from tresen.routing.views import RESTING, Cursor, View, ViewKind

PAGE = 50
MOST_COUNTED = 1000


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a view; `next` leads to the one behind it."""

    rows: Sequence[QueueRow]
    next: Cursor | None


def first_page(view: View, *, scope: Scope, agent_id: int, after: Cursor | None = None, limit: int = PAGE) -> Page:
    """The view's rows in their order, from the top or behind a cursor. Costs the same at a million open tickets."""
    params = _params(view, scope, agent_id, after, limit + 1)
    order = (
        "place.sort_at DESC, place.ticket_id DESC"
        if view.kind in RESTING
        else "place.queue_tier, place.sort_at, place.ticket_id"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql.SHOWN.format(places=_places(view, scope, after), order=order), params)
        rows = [QueueRow(*row) for row in cursor]
    last = rows[limit - 1] if len(rows) > limit else None
    return Page(rows=rows[:limit], next=Cursor(*last.key()) if last else None)


def rows_of(tickets: Sequence[int], *, scope: Scope) -> list[QueueRow]:
    """The rows of these tickets that are in their queue and in scope."""
    places = "SELECT * FROM routing_queueplace place WHERE place.ticket_id = ANY(%(tickets)s)"
    places += " AND place.team_id = ANY(%(teams)s) " + _in_scope(scope)
    order = "place.queue_tier, place.sort_at, place.ticket_id"
    params = {**_params(View(ViewKind.ALL), scope, 0, None, 0), "tickets": list(tickets)}
    with connection.cursor() as cursor:
        cursor.execute(sql.SHOWN.format(places=places, order=order), params)
        return [QueueRow(*row) for row in cursor]


def counts(views: Sequence[View], *, scope: Scope, agent_id: int) -> Mapping[View, int]:
    """How many rows each view has, counted up to MOST_COUNTED."""
    found = {}
    with connection.cursor() as cursor:
        for view in views:
            cursor.execute(
                f"SELECT count(*) FROM ({_places(view, scope, None)}) AS counted",
                _params(view, scope, agent_id, None, MOST_COUNTED),
            )
            found[view] = cursor.fetchone()[0]
    return found


def visible_teams(scope: Scope) -> list[int]:
    """The teams of a scope, spelled out."""
    if scope.teams is not None:
        return sorted(scope.teams)
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM accounts_team ORDER BY id")
        return [team for (team,) in cursor]


def _places(view: View, scope: Scope, after: Cursor | None) -> str:
    only = _in_scope(scope)
    if view.kind in RESTING:
        return sql.RESTING.format(only=only, after=sql.RESTING_AFTER if after else "")
    only += {ViewKind.UNASSIGNED: sql.UNASSIGNED, ViewKind.CHANNEL: sql.OF_CHANNEL}.get(view.kind, "")
    template = sql.MINE if view.kind is ViewKind.MINE else sql.BRANCHES
    return template.format(only=only, after=sql.AFTER if after else "")


def _in_scope(scope: Scope) -> str:
    return "" if scope.stores is None or scope.brands is None else sql.IN_SCOPE + " "


def _params(view: View, scope: Scope, agent_id: int, after: Cursor | None, limit: int) -> dict[str, Any]:
    teams = visible_teams(scope)
    if view.kind is ViewKind.TEAM:
        teams = [team for team in teams if team == int(view.argument)]
    return {
        "teams": teams,
        "stores": sorted(scope.stores or ()),
        "brands": sorted(scope.brands or ()),
        "agent": agent_id,
        "channel": view.argument,
        "statuses": [view.kind.value] if view.kind is not ViewKind.SOLVED else ["solved", "closed"],
        "limit": limit,
        "tier": after.tier if after else None,
        "at": after.at if after else None,
        "ticket": after.ticket if after else None,
    }
