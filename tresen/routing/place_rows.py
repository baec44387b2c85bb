"""The queue places' statements: each takes a batch and is one round trip."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from tresen.batches import copying
from tresen.batches.cursors import batch_cursor, columns_of
from tresen.tickets.projection import TicketNow


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceRow:
    """A place about to be stored; it copies from its ticket what the queue sorts and filters by."""

    ticket: TicketNow
    queue_tier: int
    act_by: datetime | None
    sort_at: datetime
    actionable_from: datetime
    governing: str = ""
    unstaffed: bool = False
    crossed: bool = False
    on_its_way: bool = False
    task: str = ""


def append(places: Mapping[int, PlaceRow]) -> None:
    """The places of tickets that never had one."""
    copying.append(_PLACES, [as_columns(ticket, place) for ticket, place in places.items()])


def store(places: Mapping[int, PlaceRow]) -> None:
    """Make these places stand as given; what has not changed is not written."""
    if places:
        with batch_cursor() as cursor:
            cursor.execute(_STORE, columns_of(as_columns(ticket, place) for ticket, place in places.items()))


def remove(tickets: Collection[int]) -> None:
    """Nothing is owed in these tickets any more."""
    if tickets:
        with batch_cursor() as cursor:
            cursor.execute("DELETE FROM routing_queueplace WHERE ticket_id = ANY(%b::bigint[])", [list(tickets)])


def as_columns(ticket: int, place: PlaceRow) -> tuple[object, ...]:
    """What the row of this place holds, in the order of PLACE_COLUMNS."""
    now = place.ticket
    return (
        ticket,
        now.state.team,
        now.store,
        now.brand,
        now.state.assignee,
        now.language,
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


_PLACE = {
    "ticket_id": "int8",
    "team_id": "int8",
    "store_id": "int8",
    "brand_id": "int8",
    "assignee_id": "int8",
    "language": "text",
    "queue_tier": "int2",
    "act_by": "timestamptz",
    "sort_at": "timestamptz",
    "actionable_from": "timestamptz",
    "governing": "text",
    "unstaffed": "bool",
    "crossed": "bool",
    "on_its_way": "bool",
    "task": "text",
}
PLACE_COLUMNS = ", ".join(_PLACE)
_PLACES = copying.Target("routing_queueplace", _PLACE)
_CHANGING = PLACE_COLUMNS.removeprefix("ticket_id, ")
_STORE = f"""
    INSERT INTO routing_queueplace AS kept ({_PLACES.names}) SELECT * FROM {_PLACES.arrays}
    ON CONFLICT (ticket_id) DO UPDATE
    SET ({_CHANGING}) = ({", ".join("excluded." + name for name in _CHANGING.split(", "))})
    WHERE ({", ".join("kept." + name for name in _CHANGING.split(", "))})
        IS DISTINCT FROM ({", ".join("excluded." + name for name in _CHANGING.split(", "))})
"""
