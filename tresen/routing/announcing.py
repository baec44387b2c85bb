"""Announces tickets to open browsers, after everything else about them is stored."""

from collections.abc import Sequence
from datetime import datetime

from tresen.crashing.points import Point, reached
from tresen.live.announcing import announce
from tresen.routing.place_rows import work_of
from tresen.tickets.recorded import RecordedEvent


def announce_tickets(events: Sequence[RecordedEvent], at: datetime) -> None:
    """One announcement for the whole batch."""
    del at
    reached(Point.LEDGER_NOT_NOTIFIED)
    work = work_of({entry.ticket for entry in events})
    announce((row.team, row.store, row.brand) for row in work.values())
