"""The queue places' statements: each takes a batch and is one round trip."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from operator import itemgetter

from tresen.batches import copying
from tresen.batches.cursors import batch_cursor, columns_of
from tresen.clock.owing import Owing
from tresen.tickets.projection import TicketNow


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceRow:
    """A place about to be stored; it copies from its ticket what the queue sorts and filters by."""

    ticket: TicketNow
    owing: Owing
    queue_tier: int
    act_by: datetime | None
    sort_at: datetime
    actionable_from: datetime
    platform_due: datetime | None = None
    limit_due: datetime | None = None
    governing: str = ""
    unstaffed: bool = False
    crossed: bool = False
    on_its_way: bool = False
    in_chat: bool = False
    task: str = ""


def append(places: Mapping[int, PlaceRow]) -> None:
    """The places of tickets that never had one."""
    rows = (as_columns(ticket, place) for ticket, place in places.items())
    copying.append(_NEW, [(*row, *_CALM(row)) for row in rows])


def store(places: Mapping[int, PlaceRow]) -> None:
    """Make these places stand as given; what has not changed is not written.

    Who asks before buying may have bought meanwhile, which no column says: those places are looked at again.
    """
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
        place.sort_at,
        place.platform_due,
        place.limit_due,
        place.act_by,
        place.actionable_from,
        place.governing,
        place.unstaffed,
        place.crossed,
        place.on_its_way,
        place.in_chat,
        place.task,
        place.owing.own_due,
        place.owing.duty_due,
        place.owing.own_missed,
        place.owing.platform_missed,
        place.owing.duty_missed,
        place.owing.since,
    )


_PLACE = {
    "ticket_id": "int8",
    "team_id": "int8",
    "store_id": "int8",
    "brand_id": "int8",
    "assignee_id": "int8",
    "language": "text",
    "calm_tier": "int2",
    "calm_sort_at": "timestamptz",
    "platform_due": "timestamptz",
    "limit_due": "timestamptz",
    "act_by": "timestamptz",
    "actionable_from": "timestamptz",
    "governing": "text",
    "unstaffed": "bool",
    "crossed": "bool",
    "on_its_way": "bool",
    "in_chat": "bool",
    "task": "text",
    "own_due": "timestamptz",
    "duty_due": "timestamptz",
    "own_missed": "bool",
    "platform_missed": "bool",
    "duty_missed": "bool",
    "owed_since": "timestamptz",
}
PLACE_COLUMNS = ", ".join(_PLACE)
_ORDER = {"queue_tier": "int2", "sort_at": "timestamptz"}
_NEW = copying.Target("routing_queueplace", _PLACE | _ORDER)
_KNOWN = copying.Target("routing_queueplace", _PLACE)
_CALM = itemgetter(PLACE_COLUMNS.split(", ").index("calm_tier"), PLACE_COLUMNS.split(", ").index("calm_sort_at"))
_CHANGING = PLACE_COLUMNS.removeprefix("ticket_id, ")
IN_ORDER = """CASE WHEN {danger} THEN 1 ELSE {place}.calm_tier END,
    CASE WHEN {danger} THEN {place}.limit_due ELSE {place}.calm_sort_at END"""
"""The order's tier and time of a place that stands as `place` says and is in danger or not."""
CAN_BE_IN_DANGER = "{place}.limit_due IS NOT NULL AND {place}.calm_tier BETWEEN 1 AND 3"
"""Tier 0 comes first anyway, and what is lost can be kept no longer."""
_STILL = f"kept.in_danger AND kept.team_id = excluded.team_id AND {CAN_BE_IN_DANGER.format(place='excluded')}"
_STORE = f"""
    INSERT INTO routing_queueplace AS kept ({_KNOWN.names}, queue_tier, sort_at)
    SELECT {_KNOWN.names}, calm_tier, calm_sort_at FROM {_KNOWN.arrays} AS given ({_KNOWN.names})
    ON CONFLICT (ticket_id) DO UPDATE
    SET ({_CHANGING}, in_danger, pre_sale, queue_tier, sort_at) = (
        {", ".join("excluded." + name for name in _CHANGING.split(", "))}, {_STILL}, NULL,
        {IN_ORDER.format(danger=_STILL, place="excluded")})
    WHERE kept.pre_sale OR ({", ".join("kept." + name for name in _CHANGING.split(", "))})
        IS DISTINCT FROM ({", ".join("excluded." + name for name in _CHANGING.split(", "))})
"""
