"""What is in danger comes before what is not: every minute and for each team, from its backlog and who is on shift."""

from collections.abc import Collection, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import connection, transaction

from tresen.batches.cursors import batch_cursor
from tresen.clock.backlog import HORIZON, Piece, StartBy, start_bys
from tresen.live.announcing import announce
from tresen.routing.before_buying import mark_before_buying
from tresen.routing.handling import expected, handling_of_stores
from tresen.routing.place_rows import CAN_BE_IN_DANGER, IN_ORDER
from tresen.staffing.queries import crews_of

EVERY = timedelta(minutes=1)
LOOKED_BACK = timedelta(days=10)
"""The last covered minute before a limit is looked for so far back: over the longest row of holidays."""
BATCH = 1000
"""So many places change at once: who presses “next” meanwhile is served another."""


def promote(at: datetime) -> int:
    """Reckon every team whose last reckoning is a minute ago; gives how many places changed. Any number of workers."""
    changed = 0
    while (team := _claimed(at)) is not None:
        changed += promote_team(team, at=at)
        mark_before_buying(team)
    return changed


def promote_team(team: int, *, at: datetime) -> int:
    """Reckon a team's backlog as it stands at `at`, and let in danger what is; gives how many places changed.

    Only what changes is written. Killed in between, the next pass finds the rest.
    """
    backlog = _reckoned(team, at)
    _keep(team, backlog, at)
    ids = _changing(team, [one.due for one in backlog if one.is_past(at)])
    return sum(_change(team, ids[first : first + BATCH]) for first in range(0, len(ids), BATCH))


def _claimed(at: datetime) -> int | None:
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, {"at": at, "before": at - EVERY, "ahead": at + EVERY})
        row = cursor.fetchone()
        return row[0] if row else None


def _reckoned(team: int, at: datetime) -> Sequence[StartBy]:
    due = _due(team, at)
    if not due:
        return []  # nobody asks who works when where nothing is due
    known = handling_of_stores()
    crew = crews_of([team], start=at - LOOKED_BACK, end=at + HORIZON)[team]
    return list(start_bys((Piece(by, expected(store, known), tickets) for by, store, tickets in due), crew))


def _due(team: int, at: datetime) -> Sequence[tuple[datetime, int, int]]:
    """By when, in which store, how many tickets; in order of when."""
    with batch_cursor() as cursor:
        cursor.execute(_DUE, {"team": team, "until": at + HORIZON})
        return list(cursor.fetchall())


def _keep(team: int, backlog: Collection[StartBy], at: datetime) -> None:
    columns: dict[str, Any] = {"due": [one.due for one in backlog], "start_by": [one.at for one in backlog]}
    with connection.cursor() as cursor:
        cursor.execute(_KEEP, {"team": team, "at": at, **columns})


def _changing(team: int, late: Sequence[datetime]) -> list[tuple[int, bool]]:
    """The places to change, and whether each is in danger from now, the most urgent first."""
    with batch_cursor() as cursor:
        cursor.execute(_CHANGING, {"team": team, "late": list(late)})
        return [(ticket, danger) for ticket, danger in cursor]


@transaction.atomic
def _change(team: int, places: Sequence[tuple[int, bool]]) -> int:
    tickets, danger = zip(*places, strict=True)
    with batch_cursor() as cursor:
        cursor.execute(_CHANGE, {"team": team, "tickets": list(tickets), "danger": list(danger)})
        changed = cursor.fetchall()
    announce((team, store, brand) for store, brand in changed)
    return len(changed)


_EPOCH = datetime(2000, 1, 1, tzinfo=UTC).isoformat()
_MINUTE = f"date_bin('1 minute', {{due}}, '{_EPOCH}'::timestamptz)"
_ROUNDED = _MINUTE.format(due="place.limit_due")

_CLAIM = """
    INSERT INTO routing_backlog AS kept (team_id, reckoned_at, due, start_by)
    SELECT team.id, %(at)s, '{}', '{}' FROM accounts_team team
    LEFT JOIN routing_backlog known ON known.team_id = team.id
    WHERE known.team_id IS NULL OR known.reckoned_at <= %(before)s OR known.reckoned_at > %(ahead)s
    ORDER BY team.id LIMIT 1
    ON CONFLICT (team_id) DO UPDATE SET reckoned_at = excluded.reckoned_at
    WHERE kept.reckoned_at <= %(before)s OR kept.reckoned_at > %(ahead)s
    RETURNING team_id
"""
# Who asks for a mark or a word about a delivery costs nothing to answer; what is answered already, neither.
_DUE = f"""
    SELECT {_MINUTE.format(due="coalesce(place.limit_due, place.act_by)")} AS due, place.store_id, count(*)
    FROM routing_queueplace place
    WHERE place.team_id = %(team)b AND coalesce(place.limit_due, place.act_by) <= %(until)b
      AND NOT place.on_its_way
    GROUP BY 1, 2 ORDER BY 1
"""
_KEEP = """
    INSERT INTO routing_backlog (team_id, reckoned_at, due, start_by)
    VALUES (%(team)s, %(at)s, %(due)s::timestamptz[], %(start_by)s::timestamptz[])
    ON CONFLICT (team_id) DO UPDATE
    SET reckoned_at = excluded.reckoned_at, due = excluded.due, start_by = excluded.start_by
"""
_CHANGING = f"""
    SELECT ticket_id, danger FROM (
        SELECT place.ticket_id, place.in_danger, place.limit_due,
               coalesce({CAN_BE_IN_DANGER.format(place="place")} AND NOT place.on_its_way
                        AND {_ROUNDED} = ANY(%(late)b::timestamptz[]), false) AS danger
        FROM routing_queueplace place WHERE place.team_id = %(team)b
    ) AS place
    WHERE in_danger <> danger ORDER BY limit_due, ticket_id
"""
# What somebody else is changing is left to him, and to the next minute: nobody waits for anybody.
_THEN = IN_ORDER.format(danger="changing.danger", place="place")
_CHANGE = f"""
    WITH changing AS MATERIALIZED (
        SELECT place.ticket_id, given.danger FROM routing_queueplace place
        JOIN unnest(%(tickets)b::bigint[], %(danger)b::bool[]) AS given (ticket, danger)
          ON given.ticket = place.ticket_id
        WHERE place.team_id = %(team)b AND place.in_danger <> given.danger
          AND (NOT given.danger OR {CAN_BE_IN_DANGER.format(place="place")})
        FOR UPDATE OF place SKIP LOCKED
    )
    UPDATE routing_queueplace place
    SET in_danger = changing.danger, (queue_tier, sort_at) = (SELECT {_THEN})
    FROM changing WHERE place.ticket_id = changing.ticket_id
    RETURNING place.store_id, place.brand_id
"""
