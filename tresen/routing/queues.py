"""The queue and its views, a page at a time. Everything is asked inside the agent's scope."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tresen.accounts.scope import Scope
from tresen.batches.cursors import batch_cursor
from tresen.routing import queue_rows as sql
from tresen.routing.queue_rows import QueueRow
from tresen.routing.views import OF_CLOCKS, RESTING, Cursor, View, ViewKind

PAGE = 50
MOST_COUNTED = 1000
ANSWERED_TIER = 2
"""What the resting lists give as the tier of every row."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a view; `next` leads to the one behind it, also from a page that found few rows, or none, so far."""

    rows: Sequence[QueueRow]
    next: Cursor | None


@dataclass(frozen=True, slots=True)
class Count:
    """How many rows a view has; `more`: at least so many, for nobody counted on."""

    rows: int
    more: bool = False


@dataclass(frozen=True, slots=True)
class Within:
    """A scope in SQL: a condition on `place`, and the parameters of it and of the visible teams."""

    clause: str
    params: Mapping[str, Any]


def first_page(view: View, *, scope: Scope, agent_id: int, after: Cursor | None = None, limit: int = PAGE) -> Page:
    """The view's rows in their order, from the top or behind a cursor. Costs the same at a million open tickets."""
    down_to = _horizon(within(scope), after) if view.kind is ViewKind.ANSWERED else None
    statement = page_statement(view, scope=scope, agent_id=agent_id, after=after, down_to=down_to, limit=limit)
    with batch_cursor() as cursor:
        cursor.execute(*statement)
        rows = [QueueRow(*row) for row in cursor]
    return Page(rows=rows[:limit], next=Cursor(*rows[limit - 1].key()) if len(rows) > limit else down_to)


def page_statement(
    view: View,
    *,
    scope: Scope,
    agent_id: int,
    after: Cursor | None = None,
    down_to: Cursor | None = None,
    limit: int = PAGE,
) -> tuple[str, Mapping[str, Any]]:
    """What `first_page` asks, and its parameters: one row more than the page, to know whether there is another."""
    places, params = _asked(view, within(scope), agent_id, limit=limit + 1, after=after, down_to=down_to)
    return sql.SHOWN.format(places=places, order=_ORDER.get(view.kind, IN_ORDER)), params


IN_ORDER = "place.queue_tier, place.sort_at, place.ticket_id"
_ORDER = {
    **dict.fromkeys(RESTING, "place.sort_at DESC, place.ticket_id DESC"),
    **dict.fromkeys((ViewKind.DUE, ViewKind.CASES), "place.sort_at, place.ticket_id"),
}


def rows_of(tickets: Sequence[int], *, scope: Scope) -> list[QueueRow]:
    """The rows of these tickets that are in their queue and in scope."""
    inside = within(scope)
    places = "SELECT * FROM routing_queueplace place WHERE place.ticket_id = ANY(%(tickets)b::bigint[])"
    places += " AND place.team_id = ANY(%(teams)b::bigint[]) " + inside.clause
    with batch_cursor() as cursor:
        cursor.execute(sql.SHOWN.format(places=places, order=IN_ORDER), {**inside.params, "tickets": list(tickets)})
        return [QueueRow(*row) for row in cursor]


def counts(views: Sequence[View], *, scope: Scope, agent_id: int) -> Mapping[View, Count]:
    """How many rows each view has, counted up to MOST_COUNTED, or as far as is looked at once."""
    found = {}
    inside = within(scope)
    with batch_cursor() as cursor:
        for view in views:
            down_to = _horizon(inside, None) if view.kind is ViewKind.ANSWERED else None
            places, params = _asked(view, inside, agent_id, limit=MOST_COUNTED, down_to=down_to)
            cursor.execute(f"SELECT count(*) FROM ({places}) AS counted", params)
            rows = cursor.fetchone()[0]
            found[view] = Count(rows, more=down_to is not None or rows == MOST_COUNTED)
    return found


