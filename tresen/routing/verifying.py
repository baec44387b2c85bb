"""Comparing the stored queue places with what the clocks say."""

from collections.abc import Collection, Iterator
from datetime import datetime

from django.db import connection

from tresen.clock.queue import QueueTier
from tresen.routing.place_rows import CAN_BE_IN_DANGER, IN_ORDER, PLACE_COLUMNS, as_columns
from tresen.routing.placing import places_of
from tresen.staffing.following import changing, on_call_unfollowed
from tresen.tickets import ledger
from tresen.tickets.replaying import Difference

_NAMES = PLACE_COLUMNS.split(", ")


def differences(tickets: Collection[int], *, at: datetime) -> list[Difference]:
    """Where these tickets' places differ from what their clocks say at `at`; those a sweep is due for are left out."""
    stored, late = _stored(tickets), _late(tickets, at) | _changing(tickets)
    places, found = places_of(tickets, at=at), list[Difference]()
    if on_call_unfollowed():
        late |= {ticket for ticket, place in places.items() if place and place.queue_tier == QueueTier.CRITICAL}
    for ticket, place in places.items():
        if ticket not in late:
            found += _compare(ticket, stored.get(ticket), as_columns(ticket, place) if place else None)
    return [*found, *_out_of_order(set(tickets) - late)]


def _out_of_order(tickets: Collection[int]) -> Iterator[Difference]:
    """Places whose order is not what follows from how they stand and whether they are in danger."""
    with connection.cursor() as cursor:
        cursor.execute(_OUT_OF_ORDER, [list(tickets)])
        for ticket, *stored, tier, at in cursor:
            yield Difference(ticket=ticket, what="place.order", stored=_said(*stored), recomputed=_said(tier, at))


def _said(tier: int, at: datetime) -> str:
    return f"{tier}, {at}"


def _stored(tickets: Collection[int]) -> dict[int, tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {PLACE_COLUMNS} FROM routing_queueplace WHERE ticket_id = ANY(%s)", [list(tickets)])
        return {row[0]: row for row in cursor}


def _late(tickets: Collection[int], at: datetime) -> set[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT ticket_id FROM sla_clock WHERE ticket_id = ANY(%s) AND next_alarm_at <= %s",
            [list(tickets), at],
        )
        return {ticket for (ticket,) in cursor}


_IN_ORDER = IN_ORDER.format(danger=f"in_danger AND {CAN_BE_IN_DANGER.format(place='place')}", place="place")
_OUT_OF_ORDER = f"""
    SELECT * FROM (
        SELECT ticket_id, queue_tier, sort_at, {_IN_ORDER}
        FROM routing_queueplace place WHERE ticket_id = ANY(%s) AND calm_tier IS NOT NULL
    ) AS place (ticket_id, queue_tier, sort_at, tier, at)
    WHERE (queue_tier, sort_at) IS DISTINCT FROM (tier, at)
"""


def _changing(tickets: Collection[int]) -> set[int]:
    """Those of teams whose changed coverage the queue has not followed yet."""
    teams = changing()
    return {ticket for ticket, now in ledger.tickets_of(tickets).items() if now.state.team in teams}


def _compare(
    ticket: int, stored: tuple[object, ...] | None, recomputed: tuple[object, ...] | None
) -> Iterator[Difference]:
    if stored is None or recomputed is None:
        if stored != recomputed:
            words = ("missing", "there")
            yield Difference(
                ticket=ticket, what="place", stored=words[bool(stored)], recomputed=words[bool(recomputed)]
            )
        return
    for name, one, other in zip(_NAMES, stored, recomputed, strict=True):
        if one != other:
            yield Difference(ticket=ticket, what=f"place.{name}", stored=str(one), recomputed=str(other))
