"""The queue places' statements: each takes a batch and is one round trip."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import connection


@dataclass(frozen=True, slots=True)
class WorkRow:
    """What a place copies from its ticket."""

    team: int
    store: int
    brand: int
    assignee: int | None
    language: str
    status: str
    snoozed_until: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceRow:
    """A place about to be stored."""

    work: WorkRow
    queue_tier: int
    act_by: datetime | None
    sort_at: datetime
    actionable_from: datetime
    governing: str = ""
    unstaffed: bool = False
    crossed: bool = False
    on_its_way: bool = False
    task: str = ""


def work_of(tickets: Collection[int]) -> dict[int, WorkRow]:
    """The copied part of each ticket."""
    with connection.cursor() as cursor:
        cursor.execute(_WORK, [list(tickets)])
        return {row[0]: WorkRow(*row[1:]) for row in cursor}


def store(places: Mapping[int, PlaceRow]) -> None:
    """Make these places stand as given; what has not changed is not written."""
    if not places:
        return
    rows = [as_columns(ticket, place) for ticket, place in places.items()]
    with connection.cursor() as cursor:
        cursor.execute(_STORE, [list(column) for column in zip(*rows, strict=True)])


def remove(tickets: Collection[int]) -> None:
    """Nothing is owed in these tickets any more."""
    if tickets:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM routing_queueplace WHERE ticket_id = ANY(%s)", [list(tickets)])


def as_columns(ticket: int, place: PlaceRow) -> tuple[object, ...]:
    """What the row of this place holds, in the order of PLACE_COLUMNS."""
    work = place.work
    return (
        ticket,
        work.team,
        work.store,
        work.brand,
        work.assignee,
        work.language,
        place.queue_tier,
        place.act_by,
        place.sort_at,
        place.actionable_from,
        place.governing,
        place.unstaffed,
        place.crossed,
        place.on_its_way,
        place.task,
    )


PLACE_COLUMNS = (
    "ticket_id, team_id, store_id, brand_id, assignee_id, language, queue_tier, act_by, sort_at, actionable_from,"
    " governing, unstaffed, crossed, on_its_way, task"
)
_CHANGING = PLACE_COLUMNS.removeprefix("ticket_id, ")
_WORK = """
    SELECT id, team_id, store_id, brand_id, assignee_id, language, status, snoozed_until
    FROM tickets_ticket WHERE id = ANY(%s)
"""
_STORE = f"""
    INSERT INTO routing_queueplace AS kept ({PLACE_COLUMNS})
    SELECT * FROM unnest(
        %s::bigint[], %s::bigint[], %s::bigint[], %s::bigint[], %s::bigint[], %s::text[], %s::smallint[],
        %s::timestamptz[], %s::timestamptz[], %s::timestamptz[], %s::text[], %s::boolean[], %s::boolean[],
        %s::boolean[], %s::text[]
    )
    ON CONFLICT (ticket_id) DO UPDATE
    SET ({_CHANGING}) = ({", ".join("excluded." + name for name in _CHANGING.split(", "))})
    WHERE ({", ".join("kept." + name for name in _CHANGING.split(", "))})
        IS DISTINCT FROM ({", ".join("excluded." + name for name in _CHANGING.split(", "))})
"""