def _horizon(inside: Within, after: Cursor | None) -> Cursor | None:
    """How far down the open tickets one look for those that are answered goes; None: to their end."""
    teams = inside.params["teams"]
    statement = sql.HORIZON.format(teams=len(teams), after=sql.RESTING_AFTER if after else "")
    with batch_cursor() as cursor:
        cursor.execute(statement, {"teams": teams, **_behind(after)})
        row = cursor.fetchone()
    return Cursor(ANSWERED_TIER, *row) if row else None


def within(scope: Scope) -> Within:
    """The scope as statements about places ask for it. Costs a statement where all teams are visible."""
    return Within(
        clause="" if scope.stores is None or scope.brands is None else sql.IN_SCOPE,
        params={
            "teams": _visible_teams(scope),
            "stores": sorted(scope.stores or ()),
            "brands": sorted(scope.brands or ()),
        },
    )


def _visible_teams(scope: Scope) -> list[int]:
    if scope.teams is not None:
        return sorted(scope.teams)
    with batch_cursor() as cursor:
        cursor.execute("SELECT id FROM accounts_team ORDER BY id")
        return [team for (team,) in cursor]


def _asked(
    view: View,
    inside: Within,
    agent_id: int,
    *,
    limit: int,
    after: Cursor | None = None,
    down_to: Cursor | None = None,
) -> tuple[str, Mapping[str, Any]]:
    """The view's places in their order, and the parameters."""
    teams = inside.params["teams"]
    if view.kind is ViewKind.TEAM:
        teams = [team for team in teams if team == int(view.argument)]
    params = {
        **inside.params,
        "teams": teams,
        "agent": int(view.argument) if view.kind is ViewKind.AGENT else agent_id,
        "channel": view.channel,
        **_between(view),
        "statuses": [view.kind.value] if view.kind is not ViewKind.SOLVED else ["solved", "closed"],
        **_behind(after),
        "down_to": down_to.at if down_to else None,
        "last": down_to.ticket if down_to else None,
    }
    asked = _places(view).format(
        teams=len(teams),
        side=_side(view),
        only=f"{inside.clause} {_only(view)}",
        after=_after(view, after),
        down_to=sql.DOWN_TO if down_to else "",
        limit=limit,
    )
    return asked, params


def _places(view: View) -> str:
    if view.kind in RESTING:
        return sql.ANSWERED if view.kind is ViewKind.ANSWERED else sql.RESTING
    if view.kind in _IN_ORDER_OF_TIME:
        return _IN_ORDER_OF_TIME[view.kind]
    return sql.MINE if view.kind in {ViewKind.MINE, ViewKind.AGENT} else sql.BRANCHES


_IN_ORDER_OF_TIME = {ViewKind.DUE: sql.DUE, ViewKind.CASES: sql.CASES}


def _only(view: View) -> str:
    """What a place must be besides, for the view."""
    beyond = sql.BEYOND if view.kind is ViewKind.DUE and view.span[0] else ""
    queued = "" if view.kind in RESTING or view.kind is ViewKind.CASES else sql.NOT_IN_CHAT
    asked = [_ONLY.get(view.kind, ""), beyond, sql.OF_CHANNEL if view.channel else "", queued]
    return " ".join(asked).format(side=_side(view))


_ONLY = {
    ViewKind.UNASSIGNED: sql.UNASSIGNED,
    ViewKind.LOST: sql.LOST,
    ViewKind.LATE: sql.LATE,
    ViewKind.DANGER: sql.IN_DANGER,
}


def _side(view: View) -> str:
    return view.side.value if view.kind in OF_CLOCKS else ""


def _between(view: View) -> dict[str, Any]:
    beyond, until = view.span if view.kind is ViewKind.DUE else (None, None)
    return {"beyond": beyond, "until": until}


def _behind(after: Cursor | None) -> dict[str, Any]:
    return {
        "tier": after.tier if after else None,
        "at": after.at if after else None,
        "ticket": after.ticket if after else None,
    }


def _after(view: View, after: Cursor | None) -> str:
    if after is None:
        return ""
    if view.kind is ViewKind.DUE:
        return sql.DUE_AFTER.format(side=view.side)
    if view.kind is ViewKind.CASES:
        return sql.CASES_AFTER
    return sql.RESTING_AFTER if view.kind in RESTING else sql.AFTER
