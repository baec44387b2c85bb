"""Comparing the stored queue places with what the clocks say."""

from collections.abc import Collection, Iterator
from datetime import datetime

from django.db import connection

from tresen.routing.place_rows import PLACE_COLUMNS, as_columns
from tresen.routing.placing import places_of
from tresen.tickets.replaying import Difference

_NAMES = PLACE_COLUMNS.split(", ")


def differences(tickets: Collection[int], *, at: datetime) -> list[Difference]:
    """Where these tickets' places differ from what their clocks say at `at`; those a sweep is due for are left out."""
    stored, late = _stored(tickets), _late(tickets, at)
    found: list[Difference] = []
    for ticket, place in places_of(tickets, at=at).items():
        if ticket not in late:
            found += _compare(ticket, stored.get(ticket), as_columns(ticket, place) if place else None)
    return found


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
